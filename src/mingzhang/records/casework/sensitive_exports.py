"""Exports of sensitive fields (敏感信息导出): one person asks with purpose and fields, another approves, the asker takes the file once in time.

Sealed fields (P3) leave by no export at all. Source: 个人信息保护法 第二十八条 (sensitive data: specific purpose, sufficient necessity), 第五十一条 (limits of roles).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.casework.definitions import Kind, PrivacyClass
from mingzhang.documents import Problem
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.exporting import Exported, columns_of, table_of
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import ReadLog, Record, SensitiveExport
from mingzhang.records.people.models import User
from mingzhang.records.trail import content, enter
from mingzhang.records.trail import record as record_entry

State = SensitiveExport.State
MOST_RECORDS = 5_000
GOOD_FOR = timedelta(days=3)
"""So long after its approval the file may be taken."""
BOOK = "reads"
_READING_PURPOSE = "批准的导出"


def ask(
    user: User, kind: Kind, records: QuerySet[Record], conditions: str, fields: Sequence[str], purpose: str
) -> SensitiveExport:
    """Ask to take the records out with these personal fields in clear. Raises RefusedError with all that speaks against it."""
    access = CaseAccess(user)
    if not access.may(kind.line, "W"):
        raise refused("E-ROLE", "您的岗位不能申请导出敏感信息", kind.chinese, "请由承办人员申请。")
    found: list[Problem] = []
    if not purpose.strip():
        found.append(Problem("E-REQ", "没有写明用途", "用途", "写明给谁、作什么用、依据什么。"))
    if not fields:
        found.append(Problem("E-REQ", "没有选择要导出原文的栏目", "栏目", "选择确实需要的栏目。"))
    found += [problem for path in fields if (problem := _field_problem(kind, path)) is not None]
    own = access.records(kind.line, "W").filter(kind=kind.id, pk__in=records.order_by().values("pk"))
    keys = list(own.order_by("pk").values_list("key", flat=True)[: MOST_RECORDS + 1])
    if not keys:
        found.append(
            Problem("E-REF", "没有您承办范围内的记录", kind.chinese, "改动筛选条件，使清单中有记录。")
        )
    if len(keys) > MOST_RECORDS:
        what = f"超过{MOST_RECORDS}件，一次不能导出这么多"
        found.append(Problem("E-RANGE", what, kind.chinese, "用街道、日期等条件缩小范围，只取必需的。"))
    refuse(found)
    made = SensitiveExport(
        line=kind.line,
        kind=kind.id,
        conditions=conditions[:300],
        records=[str(key) for key in keys],
        fields=list(dict.fromkeys(fields)),
        purpose=purpose.strip()[:200],
        asked_by=user,
        asked_at=timezone.now(),
    )
    return enter([made], "申请导出", subject=told(made), reason=made.purpose)[0]


def approve(user: User, asked: SensitiveExport) -> SensitiveExport:
    """Let the asker take the file within `GOOD_FOR`. Raises RefusedError."""
    with transaction.atomic():
        row = _deciding(user, asked)
        before = content(row)
        row.state, row.decided_by, row.decided_at = State.APPROVED, user, timezone.now()
        row.expires_at = row.decided_at + GOOD_FOR
        return _kept(row, before, "批准导出", row.purpose)


def refuse_export(user: User, asked: SensitiveExport, reason: str) -> SensitiveExport:
    """Say no, with the reason. Raises RefusedError."""
    if not reason.strip():
        raise refused("E-REQ", "没有写明不批准的理由", "理由", "填写理由。")
    with transaction.atomic():
        row = _deciding(user, asked)
        before = content(row)
        row.state, row.decided_by, row.decided_at = State.REFUSED, user, timezone.now()
        row.why_not = reason.strip()[:200]
        return _kept(row, before, "不批准导出", row.why_not)


def withdraw(user: User, asked: SensitiveExport) -> SensitiveExport:
    """The asker needs it no more. Raises RefusedError."""
    with transaction.atomic():
        row = _locked(asked)
        _must_be_own(user, row)
        if row.state not in (State.ASKED, State.APPROVED):
            raise _stands_otherwise(row)
        before = content(row)
        row.state = State.WITHDRAWN
        return _kept(row, before, "撤回导出申请", row.purpose)


def take(user: User, asked: SensitiveExport) -> Exported:
    """The table, for the asker, once; every record of it is logged as read. Records that left the asker's scope meanwhile stay out. Raises RefusedError."""
    with transaction.atomic():
        row = _locked(asked)
        _must_be_own(user, row)
        now = timezone.now()
        if row.state != State.APPROVED:
            raise _stands_otherwise(row)
        if row.expires_at is None or now > row.expires_at:
            raise refused("E-LATE", "批准已过期，没有导出", told(row), "确有需要的，重新申请。")
        access = CaseAccess(user)
        if not access.may(row.line, "W"):
            raise refused("E-ROLE", "您现在的岗位不能导出敏感信息", told(row), "请由现在的承办人员申请。")
        kind, chosen = kind_of(f"{row.line}.{row.kind}"), set(row.fields)
        rows = access.records(row.line, "W").filter(kind=row.kind, key__in=row.records)
        table = table_of(kind, rows, lambda path, field: path in chosen)
        logs = [
            ReadLog(
                user=user,
                record_id=pk,
                path=f"export/{row.pk}",
                privacy=PrivacyClass.P2.value,
                purpose=_READING_PURPOSE,
                at=now,
            )
            for pk in rows.order_by("pk").values_list("pk", flat=True)
        ]
        if logs:
            enter(logs, "查阅", subject=told(row), reason=row.purpose)
        before = content(row)
        row.state, row.taken_at = State.TAKEN, now
        _kept(row, before, "导出", row.purpose)
        return table


