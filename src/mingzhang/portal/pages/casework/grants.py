"""Who may open the sealed fields of a record (封存信息查阅授权): given by the head for a time, ended with a reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingzhang.casework.definitions import Kind, PrivacyClass
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.choosing import colleagues
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.showing import done, tell
from mingzhang.portal.typed import day
from mingzhang.records.casework.models import Record, SealedGrant
from mingzhang.records.casework.reading import grant_sealed, revoke_sealed
from mingzhang.records.models import User
from mingzhang.records.proposals.kind import RefusedError


@casework("A", work=True)
def give(here: Here, key: str) -> HttpResponse:
    """Let a colleague open the sealed fields for a time."""
    record, stated = found(here, key), here.request.POST
    if here.request.method != "POST" or not sealed_fields(here.kind):
        raise Http404
    known = dict(colleagues(record.line))
    to = User.objects.filter(username=stated.get("user", "")).first()
    begins, ends = day(stated.get("from_on", "")), day(stated.get("to_on", ""))
    try:
        if to is None or to.username not in known:
            raise RefusedError(Problem("E-REF", "没有选择授权给谁", "授权给", "从列表中选择。"))
        if begins is None or ends is None:
            raise RefusedError(
                Problem("E-DATE", "没有填写授权的起止日期", "期限", "填写日期，如 2021-03-05。")
            )
        grant_sealed(here.user, record, to, begins, ends, stated.get("reason", ""))
        done(here, f"已授权{to.name}在{begins}至{ends}查阅封存信息。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_record", **at(record))


@casework("A", work=True)
def end(here: Here, key: str, number: int) -> HttpResponse:
    """End a grant before its time."""
    record, reason = found(here, key), here.request.POST.get("reason", "").strip()
    row = record.sealed_grants.filter(pk=number, revoked_on=None).select_related("record").first()
    if row is None or here.request.method != "POST":
        raise Http404("没有这项授权")
    try:
        if not reason:
            raise RefusedError(Problem("E-REQ", "没有写明撤销的理由", "理由", "填写理由。"))
        revoke_sealed(here.user, row, reason)
        done(here, "已撤销授权。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_record", **at(record))


def sealed_fields(kind: Kind | None) -> list[str]:
    """The kind's fields that are sealed, by name."""
    fields = kind.fields if kind else ()
    return [
        each.chinese for field in fields for each in (field, *field.fields) if each.privacy is PrivacyClass.P3
    ]


def sealed_of(here: Here, kind: Kind, record: Record) -> dict[str, Any] | None:
    """What the record's page shows of grants; None where the kind has nothing sealed."""
    names = sealed_fields(kind)
    if not names:
        return None
    may_grant = "HEAD" in here.case.roles(record.line)
    return {
        "fields": names,
        "grants": [_told(row, record) for row in record.sealed_grants.select_related("user", "by")],
        "may_grant": may_grant,
        "people": [each for each in colleagues(record.line) if each[0] != here.user.username]
        if may_grant
        else [],
        "address": reverse("casework_grant", kwargs=at(record)),
    }


def _told(row: SealedGrant, record: Record) -> dict[str, Any]:
    today = timezone.localdate()
    standing, style = "授权中", "good"
    if row.revoked_on is not None:
        standing, style = "已撤销", ""
    elif row.to_on < today:
        standing, style = "已到期", ""
    elif row.from_on > today:
        standing, style = "未开始", "info"
    return {
        "pk": row.pk,
        "user": row.user,
        "by": row.by,
        "at": row.at,
        "reason": row.reason,
        "from_on": row.from_on,
        "to_on": row.to_on,
        "revoked_on": row.revoked_on,
        "standing": standing,
        "style": style,
        "is_open": row.revoked_on is None and row.to_on >= today,
        "address": reverse("casework_grant_end", kwargs={**at(record), "number": row.pk}),
    }
