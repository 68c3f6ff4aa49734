"""What a publication stands on (公开事项): the finance bureau's approval (批复), the confidentiality review (保密审查), the last day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.duties import PUBLISH_WITHIN
from mingzhang.records.models import Disclosure, Entity, User
from mingzhang.records.policy import Access, Action, people_who_may
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record

BOOK = "publications"


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval as entered: number, day, approved revenue and expenditure in fen, and why the books differ."""

    number: str
    on: date | None
    revenue_fen: int | None
    expenditure_fen: int | None
    explanation: str = ""


def disclosure_of(entity: Entity, year: int) -> Disclosure:
    """What is known so far; nothing yet as a row that is not saved, version 0."""
    return Disclosure.objects.filter(entity=entity, year=year).select_related(
        "approval_entered_by", "confidentiality_by"
    ).first() or Disclosure(entity=entity, year=year, version=0)


def due_on(disclosure: Disclosure) -> date | None:
    """The last day to publish (预算法 第十四条), None while nothing is approved."""
    return disclosure.approved_on + timedelta(days=PUBLISH_WITHIN) if disclosure.approved_on else None


def enter_approval(user: User, entity: Entity, year: int, stated: Approval, version: int) -> Disclosure:
    """Keep the approval. Raises RefusedError."""
    where = f"{entity.name}{year}年度决算批复"
    wrong = []
    if not stated.number.strip():
        wrong.append(Problem("approval_number_missing", "没有写批复文号", where, "填写批复文件上的文号。"))
    if stated.on is None or stated.on > timezone.localdate() or stated.on.year <= year:
        remedy = f"填写{year + 1}年以后、今天以前的日期。"
        wrong.append(Problem("approval_day_wrong", "批复日期没有填写或不对", where, remedy))
    if stated.revenue_fen is None or stated.expenditure_fen is None:
        remedy = "按批复文件填写本年收入和本年支出，单位元。"
        wrong.append(Problem("approval_amount_missing", "没有写批复的收入或支出", where, remedy))
    if wrong:
        raise RefusedError(*wrong)

    def change(row: Disclosure) -> str:
        row.approval_number, row.approved_on = stated.number.strip()[:80], stated.on
        row.approved_revenue_fen, row.approved_expenditure_fen = stated.revenue_fen, stated.expenditure_fen
        row.approval_explanation = stated.explanation.strip()[:300]
        row.approval_entered_by = user
        return "登记批复"

    return _change(user, Action.ENTER_APPROVAL, entity, year, version, change)


def review_confidentiality(
    user: User, entity: Entity, year: int, result: str, fingerprint: str, current: str, version: int
) -> Disclosure:
    """A second person finds nothing secret in the report of this fingerprint. Raises RefusedError."""
    where = f"{entity.name}{year}年度决算保密审查"
    if not result.strip():
        raise RefusedError(
            Problem("review_missing", "没有写审查意见", where, "写明审查意见，如“不涉及国家秘密，同意公开”。")
        )
    if fingerprint != current:
        raise RefusedError(
            Problem(
                "content_moved", "内容在您打开之后已有变动", where, "重新看一遍决算说明，再签署审查意见。"
            )
        )

    def change(row: Disclosure) -> str:
        row.confidentiality_by, row.confidentiality_at = user, timezone.now()
        row.confidentiality_result = result.strip()[:300]
        row.confidentiality_content = fingerprint
        return "保密审查"

    return _change(user, Action.REVIEW_CONFIDENTIALITY, entity, year, version, change)


def _change(
    user: User, action: Action, entity: Entity, year: int, version: int, change: Callable[[Disclosure], str]
) -> Disclosure:
    if not Access(user).may(action, entity):
        who = "、".join(person.name for person in people_who_may(action, entity)[:5])
        remedy = f"请{who}办理。" if who else "请系统管理员授权。"
        raise RefusedError(Problem("not_allowed", "您没有这项权限", entity.name, remedy))
    with transaction.atomic(), acting(user.name):
        Disclosure.objects.get_or_create(entity=entity, year=year, defaults={"version": 0})
        row = Disclosure.objects.select_for_update().get(entity=entity, year=year)
        if row.version != version:
            raise ChangedMeanwhileError(f"{entity.name}{year}年度公开事项", f"现为第{row.version}稿")
        before = content(row) if row.version else None
        told = change(row)
        row.version += 1
        row.save()
        record(BOOK, told, str(row), entity=entity, of=row, before=before, after=content(row))
    return row
