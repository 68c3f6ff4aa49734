"""What a kind of proposal must know: who may do what with it, whether it can be done, and how it is done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals.shape import Record


class Kind(ABC):
    """A kind of proposal. `reviewed` is False where approval follows at once (复核 left out)."""

    name: str
    chinese: str
    prepare: Action
    review: Action
    approve: Action
    reviewed: bool = True
    long: bool = False
    """Whether doing it takes so long that a job does it."""
    shape: Record
    """What its content looks like; everything below relies on it."""

    @abstractmethod
    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """Everything that stands in the way of doing it now, and what deserves a look."""

    @abstractmethod
    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """One line that says what it is."""

    def amount(self, entity: Entity, year: int, payload: dict[str, Any]) -> int | None:
        """The amount that it moves, in fen; None where there is none."""
        return None

    @abstractmethod
    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Do it, inside the transaction of its approval. Raises RefusedError; returns what came of it."""


class RefusedError(Exception):
    """A step that cannot be taken; `problems` say why and what to do."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = problems


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed the record after it was opened."""

    def __init__(self, what: str, by: str) -> None:
        super().__init__(
            Problem(
                "changed_meanwhile",
                f"{what}在您打开之后已被修改",
                by,
                "您的改动没有保存：请对照最新内容，再改一次。",
            )
        )
