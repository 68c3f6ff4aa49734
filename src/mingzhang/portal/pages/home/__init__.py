"""The public's first page: what has been published."""
