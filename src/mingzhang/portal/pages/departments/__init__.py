"""Departments compared (部门比较): main figures side by side, and over the years."""
