"""Records kept one by one (逐条登记): memo registers and projects, entered and changed by hand, each change in the trail.

The columns of the import tables (`records.imports.kinds`) are the fields of the forms: one definition for both.
"""
