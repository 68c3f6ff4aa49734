"""A budget document (预算批复、调整): its lines enter the books together when it is approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.imports.budget_rows import check_budget, expand_budget
from mingzhang.records.imports.context import Context
from mingzhang.records.models import BudgetLine, Entity, Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import Kind
from mingzhang.records.trail import content, record

_STATED = ("concept", "function", "economic", "nature", "fund", "project")


class BudgetKind(Kind):
    """Enter a budget document: `stage`, `document_number`, `approved_on` and `lines` of codes and `fen`."""

    name = "budget"
    chinese = "预算"
    prepare = Action.PREPARE_BUDGET
    review = Action.REVIEW_BUDGET
    approve = Action.APPROVE_BUDGET

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """A document number, at least one line, codes that are in force."""
        where = f"{entity.name}{year}年度预算"
        problems = []
        if not str(payload.get("document_number") or "").strip():
            problems.append(
                Problem("document_number_missing", "没有文号", where, "填写批复或调整文件的文号。")
            )
        lines = payload.get("lines") or []
        if not lines:
            problems.append(Problem("no_lines", "没有一行预算", where, "至少填写一行，写明科目和金额。"))
        context = Context(entity, year)
        for place, line in enumerate(lines, 1):
            values = _values(entity, year, payload, line)
            problems += _line_problems(values, context, f"{where}，第{place}行")
        return problems

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Its number and stage."""
        stage = BudgetLine.Stage(payload.get("stage") or "initial").label
        return f"{stage} {payload.get('document_number') or '（没有文号）'}"

    def amount(self, payload: dict[str, Any]) -> int | None:
        """The sum of its lines."""
        return sum(int(line.get("fen") or 0) for line in payload.get("lines") or ())

    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Enter its lines, each recorded in the trail with the document."""
        payload = proposal.payload
        lines = [
            BudgetLine(**{**each, "entity": proposal.entity})
            for line in payload["lines"]
            for each in expand_budget(_values(proposal.entity, proposal.year, payload, line))
        ]
        BudgetLine.objects.bulk_create(lines)
        for line in lines:
            record(
                "budget", "下达", str(line), entity=proposal.entity, of=line, after=content(line),
                reason=payload["document_number"],
            )  # fmt: skip
        return {"lines": [line.pk for line in lines]}


def _values(entity: Entity, year: int, payload: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    """A line as a row of a budget file holds it."""
    approved = payload.get("approved_on")
    return {
        "entity": entity.code,
        "year": year,
        "stage": payload.get("stage") or "initial",
        "document_number": str(payload.get("document_number") or "").strip(),
        "approved_on": date.fromisoformat(approved) if approved else None,
        "fen": int(line.get("fen") or 0),
        **{name: line.get(name) or "" for name in _STATED},
    }


def _line_problems(values: dict[str, Any], context: Context, where: str) -> list[Problem]:
    """What is wrong with one line: the rules of a row of a budget file."""
    problems = [
        Problem(error.code, error.what, where, error.remedy) for _, error in check_budget(values, context)
    ]
    if not values["fen"]:
        problems.append(Problem("amount_missing", "没有金额", where, "填写金额（元），调减用负数。"))
    return problems
