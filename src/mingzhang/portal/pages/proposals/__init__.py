"""Proposals (待审事项): the list, one with its steps, and the steps themselves."""
