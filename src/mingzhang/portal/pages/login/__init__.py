"""Logging in and out, the second factor, one's own password."""
