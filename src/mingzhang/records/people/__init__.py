"""People as an application of their own: its tables must exist before those of sessions, lock-outs and second factors."""
