"""Changes of rules, days and posts that wait for a second person, and those decided (变更批准)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.lines.rules import SURENESS, UNITS
from mingzhang.portal.access import Here, setting_keepers
from mingzhang.portal.forms import version_of
from mingzhang.portal.pages.casework.lamps import amount, in_chinese
from mingzhang.portal.showing import done, show, tell
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Area, CalendarDay, CaseRole, Organisation, SettingChange
from mingzhang.records.casework.posting import END
from mingzhang.records.casework.rules import rules
from mingzhang.records.casework.setting import approve, may_decide, refuse_change
from mingzhang.records.models import User
from mingzhang.records.proposals.kind import RefusedError

_LATEST = 50


@setting_keepers
def listing(here: Here) -> HttpResponse:
    """What waits, and the latest that were decided."""
    rows = SettingChange.objects.select_related("proposed_by", "decided_by")
    waiting = rows.filter(state=SettingChange.State.PROPOSED)
    return show(
        here,
        "casework/changes.html",
        waiting=[_told(row) for row in waiting],
        decided=[_told(row) for row in rows.exclude(state=SettingChange.State.PROPOSED)[:_LATEST]],
        may_decide=may_decide(here.user),
    )


@setting_keepers
def decide(here: Here, number: int) -> HttpResponse:
    """Put a change in force, or not, with the reason."""
    row, stated = SettingChange.objects.filter(pk=number).first(), here.request.POST
    if row is None or here.request.method != "POST" or stated.get("do") not in ("approve", "refuse"):
        raise Http404("没有这项变更")
    try:
        if stated["do"] == "approve":
            moved = approve(here.user, row, version_of(stated))
            done(here, "已生效。" + (f"{moved}个期限重新计算。" if row.kind == row.Kind.DAY else ""))
        else:
            refuse_change(here.user, row, version_of(stated), stated.get("reason", ""))
            done(here, "已退回。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_changes")


def _told(row: SettingChange) -> dict[str, Any]:
    return {"row": row, "title": _title(row), "changes": _changes(row)}


def _title(row: SettingChange) -> str:
    if row.kind == SettingChange.Kind.DAY:
        return f"工作日历 {row.subject}"
    if row.kind == SettingChange.Kind.POST:
        person = User.objects.filter(username=row.content["username"]).first()
        return f"业务岗位 {person.name if person else row.subject}"
    rule = next((each for each in rules() if each.rule_id == row.subject), None)
    return f"{row.subject} {in_chinese(rule.action) if rule else ''}"


def _changes(row: SettingChange) -> list[str]:
    """What it becomes, in words."""
    stated = row.content
    if row.kind == SettingChange.Kind.DAY:
        return [f"{CalendarDay.Kind(stated['kind']).label} {stated['name']}".strip()]
    if row.kind == SettingChange.Kind.POST:
        return [_post(stated)]
    rule = next((each for each in rules() if each.rule_id == row.subject), None)
    said = []
    if row.valid_from:
        before = f"（原{amount(rule)}{'，遇休息日顺延' if rule.roll else ''}）" if rule else ""
        rolled = "，遇休息日顺延" if stated["roll"] else ""
        said.append(f"期限{stated['amount']}{UNITS[stated['unit']]}{rolled}{before}")
        said.append(f"适用于{row.valid_from}起的事项，以前的事项仍按原规则")
    said.append(f"核对情况：{SURENESS[stated['sureness']]}")
    return said


def _post(stated: dict[str, Any]) -> str:
    """A post given or ended, in words."""
    line = all_lines().get(stated["line"])
    what = f"{CaseRole(stated['role']).label}（{line.chinese if line else '全部业务线'}）"
    if stated["do"] == END:
        return f"结束{what}，末日{stated['valid_to']}"
    area = Area.objects.filter(code=stated["area"]).first()
    unit = Organisation.objects.filter(key=stated["organisation"]).first()
    where = "、".join(each.name for each in (area, unit) if each) or "不限范围"
    until = f"至{stated['valid_to']}" if stated["valid_to"] else ""
    return f"登记{what}，{where}，自{stated['valid_from']}{until}"
