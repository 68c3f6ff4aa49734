"""Deadline rules as the bureau keeps them (期限规则): the delivered table with the versions that two persons put in force.

A version is for matters whose rule date is its first day or later; what ran before keeps its own. Ids never change their meaning, so a deadline
that names one is computed the same for ever.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mingzhang.casework.definitions import DeadlineRule
from mingzhang.lines import deadline_rules
from mingzhang.records.casework.heads import head_of
from mingzhang.records.casework.models import SettingChange

BOOK = "case_settings"
"""The trail's book of changes."""


def rules() -> tuple[DeadlineRule, ...]:
    """Every rule in force at some time."""
    return _read(head_of(BOOK))


def rule_of(rule_id: str) -> DeadlineRule:
    """The rule of an id, as far as deadlines are computed by it."""
    delivered = _by_id()
    return (
        delivered[rule_id]
        if rule_id in delivered
        else next(rule for rule in rules() if rule.rule_id == rule_id)
    )


@lru_cache(maxsize=1)
def _by_id() -> dict[str, DeadlineRule]:
    return {rule.rule_id: rule for rule in deadline_rules()}


@lru_cache(maxsize=4)
def _read(head: str) -> tuple[DeadlineRule, ...]:
    """The rules as they stand under a head of the trail, read once."""
    if not head:
        return deadline_rules()
    found = list(deadline_rules())
    approved = SettingChange.objects.filter(
        kind=SettingChange.Kind.RULE, state=SettingChange.State.APPROVED
    ).order_by("decided_at", "pk")
    for change in approved:
        found = _with(found, change.subject, change.content, change.valid_from)
    return tuple(found)


def _with(
    known: list[DeadlineRule], rule_id: str, content: dict[str, Any], valid_from: date | None
) -> list[DeadlineRule]:
    """The rules with one change: a rule that was checked says so; a new version follows the one that ends the day before."""
    place, old = next((place, rule) for place, rule in enumerate(known) if rule.rule_id == rule_id)
    stated = {"basis": content["basis"], "sureness": content["sureness"]}
    if valid_from is None:
        return [*known[:place], replace(old, **stated), *known[place + 1 :]]
    new = replace(
        old,
        rule_id=content["rule_id"],
        amount=Decimal(content["amount"]),
        unit=content["unit"],
        roll=content["roll"],
        valid_from=valid_from,
        valid_to=old.valid_to,
        **stated,
    )
    ended = replace(old, valid_to=valid_from - timedelta(days=1))
    return [*known[:place], ended, new, *known[place + 1 :]]
