"""Change rules, days and posts by two persons (期限规则、工作日历、业务岗位的变更): one proposes with the basis, another decides; then what is due is computed anew.

Those two are administrators of the whole installation, or the bureau's heads; nobody decides on what he proposed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.casework.calendar import DayKind
from mingzhang.casework.definitions import DeadlineRule
from mingzhang.documents import Problem
from mingzhang.lines.rules import SURENESS, UNITS
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.calendars import set_days
from mingzhang.records.casework.deadlines import recompute
from mingzhang.records.casework.errors import ChangedMeanwhileError, refuse, refused
from mingzhang.records.casework.models import SettingChange
from mingzhang.records.casework.posting import put_in_force
from mingzhang.records.casework.rules import BOOK, rules
from mingzhang.records.models import User
from mingzhang.records.policy import Access, Action
from mingzhang.records.trail import content, record

State = SettingChange.State
_MOST = Decimal(10_000)


def may_decide(user: User) -> bool:
    """Whether the person keeps rules and days: an administrator of everything, or a head in all lines."""
    if may_everywhere(Access(user), Action.ADMINISTER):
        return True
    return is_head(CaseAccess(user))


def is_head(access: CaseAccess) -> bool:
    """Whether the person is a head in all lines."""
    return any(post.role == "HEAD" and not post.line for post in access.posts)


def propose_rule(user: User, rule_id: str, stated: Mapping[str, Any]) -> SettingChange:
    """Propose a version of a rule: `amount`, `unit`, `roll`, `basis`, `sureness`, `valid_from`. Raises RefusedError with all that speaks against it.

    Without a day, nothing but basis and sureness may differ: the rule was checked against its text.
    """
    _must_keep(user, rule_id)
    rule = next((each for each in rules() if each.rule_id == rule_id), None)
    if rule is None:
        raise refused("E-REF", f"没有期限规则“{rule_id}”", rule_id, "核对规则编号。")
    amount, valid_from = _amount(str(stated.get("amount", ""))), stated.get("valid_from")
    refuse(_mistakes(rule, amount, stated, valid_from))
    made: dict[str, Any] = {
        "amount": str(amount),
        "unit": stated["unit"],
        "roll": bool(stated.get("roll")),
        "basis": str(stated["basis"]).strip(),
        "sureness": stated["sureness"],
        "rule_id": _next_id(rule) if valid_from else rule.rule_id,
    }
    return propose(user, SettingChange.Kind.RULE, rule_id, made, valid_from, made["basis"])


def propose_day(user: User, on: date, kind: str, name: str, source: str) -> SettingChange:
    """Propose what a day is, by a notice. Raises RefusedError."""
    _must_keep(user, str(on))
    found = []
    if kind not in set(DayKind):
        found.append(Problem("E-CODE", "没有选择安排", "安排", "从列表中选择。"))
    if not source.strip():
        found.append(Problem("E-REQ", "没有写明依据的通知", "依据的通知", "写明文号或文件名。"))
    refuse(found)
    return propose(
        user, SettingChange.Kind.DAY, on.isoformat(), {"kind": kind, "name": name.strip()[:40]}, None, source
    )


def approve(user: User, change: SettingChange, version: int) -> int:
    """Put a change in force; how many deadlines moved. Raises RefusedError, ChangedMeanwhileError."""
    with transaction.atomic():
        row = _deciding(user, change, version)
        _decide(user, row, State.APPROVED, "批准变更")
        if row.kind == SettingChange.Kind.DAY:
            on = date.fromisoformat(row.subject)
            set_days({on: (row.content["kind"], row.content["name"])}, row.source)
        elif row.kind == SettingChange.Kind.POST:
            put_in_force(user, row.content)
    return recompute((on.year,)) if row.kind == SettingChange.Kind.DAY else 0


def refuse_change(user: User, change: SettingChange, version: int, reason: str) -> SettingChange:
    """Do not put a change in force, with the reason; also how one's own proposal is taken back. Raises RefusedError, ChangedMeanwhileError."""
    if not reason.strip():
        raise refused("E-REQ", "不批准须写明理由", "理由", "填写理由。")
    with transaction.atomic():
        row = _deciding(user, change, version, own=True)
        row.why_not = reason.strip()[:200]
        return _decide(user, row, State.REFUSED, "不批准变更", reason)


