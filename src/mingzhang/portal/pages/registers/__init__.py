"""Memo registers (备查簿): all of them with what the report counts, one as a list, one row as a form."""
