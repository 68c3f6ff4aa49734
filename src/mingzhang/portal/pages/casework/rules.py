"""Deadline rules (期限规则): every dated rule with its basis and how sure it is; for administrators."""

from __future__ import annotations

import re

from django.http import HttpResponse

from mingzhang.lines import deadline_rules
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.casework.lamps import UNSURE, amount, in_chinese
from mingzhang.portal.showing import show
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.policy import Action

_UNSURE = "待核"
_LATIN = re.compile(r"[A-Za-z]{2,}")
"""Remarks of the rules' collectors that are not in Chinese are left out."""


@page(Action.ADMINISTER)
def listing(here: Here) -> HttpResponse:
    """All rules, or those of a line, or those still to be checked."""
    rules = deadline_rules()
    line, sure = here.request.GET.get("line", ""), here.request.GET.get("sure", "")
    found = [
        {
            "rule": rule,
            "trigger": in_chinese(rule.trigger),
            "action": in_chinese(rule.action),
            "basis": in_chinese(rule.basis),
            "pauses": "" if _LATIN.search(rule.pause_extend) else rule.pause_extend,
            "amount": amount(rule),
            "unsure": rule.sureness in UNSURE,
        }
        for rule in rules
        if line in ("", rule.line) and sure in ("", _UNSURE if rule.sureness in UNSURE else rule.sureness)
    ]
    codes = {each.code: each.chinese for each in all_lines().values()}
    return show(
        here,
        "casework/rules.html",
        rules=found,
        total=len(rules),
        unsure=sum(rule.sureness in UNSURE for rule in rules),
        lines=[(code, f"{code} {codes.get(code, '')}") for code in sorted({rule.line for rule in rules})],
        line=line,
        sure=sure,
    )
