"""Open data (开放数据): every published package, and an index that programs read."""
