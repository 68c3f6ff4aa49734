"""What stands in the way of casework (办理中的问题): refusals with the engine's codes."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.documents import Problem
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError

__all__ = ["ChangedMeanwhileError", "RefusedError", "refuse", "refused"]


def refused(code: str, what: str, where: str, remedy: str) -> RefusedError:
    """One problem as a refusal."""
    return RefusedError(Problem(code, what, where, remedy))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise RefusedError with all errors among the problems; pass where there are none."""
    found = [problem for problem in problems if problem.is_error]
    if found:
        raise RefusedError(*found)
