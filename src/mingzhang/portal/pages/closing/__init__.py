"""Closing (结账): a unit's year month by month with everything to look at, a department's units side by side."""
