"""What must hold beyond the structure: one law a file, each a `relation`; what they cover is in `checklist.csv`."""
