"""A budget document (预算批复、调整): its lines enter the books together when it is approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from mingzhang.catalogue.loading import vocabulary
from mingzhang.documents import Problem
from mingzhang.records.budget_overlaps import REMEDY, STATED, Listed, document_of, twice_listed, what_of
from mingzhang.records.drafts import FUNDS
from mingzhang.records.imports.budget_rows import check_budget, expand_budget
from mingzhang.records.imports.context import Context
from mingzhang.records.models import BudgetLine, Entity, Proposal
from mingzhang.records.performance import ex_ante, promises
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import ShortKind
from mingzhang.records.proposals.shape import Day, Listing, Record, Text, Whole, Word
from mingzhang.records.trail import content, record

_STATED = ("concept", "function", "economic", "nature", "fund", "project")


class BudgetKind(ShortKind):
    """Enter a budget document: `stage`, `document_number`, `approved_on` and `lines` of codes and `fen`."""

    name = "budget"
    chinese = "预算"
    prepare = Action.PREPARE_BUDGET
    review = Action.REVIEW_BUDGET
    approve = Action.APPROVE_BUDGET
    shape = Record(
        {
            "stage": Word(tuple(BudgetLine.Stage.values)),
            "document_number": Text(80),
            "approved_on": Day(),
            "lines": Listing(Record({"fen": Whole(), **{name: Text(60) for name in _STATED}}, open=True)),
        },
        open=True,
    )

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
        if not problems:
            problems += _listed_twice(entity, year, payload, where)
            problems += _performance_problems(year, payload, where)
        return problems

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Its number and stage."""
        stage = BudgetLine.Stage(payload.get("stage") or "initial").label
        return f"{stage} {payload.get('document_number') or '（没有文号）'}"

    def amount(self, entity: Entity, year: int, payload: dict[str, Any]) -> int | None:
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


def _listed_twice(entity: Entity, year: int, payload: dict[str, Any], where: str) -> list[Problem]:
    """Lines that state money which another line, of the document or of the books, may state too."""
    stage, number = payload.get("stage") or "initial", str(payload.get("document_number") or "").strip()
    wanted = document_of(entity.pk, stage, number)
    listed = [
        Listed(-1, line.concept or "expenditure", {name: getattr(line, name) for name in STATED})
        for line in BudgetLine.objects.filter(entity=entity, year=year, stage=stage)
        if document_of(entity.pk, line.stage, line.document_number) == wanted
    ]
    for place, line in enumerate(payload["lines"], 1):
        listed += [
            Listed(place, each["concept"], {name: each[name] for name in STATED})
            for each in expand_budget(_values(entity, year, payload, line))
        ]
    found = {}
    for pair in twice_listed(listed, year):
        place = max(line.place for line in pair)
        if place > 0:
            what = what_of(*pair)
            found.setdefault(what, Problem("budget_listed_twice", what, f"{where}，第{place}行", REMEDY))
    return list(found.values())


def _performance_problems(year: int, payload: dict[str, Any], where: str) -> list[Problem]:
    """What ex-ante evaluations and last year's self-evaluations say of the initial budgets of projects."""
    fen: dict[str, int] = {}
    if (payload.get("stage") or "initial") == BudgetLine.Stage.INITIAL:
        for line in payload["lines"]:
            if line.get("project"):
                fen[line["project"]] = fen.get(line["project"], 0) + int(line.get("fen") or 0)
    return [*ex_ante.budget_problems(year, fen, where), *promises.budget_problems(year, fen, where)]


def _unknown(values: dict[str, Any], context: Context) -> Iterator[tuple[str, str]]:
    """Words of lists that are none: (what is wrong, what to do)."""
    if values["fund"] and values["fund"] not in FUNDS:
        yield f"没有资金性质“{values['fund']}”", f"改为{'、'.join(FUNDS.values())}之一。"
    if values["nature"] not in ("", "basic", "project"):
        yield f"没有支出性质“{values['nature']}”", "改为 基本支出 或 项目支出。"
    if values["concept"] and values["concept"] not in vocabulary(values["year"]).concepts:
        yield f"没有预算类别“{values['concept']}”", "从列表中选择预算类别。"
    if values["project"] and values["project"] not in context.books.projects:
        yield f"没有项目“{values['project']}”", "先登记项目，或改正项目编码。"


def _line_problems(values: dict[str, Any], context: Context, where: str) -> list[Problem]:
    """What is wrong with one line: the rules of a row of a budget file."""
    problems = [Problem("unknown_code", what, where, remedy) for what, remedy in _unknown(values, context)]
    problems += [
        Problem(error.code, error.what, where, error.remedy) for _, error in check_budget(values, context)
    ]
    if not values["fen"]:
        problems.append(Problem("amount_missing", "没有金额", where, "填写金额（元），调减用负数。"))
    return problems
