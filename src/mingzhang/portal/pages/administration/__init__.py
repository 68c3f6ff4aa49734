"""Administration (管理): people, the organisation, tokens, code lists, editions, the state of the system, backups."""
