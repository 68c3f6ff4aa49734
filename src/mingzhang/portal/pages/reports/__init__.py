"""Published reports (公开的报告): the text with every figure explained, its files, its versions."""
