"""The desk (工作台): what waits for me, what is late, what changed."""
