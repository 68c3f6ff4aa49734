"""A budget document as it is typed in (录入预算文件): its head and lines read into what a proposal of it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records import codes
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError, Field
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.rows import read_cell
from mingzhang.records.keeping.fields import fill, problem_of, typed
from mingzhang.records.models import Entity, Proposal
from mingzhang.records.proposals.budget import BudgetKind

_KIND = KINDS["budgets"]
HEAD: tuple[Field, ...] = tuple(_KIND.field(name) for name in ("stage", "document_number", "approved_on"))
LINE: tuple[Field, ...] = tuple(
    _KIND.field(name) for name in ("concept", "function", "economic", "nature", "fund", "project", "fen")
)
"""The fields of the head and of each line: columns of the import table."""


@dataclass(frozen=True, slots=True)
class EnteredBudget:
    """What was read: the payload of a proposal where all could be read, else the problems by field of head and line."""

    payload: dict[str, Any]
    head: dict[str, Problem]
    lines: dict[tuple[int, str], Problem]

    @property
    def problems(self) -> list[Problem]:
        """All of them, from the top."""
        return [*self.head.values(), *self.lines.values()]


def read_budget(
    entity: Entity, year: int, head: Mapping[str, str], lines: Sequence[Mapping[str, str]]
) -> EnteredBudget:
    """Read a typed document; lines with nothing in them are passed over."""
    context, where = Context(entity, year), f"{entity.name}{year}年度预算"
    filled = fill(HEAD, head, context, where)
    found: list[dict[str, Any]] = []
    wrong: dict[tuple[int, str], Problem] = {}
    for place, stated in enumerate(lines):
        if not any(str(stated.get(entry.name, "")).strip() for entry in LINE):
            continue
        values: dict[str, Any] = {}
        for entry in LINE:
            try:
                values[entry.name] = read_cell(stated.get(entry.name, ""), entry.read, entry, context)
            except CellError as bad:
                wrong[place, entry.name] = problem_of(bad, f"{where}，第{place + 1}行", entry.chinese)
        found.append(values)
    payload = {**filled.values, "lines": found}
    if payload.get("approved_on"):
        payload["approved_on"] = payload["approved_on"].isoformat()
    return EnteredBudget(payload, filled.problems, wrong)


def hindrances(entity: Entity, year: int, payload: dict[str, Any]) -> list[Problem]:
    """What stands in the way of submitting a document that could be read."""
    return [problem for problem in BudgetKind().check(entity, year, payload) if problem.is_error]


def typed_budget(proposal: Proposal) -> tuple[dict[str, str], list[dict[str, str]]]:
    """A proposal as a form holds it: head and lines."""
    payload, year = proposal.payload, proposal.year
    head = {
        "stage": typed(HEAD[0], payload.get("stage") or "initial"),
        "document_number": payload.get("document_number") or "",
        "approved_on": payload.get("approved_on") or "",
    }
    return head, [_typed_line(line, year) for line in payload.get("lines") or ()]


def _typed_line(line: Mapping[str, Any], year: int) -> dict[str, str]:
    whole = {**line, "fen": int(line.get("fen") or 0)}
    stated = {entry.name: typed(entry, whole.get(entry.name) or entry.default) for entry in LINE}
    function, economic = (
        codes.function_named(stated["function"]),
        codes.economic_named(stated["economic"]),
    )
    if function:
        stated["function"] = f"{function.code} {function.name_in(year)}"
    if economic:
        stated["economic"] = f"{economic.code} {economic.name_in(year)}"
    return stated
