"""Looking through the records (查询): lists by what people ask for, each served by an index, for pages and the API alike."""
