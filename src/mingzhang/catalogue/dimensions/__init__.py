"""Concepts, one topic a file, and the small dimensions. Classification trees come from the dated code lists."""
