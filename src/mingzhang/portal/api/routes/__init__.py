"""Endpoints, one topic a file: each asks a service of the records and states what comes back."""
