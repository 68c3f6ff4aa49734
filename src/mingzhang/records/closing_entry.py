"""Prepare a close (提请结账): what was asked for, read, proposed and handed over at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.closing import carried_over_projects
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.values import money
from mingzhang.records.keeping.fields import WrongFieldsError, problem_of
from mingzhang.records.models import Entity, PeriodLock, Project, Proposal, User
from mingzhang.records.proposals import flow


def prepare_close(
    user: User, entity: Entity, year: int, stated: Mapping[str, str], finished: Sequence[str], key: str
) -> Proposal:
    """Propose the close of a month, or of the year as month 13, and submit it. Raises RefusedError.

    A close of the same period that is under way already is that one.
    """
    payload = _payload(entity, year, stated, finished)
    known = Proposal.objects.filter(
        entity=entity, year=year, kind="close", payload__month=payload["month"], state__in=Proposal.OPEN
    ).first()
    if known is not None and known.state not in (Proposal.State.DRAFT, Proposal.State.RETURNED):
        return known
    mine = known if known is not None and known.prepared_by_id == user.pk else None
    saved = flow.save(
        user, "close", entity, year, payload, key, proposal=mine, version=mine.version if mine else 0
    )
    if saved.state in (Proposal.State.DRAFT, Proposal.State.RETURNED):
        saved = flow.submit(user, saved, saved.version)
    return saved


def open_projects(entity: Entity, year: int) -> list[tuple[Project, int]]:
    """Projects whose money the year's close would carry over, with the fen: those finished are told to the close."""
    carried = carried_over_projects(entity, year)
    return [(project, carried[project.code]) for project in Project.objects.filter(code__in=carried)]


def _payload(entity: Entity, year: int, stated: Mapping[str, str], finished: Sequence[str]) -> dict[str, Any]:
    text = str(stated.get("month", ""))
    month = int(text) if text.isdecimal() and len(text) < 3 else 0
    where = f"{entity.name}{year}年度"
    if not 1 <= month <= PeriodLock.YEAR:
        raise WrongFieldsError(
            {"month": Problem("wrong_month", "没有写明结哪个月", where, "从页面上的按钮提请结账。")}
        )
    if month != PeriodLock.YEAR:
        return {"month": month}
    surplus = str(stated.get("special_surplus", "")).strip()
    try:
        fen = money()(surplus, Context(entity, year)) if surplus else 0
    except CellError as wrong:
        raise WrongFieldsError({"special_surplus": problem_of(wrong, where, "提取专用结余")}) from None
    return {"month": month, "special_surplus_fen": fen, "finished_projects": list(finished)}
