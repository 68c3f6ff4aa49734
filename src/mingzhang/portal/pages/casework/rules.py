"""Deadline rules (期限规则): every dated rule with its basis and how sure it is, and a form that proposes another version."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.casework.definitions import DeadlineRule
from mingzhang.lines.rules import SURENESS, UNITS
from mingzhang.portal.access import Here, setting_keepers
from mingzhang.portal.pages.casework.lamps import UNSURE, amount, in_chinese
from mingzhang.portal.showing import done, show
from mingzhang.portal.typed import day
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Deadline, SettingChange
from mingzhang.records.casework.rules import rules
from mingzhang.records.casework.setting import may_decide, propose_rule
from mingzhang.records.proposals.kind import RefusedError

_UNSURE = "待核"
_LATIN = re.compile(r"[A-Za-z]{2,}")
"""Remarks of the rules' collectors that are not in Chinese are left out."""


@setting_keepers
def listing(here: Here) -> HttpResponse:
    """All rules, or those of a line, or those still to be checked."""
    known = rules()
    line, sure = here.request.GET.get("line", ""), here.request.GET.get("sure", "")
    found = [
        _told(rule)
        for rule in known
        if line in ("", rule.line) and sure in ("", _UNSURE if rule.sureness in UNSURE else rule.sureness)
    ]
    codes = {each.code: each.chinese for each in all_lines().values()}
    return show(
        here,
        "casework/rules.html",
        rules=found,
        total=len(known),
        unsure=sum(rule.sureness in UNSURE for rule in known),
        waiting=SettingChange.objects.filter(state=SettingChange.State.PROPOSED).count(),
        may_change=may_decide(here.user),
        lines=[(code, f"{code} {codes.get(code, '')}") for code in sorted({rule.line for rule in known})],
        line=line,
        sure=sure,
    )


@setting_keepers
def one(here: Here, rule: str) -> HttpResponse:
    """A rule with its versions and what was proposed of it, and the form of another version."""
    found = next((each for each in rules() if each.rule_id == rule), None)
    if found is None:
        raise Http404(f"没有期限规则“{rule}”")
    refused: RefusedError | None = None
    stated: dict[str, Any] = {
        "amount": str(found.amount),
        "unit": found.unit,
        "roll": found.roll,
        "basis": in_chinese(found.basis),
        "sureness": found.sureness,
        "valid_from": "",
    }
    if here.request.method == "POST":
        stated = {name: here.request.POST.get(name, "").strip() for name in stated}
        try:
            propose_rule(here.user, rule, stated | {"valid_from": day(stated["valid_from"])})
            done(here, "已提出，等局领导或另一位系统管理员批准。")
            return redirect("casework_changes")
        except RefusedError as raised:
            refused = raised
    return show(
        here,
        "casework/rule.html",
        status=422 if refused else 200,
        it=_told(found),
        versions=[_told(each) for each in rules() if each.family == found.family],
        running=Deadline.objects.filter(rule_id=found.rule_id, standing__in=Deadline.OPEN).count(),
        used=Deadline.objects.filter(rule_id=found.rule_id).count(),
        units=list(UNITS.items()),
        surenesses=list(SURENESS.items()),
        stated=stated,
        may_change=may_decide(here.user),
        problems=refused.problems if refused else (),
    )


def _told(rule: DeadlineRule) -> dict[str, Any]:
    return {
        "rule": rule,
        "trigger": in_chinese(rule.trigger),
        "action": in_chinese(rule.action),
        "basis": in_chinese(rule.basis),
        "pauses": "" if _LATIN.search(rule.pause_extend) else rule.pause_extend,
        "amount": amount(rule),
        "unsure": rule.sureness in UNSURE,
    }
