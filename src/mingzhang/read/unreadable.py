"""A file that cannot be read, with the problem to tell its owner."""

from __future__ import annotations

from mingzhang.documents.problems import ProblemError


class UnreadableFileError(ProblemError, ValueError):
    """A report's file cannot be read; `problem` says why and what to do, in Chinese."""
