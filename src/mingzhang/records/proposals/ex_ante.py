"""An ex-ante evaluation waiting to be approved (事前绩效评估), before its project enters the budget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, ExAnte, Project, Proposal
from mingzhang.records.performance.ex_ante import ex_ante_problems, result_of
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError, ShortKind
from mingzhang.records.proposals.shape import Day, Listing, Record, Text, Whole
from mingzhang.records.trail import content, record


class ExAnteKind(ShortKind):
    """Approve the evaluation of `project`: `requested_fen`, `supported_fen`, `aspects` with points and grounds."""

    name = "ex_ante"
    chinese = "事前绩效评估"
    prepare = Action.PREPARE_PERFORMANCE
    review = Action.REVIEW_PERFORMANCE
    approve = Action.APPROVE_PERFORMANCE
    shape = Record(
        {
            "project": Text(60),
            "evaluated_on": Day(),
            "requested_fen": Whole(),
            "supported_fen": Whole(),
            "experts": Text(200),
            "aspects": Listing(Record({"name": Text(60), "points": Text(20), "words": Text(1_000)})),
        },
        open=True,
    )

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """A new project of one's own, a day, every aspect with its grounds, money that fits the conclusion."""
        where = f"{entity.name}{year}年度事前绩效评估"
        project = _project(entity, str(payload.get("project") or ""))
        if project is None:
            return [Problem("unknown_project", "没有选择项目", where, "从本单位的项目中选择。")]
        where = f"{where}，{project.name}"
        problems = [*_day_problems(payload, where), *ex_ante_problems(payload, where)]
        if project.year_from != year:
            problems.append(
                Problem(
                    "not_new",
                    f"项目起始年度是{project.year_from or '（没有登记）'}，不是{year}",
                    where,
                    "事前绩效评估针对新增项目；核对年度和项目的起始年度。",
                    "warning",
                )
            )
        return problems

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Whose evaluation."""
        project = _project(entity, str(payload.get("project") or ""))
        return f"{year}年度{project.name if project else ''}事前绩效评估"

    def amount(self, entity: Entity, year: int, payload: dict[str, Any]) -> int | None:
        """What it would give."""
        return payload.get("supported_fen")

    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Enter it; one made before in the year is replaced, and the trail keeps what it said."""
        payload = proposal.payload
        project = _project(proposal.entity, str(payload.get("project") or ""))
        if project is None:
            raise RefusedError(
                Problem("unknown_project", "没有选择项目", proposal.title, "从本单位的项目中选择。")
            )
        known = ExAnte.objects.filter(year=proposal.year, project=project).first()
        before = content(known) if known else None
        row = known or ExAnte(year=proposal.year, project=project, version=0)
        row.entity = proposal.entity
        row.evaluated_on = date.fromisoformat(payload["evaluated_on"])
        row.requested_fen, row.supported_fen = payload["requested_fen"], payload.get("supported_fen") or 0
        row.aspects, row.experts = payload["aspects"], str(payload.get("experts") or "")
        row.total, row.conclusion = result_of(payload)
        row.version += 1
        row.save()
        record(
            "performance", "批复事前绩效评估", str(row), entity=row.entity, of=row, before=before, after=content(row)
        )  # fmt: skip
        return {"ex_ante": row.pk, "total": str(row.total), "conclusion": row.conclusion}


def _day_problems(payload: dict[str, Any], where: str) -> list[Problem]:
    stated = payload.get("evaluated_on")
    if not stated:
        return [Problem("day_missing", "没有写评估日期", where, "填写评估完成的日期。")]
    if date.fromisoformat(stated) > timezone.localdate():
        return [Problem("date_in_future", f"评估日期{stated}还没有到", where, "改正日期。")]
    return []


def _project(entity: Entity, code: str) -> Project | None:
    return Project.objects.filter(code=code, entity__in=entity.below()).first() if code else None
