"""Opening personal fields (个人信息查阅): by whom, for which purpose, each reading logged; sealed ones only by a named grant for a time.

Source: 个人信息保护法 第五十一条 (role limits), 第二十八条 (sensitive data); 预防未成年人犯罪法 第五十九条 (sealed records).
"""

from __future__ import annotations

import json
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.casework.access import letters
from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.documents import written
from mingzhang.records.casework.access import CaseAccess, out_of_scope
from mingzhang.records.casework.documents import text_of
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.lines import kind_of_record, line_of
from mingzhang.records.casework.models import Document, Involved, Personal, ReadLog, Record, SealedGrant
from mingzhang.records.casework.personal import place_of
from mingzhang.records.casework.sealing import unseal
from mingzhang.records.casework.values import decoded, field_at
from mingzhang.records.people.models import User
from mingzhang.records.trail import content, enter
from mingzhang.records.trail import record as record_entry

PURPOSES = {
    "handling": "办理本件",
    "service": "联系、送达",
    "checking": "核对登记内容",
    "supervision": "监督检查",
    "request": "依申请提供本人信息",
    "organ": "依公函提供有关机关",
}
"""Why a field may be opened; the log keeps the word."""

LONGEST_GRANT = timedelta(days=31)
"""Sealed fields are granted for a month at most; longer needs another decision."""


def open_field(user: User, record: Record, path: str, purpose: str, *, today: date | None = None) -> str:
    """The value in clear, as documents write it; blank where there is none. Every opening is logged.

    P1 opens to who has the record in scope; P2 to who writes or approves there or is named in it; P3 to who has a grant today.
    Raises RefusedError: E-AREA outside the scope, E-REF for what is no personal field, E-REQ without a purpose, E-SEC otherwise.
    """
    today = today or timezone.localdate()
    field = _field(record, path)
    if purpose not in PURPOSES:
        raise refused("E-REQ", "没有选择查阅目的", field.chinese, f"请选择：{'、'.join(PURPOSES.values())}。")
    _must_open(user, record, field, today)
    with transaction.atomic():
        row = Personal.objects.filter(record=record, path=path).first()
        enter(
            [
                ReadLog(
                    user=user,
                    record=record,
                    path=path,
                    privacy=field.privacy.value,
                    purpose=PURPOSES[purpose],
                    at=timezone.now(),
                )
            ],
            "查阅",
            subject=f"{record.number or record.key}·{field.chinese}",
            reason=PURPOSES[purpose],
        )
        if row is None:
            return ""
        text = unseal(row.key_name, row.sealed, place_of(record, path))
        return written(decoded(field, json.loads(text)), field)


def open_document(user: User, document: Document, purpose: str, *, today: date | None = None) -> str:
    """The text of an issued document: it names people, so it opens as a field of class P2 does, and every opening is logged. Raises RefusedError."""
    today = today or timezone.localdate()
    record = document.record
    field = Field("document", document.name, FieldType.LONG_TEXT, privacy=PrivacyClass.P2)
    if purpose not in PURPOSES:
        raise refused("E-REQ", "没有选择查阅目的", field.chinese, f"请选择：{'、'.join(PURPOSES.values())}。")
    _must_open(user, record, field, today)
    with transaction.atomic():
        log = ReadLog(
            user=user,
            record=record,
            path=f"document/{document.key}",
            privacy=PrivacyClass.P2.value,
            purpose=PURPOSES[purpose],
            at=timezone.now(),
        )
        subject = f"{record.number or record.key}·{document}"
        enter([log], "查阅", subject=subject, reason=PURPOSES[purpose])
        return text_of(document)


def may_open(user: User, record: Record, path: str, *, today: date | None = None) -> bool:
    """Whether the person could open the field, given a purpose."""
    return _why_not(user, record, _field(record, path), today or timezone.localdate()) is None


def grant_sealed(
    user: User, record: Record, to: User, from_on: date, to_on: date, reason: str
) -> SealedGrant:
    """Let a person open the sealed fields of a record for a time: a decision of the head. Raises RefusedError."""
    if "HEAD" not in CaseAccess(user).roles(record.line):
        raise refused("E-ROLE", "只有局领导可以授权查阅封存信息", "封存信息", "请报局领导批准。")
    if user == to:
        raise refused("E-SELF", "不能授权给本人", "封存信息", "请由另一位局领导批准。")
    if not reason.strip():
        raise refused("E-REQ", "授权须写明理由", "理由", "填写理由。")
    if not from_on <= to_on <= from_on + LONGEST_GRANT:
        raise refused("E-DATE", f"授权期限应在{LONGEST_GRANT.days}日以内", "期限", "改正起止日期。")
    made = SealedGrant(
        user=to, record=record, from_on=from_on, to_on=to_on, reason=reason[:200], by=user, at=timezone.now()
    )
    return enter([made], "授权查阅", subject=f"{record.number or record.key}（{to.name}）", reason=reason)[0]


def revoke_sealed(user: User, grant: SealedGrant, reason: str, today: date | None = None) -> SealedGrant:
    """End a grant before its time."""
    if "HEAD" not in CaseAccess(user).roles(grant.record.line):
        raise refused("E-ROLE", "只有局领导可以撤销授权", "封存信息", "请报局领导批准。")
    with transaction.atomic():
        row = SealedGrant.objects.select_for_update().get(pk=grant.pk)
        before = content(row)
        row.revoked_on = today or timezone.localdate()
        row.save()
        record_entry("reads", "撤销授权", str(row), of=row, before=before, after=content(row), reason=reason)
        return row


def readings(user: User) -> QuerySet[ReadLog]:
    """Who opened what, the latest first: for the auditor, and everybody's own. Sealed ones are found by `privacy="P3"`."""
    logs = ReadLog.objects.select_related("user", "record")
    return logs if CaseAccess(user).reads_logs() else logs.filter(user=user)


def _field(record: Record, path: str) -> Field:
    field = field_at(kind_of_record(record), path)
    if field is None or field.privacy is PrivacyClass.P0:
        raise refused("E-REF", f"“{path}”不是个人信息字段", path, "核对字段名称。")
    return field


def _must_open(user: User, record: Record, field: Field, today: date) -> None:
    why = _why_not(user, record, field, today)
    if why is not None:
        raise why


def _why_not(user: User, record: Record, field: Field, today: date) -> Exception | None:
    roles = CaseAccess(user, today).roles_over(record)
    named = Involved.objects.filter(record=record, user=user).exists()
    if not roles:
        return out_of_scope(record)
    if field.privacy is PrivacyClass.P1:
        return None
    if field.privacy is PrivacyClass.P3:
        return None if _has_grant(user, record, today) else _sealed(field)
    line = line_of(record.line)
    writes = any(letters(line.access, role) & {"W", "A"} for role in roles)
    if named or writes:
        return None
    return refused(
        "E-SEC", f"“{field.chinese}”只对承办人员开放", field.chinese, "请向本件承办人了解，或申请参与办理。"
    )


def _has_grant(user: User, record: Record, today: date) -> bool:
    return SealedGrant.objects.filter(
        user=user, record=record, from_on__lte=today, to_on__gte=today, revoked_on=None
    ).exists()


def _sealed(field: Field) -> Exception:
    return refused("E-SEC", f"“{field.chinese}”已封存", field.chinese, "确需查阅的，报局领导对您单独授权。")