def visible(user: User, line: str) -> QuerySet[SensitiveExport]:
    """Requests of a line that the person may see: one's own, all of them for who approves there."""
    rows = SensitiveExport.objects.filter(line=line).select_related("asked_by", "decided_by")
    return rows if CaseAccess(user).may(line, "A") else rows.filter(asked_by=user)


def personal_columns(kind: Kind) -> dict[str, str]:
    """Fields that may be asked for, path → header: personal ones that are not sealed."""
    return {
        path: title
        for path, (title, field) in columns_of(kind).items()
        if field.privacy in (PrivacyClass.P1, PrivacyClass.P2)
    }


def told(row: SensitiveExport) -> str:
    """A request in words."""
    kind = kind_of(f"{row.line}.{row.kind}")
    titles = personal_columns(kind)
    return f"{kind.chinese}{len(row.records)}件：{'、'.join(titles.get(path, path) for path in row.fields)}"[
        :200
    ]


def _field_problem(kind: Kind, path: str) -> Problem | None:
    known = columns_of(kind).get(path)
    if known is None:
        return Problem("E-REF", f"{kind.chinese}没有“{path[:60]}”栏目", "栏目", "从列表中选择。")
    title, field = known
    if field.privacy is PrivacyClass.P3:
        what = f"“{title}”已封存，任何情况下都不能导出"
        return Problem("E-SEC", what, "栏目", "去掉这一栏；确需查阅的，报局领导授权后在记录页查阅。")
    if field.privacy is PrivacyClass.P0:
        return Problem("E-REF", f"“{title}”不是个人信息，导出时本来就有", "栏目", "去掉这一栏。")
    return None


def _deciding(user: User, asked: SensitiveExport) -> SensitiveExport:
    row = _locked(asked)
    access = CaseAccess(user)
    if not access.may(row.line, "A"):
        raise refused("E-ROLE", "您的岗位不能批准导出", told(row), "请有批准权的人员办理。")
    if row.asked_by_id == user.pk:
        raise refused("E-SELF", "不能批准自己的申请", told(row), "请另一位有批准权的人员办理。")
    if row.state != State.ASKED:
        raise _stands_otherwise(row)
    within = access.records(row.line, "A").filter(key__in=row.records).count()
    if within < len(row.records):
        what = f"其中{len(row.records) - within}件不在您的批准范围内"
        raise refused("E-AREA", what, told(row), "请管辖范围包括全部记录的人员批准。")
    return row


def _locked(asked: SensitiveExport) -> SensitiveExport:
    return SensitiveExport.objects.select_for_update().get(pk=asked.pk)


def _must_be_own(user: User, row: SensitiveExport) -> None:
    if row.asked_by_id != user.pk:
        raise refused("E-ROLE", "这不是您的申请", told(row), "由申请人本人办理。")


def _stands_otherwise(row: SensitiveExport) -> Exception:
    remedies = {State.TAKEN: "只能导出一次；确有需要的，重新申请。", State.ASKED: "等待批准。"}
    remedy = remedies.get(State(row.state), "确有需要的，重新申请。")
    return refused("E-STATE", f"这项申请{row.get_state_display()}", told(row), remedy)


def _kept(row: SensitiveExport, before: dict[str, object], action: str, reason: str) -> SensitiveExport:
    row.save()
    record_entry(BOOK, action, told(row), of=row, before=before, after=content(row), reason=reason)
    return row
