"""What a kind of proposal must know: who may do what with it, whether it can be done, and how it is done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
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


class ShortKind(Kind):
    """A kind that is done together with its approval."""

    @abstractmethod
    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Do it, inside the transaction of its approval. Raises RefusedError; returns what came of it."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the job gives to a long kind."""

    aside: str
    """The name of a staging folder of its own."""
    tell: Callable[[str], None]
    """Told each stage; raises what ends the job."""
    finishing: Callable[[dict[str, Any]], AbstractContextManager[Proposal]]
    """The transaction that turns the proposal from approved to done; what came of it is put into the given dictionary.

    Inside it the books are changed. Entering refuses where the proposal has moved on or something stands in the way.
    """


class LongKind(Kind):
    """A kind that takes so long that it is approved first and done by a job."""

    job: str
    """The kind of job that does it."""
    doing: str
    """What is done, in a word: 结账, 公开."""

    @abstractmethod
    def carry_out(self, proposal: Proposal, work: Work) -> None:
        """Do it. The books are changed within `work.finishing`, which is entered once.

        Raises RefusedError. Broken off before the books are changed it leaves nothing, so that it may be done again.
        """


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
