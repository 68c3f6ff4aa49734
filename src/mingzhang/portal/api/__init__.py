"""The JSON API (数据接口) at `/api/v1/`: the same services as the pages, for programs. It has no rules of its own."""
