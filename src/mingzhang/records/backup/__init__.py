"""Backup and restore (备份与恢复): the books and the data folder as one archive that any supported database takes back.

`docs/specs/backup.md` says what is in it and what is not.
"""
