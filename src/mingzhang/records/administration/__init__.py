"""Administration (系统管理): people, what they may do where, tokens of programs, the organisation. Every change is recorded."""
