"""Proposals (待审事项): prepared by one person, reviewed by a second, approved by a third, then done at once.

One kind a file; `flow` moves them.
"""