def _must_keep(user: User, subject: str) -> None:
    if not may_decide(user):
        raise refused(
            "E-ROLE",
            "您不能改动期限规则、工作日历和业务岗位",
            subject,
            "请系统管理员提出、局领导或另一位系统管理员批准。",
        )


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 < found < _MOST else None


def _mistakes(
    rule: DeadlineRule, amount: Decimal | None, stated: Mapping[str, Any], valid_from: date | None
) -> list[Problem]:
    found = []
    if amount is None:
        found.append(Problem("E-TYPE", "期限不是正数", "期限", "填写数字，如 15。"))
    if stated.get("unit") not in UNITS:
        found.append(Problem("E-CODE", "没有选择单位", "单位", "从列表中选择。"))
    elif stated.get("roll") and stated["unit"] in ("WD", "H"):
        found.append(Problem("E-CODE", "工作日和小时不顺延", "遇休息日顺延", "去掉“顺延”，或改用自然日。"))
    if not str(stated.get("basis", "")).strip():
        found.append(Problem("E-REQ", "没有写明依据", "依据", "写明法律文件和条款。"))
    if stated.get("sureness") not in SURENESS:
        found.append(Problem("E-CODE", "没有选择依据是否核对", "核对情况", "从列表中选择。"))
    same = (amount, stated.get("unit"), bool(stated.get("roll"))) == (rule.amount, rule.unit, rule.roll)
    if valid_from is None and not same:
        found.append(Problem("E-DATE", "改了期限，没有写从哪天起适用", "适用日期", "填写新规则生效的日期。"))
    if valid_from is not None and not (
        rule.valid_from < valid_from and (rule.valid_to is None or valid_from <= rule.valid_to)
    ):
        found.append(
            Problem(
                "E-ORDER",
                f"适用日期不在这一版规则的适用期内（{rule.valid_from}起{f'至{rule.valid_to}' if rule.valid_to else ''}）",
                "适用日期",
                "在最新一版上修改，日期晚于它的起始日期。",
            )
        )
    if SettingChange.objects.filter(
        kind=SettingChange.Kind.RULE, subject=rule.rule_id, state=State.PROPOSED
    ).exists():
        found.append(Problem("E-DUP", "这条规则已有一项待批准的变更", rule.rule_id, "先批准或退回那一项。"))
    return found


def _next_id(rule: DeadlineRule) -> str:
    """The id of a new version: the family with the next number that no change has used."""
    used = SettingChange.objects.filter(
        kind=SettingChange.Kind.RULE, content__rule_id__startswith=f"{rule.family}+"
    ).values_list("content__rule_id", flat=True)
    return f"{rule.family}+{1 + max((int(each.rpartition('+')[2]) for each in used), default=0)}"


def propose(
    user: User, kind: str, subject: str, made: dict[str, Any], valid_from: date | None, source: str
) -> SettingChange:
    """Let a change wait for its second person."""
    with transaction.atomic():
        row = SettingChange.objects.create(
            kind=kind,
            subject=subject,
            content=made,
            valid_from=valid_from,
            source=source.strip()[:200],
            proposed_by=user,
            proposed_at=timezone.now(),
        )
        record(BOOK, "提出变更", subject, of=row, after=content(row), reason=row.source)
    return row


def waiting_for(kind: str, subject: str) -> QuerySet[SettingChange]:
    """Changes of a subject that wait."""
    return SettingChange.objects.filter(kind=kind, subject=subject, state=State.PROPOSED)


def _deciding(user: User, change: SettingChange, version: int, *, own: bool = False) -> SettingChange:
    _must_keep(user, change.subject)
    row = (
        SettingChange.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=change.pk)
    )
    if row.version != version:
        raise ChangedMeanwhileError(row.subject, "")
    if row.state != State.PROPOSED:
        raise refused(
            "E-STATE", f"这项变更{row.get_state_display()}", row.subject, "刷新页面，查看现在的情况。"
        )
    if not own and row.proposed_by == user:
        raise refused("E-SELF", "不能批准自己提出的变更", row.subject, "请局领导或另一位系统管理员批准。")
    return row


def _decide(user: User, row: SettingChange, state: str, action: str, reason: str = "") -> SettingChange:
    before = content(row)
    row.state, row.decided_by, row.decided_at = state, user, timezone.now()
    row.version += 1
    row.save()
    record(BOOK, action, row.subject, of=row, before=before, after=content(row), reason=reason or row.source)
    return row
