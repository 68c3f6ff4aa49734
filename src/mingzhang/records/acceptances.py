"""Accept a finding with its reason (接受核对意见), and take that back: kept in the books, silent until a figure changes.

Acceptances are an entity's own: what a department accepts is not silent to its finance bureau, nor the other way round.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mingzhang.audit.accepted import Acceptance
from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.models import AcceptedFinding, Entity, User
from mingzhang.records.permission import must
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.trail import content, record

BOOK = "acceptances"
LONGEST = 300
"""Characters of a reason."""


def in_force(entity: Entity | None) -> dict[str, AcceptedFinding]:
    """What is accepted at an entity, by the key of the finding."""
    if entity is None:
        return {}
    rows = AcceptedFinding.objects.filter(entity=entity).select_related("accepted_by")
    return {row.key: row for row in rows}


def acceptances_of(entity: Entity | None) -> list[Acceptance]:
    """The same as audits take it, each reason with who accepted it and when."""
    return [
        Acceptance(
            row.department,
            row.report_year,
            row.rule,
            tuple((name, printed) for name, printed in row.figures),
            row.message,
            f"{row.reason}（{row.accepted_by.name}，{timezone.localtime(row.accepted_at):%Y-%m-%d}）",
            timezone.localtime(row.accepted_at).date().isoformat(),
        )
        for row in in_force(entity).values()
    ]


def accept(user: User, entity: Entity, wanted: Acceptance) -> AcceptedFinding:
    """Accept a finding; accepted before, it stays as it was. Raises RefusedError."""
    must(user, Action.ACCEPT_FINDING, entity)
    reason = wanted.reason.strip()
    if not reason or len(reason) > LONGEST:
        what = f"理由超过{LONGEST}字" if reason else "没有写接受的理由"
        remedy = "写明为什么这处不符是对的，如“上年数已追溯调整，见附注”；今后的人凭它判断。"
        raise RefusedError(Problem("reason_missing", what, wanted.message[:80], remedy))
    with transaction.atomic(), acting(user.name):
        row, made = AcceptedFinding.objects.get_or_create(
            entity=entity,
            key=wanted.key,
            defaults={
                "department": wanted.department[:200],
                "report_year": wanted.year,
                "rule": wanted.rule,
                "figures": [list(pair) for pair in wanted.figures],
                "message": wanted.message,
                "reason": reason,
                "accepted_by": user,
                "accepted_at": timezone.now(),
            },
        )
        if made:
            record(BOOK, "接受", wanted.message, entity=entity, of=row, after=content(row), reason=reason)
    return row


def revoke(user: User, entity: Entity, key: str) -> None:
    """Take an acceptance back, so that the finding speaks again. Raises RefusedError."""
    must(user, Action.ACCEPT_FINDING, entity)
    with transaction.atomic(), acting(user.name):
        row = AcceptedFinding.objects.select_for_update().filter(entity=entity, key=key).first()
        if row is None:
            raise RefusedError(
                Problem("not_accepted", "这条意见没有被接受，或已被撤销", entity.name, "刷新页面看最新情况。")
            )
        record(BOOK, "撤销接受", row.message, entity=entity, of=row, before=content(row), reason=row.reason)
        row.delete()
