"""Imports (导入): what was taken in, blank files, handing a file over, its preview and check."""
