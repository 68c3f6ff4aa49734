"""A file that cannot be read, with the problem to tell its owner."""

from __future__ import annotations

from mingzhang.documents import Problem


class UnreadableFileError(ValueError):
    """A report's file cannot be read; `problem` says why and what to do, in Chinese."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.in_chinese())
        self.problem = problem
