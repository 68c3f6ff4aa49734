"""Relations: what must hold beyond the structure, one law a file."""
