"""Administrative reconsideration and litigation (行政复议与行政应诉): cases decided, cases defended, heads in court."""
