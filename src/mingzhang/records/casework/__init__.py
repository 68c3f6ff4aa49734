"""Casework in the books (业务办理): the tables of all business lines and the actions that change them; it knows no line."""
