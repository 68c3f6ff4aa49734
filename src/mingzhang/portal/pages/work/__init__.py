"""The year's work in words (重点工作): the list of parts, writing one with its figures, approving it."""
