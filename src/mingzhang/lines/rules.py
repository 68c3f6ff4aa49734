"""The table of deadline rules and the checklist of metrics: `deadline_rules.csv`, `metric_checklist.csv`."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise

from mingzhang.casework.definitions import DeadlineRule

UNITS = {"WD": "个工作日", "D": "日", "M": "个月", "Y": "年", "H": "小时"}
"""Units with the words that users read."""

BOUNDS = {"MAX": "以内", "MIN": "不少于", "BEFORE": "提前", "SPAN": "最长"}
SURENESS = {"法": "法律原文", "源": "公开来源（依据待核）", "知": "待核", "参": "本单位设定"}


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A figure that the bureau reports, as the field's knowledge describes it; a line's metric computes it."""

    metric_id: str
    line: str
    name: str
    numerator: str
    denominator: str
    date_field: str
    unit: str
    rounding: str
    sample_2021: str


@cache
def deadline_rules() -> tuple[DeadlineRule, ...]:
    """All rules. Raises ValueError where the table contradicts itself: it is our own."""
    rules = tuple(_rule(row) for row in _rows("deadline_rules.csv"))
    for wrong in rule_mistakes(rules):
        raise ValueError(f"deadline_rules.csv: {wrong}")
    return rules


@cache
def deadline_families() -> frozenset[str]:
    """The families that lines may start."""
    return frozenset(rule.family for rule in deadline_rules())


@cache
def metric_checklist() -> tuple[ChecklistItem, ...]:
    """All items in order."""
    return tuple(ChecklistItem(**row) for row in _rows("metric_checklist.csv"))


def rule_mistakes(rules: Sequence[DeadlineRule]) -> Iterator[str]:
    """Unknown units, bounds and tags; ids stated twice; two versions of a family in force on one day."""
    seen: set[str] = set()
    families: dict[str, list[DeadlineRule]] = defaultdict(list)
    for rule in rules:
        if rule.rule_id in seen:
            yield f"{rule.rule_id} is stated twice"
        seen.add(rule.rule_id)
        families[rule.family].append(rule)
        for value, known in ((rule.unit, UNITS), (rule.bound, BOUNDS), (rule.sureness, SURENESS)):
            if value not in known:
                yield f"{rule.rule_id}: {value!r} is none of {', '.join(known)}"
        if rule.roll and rule.unit in ("WD", "H"):
            yield f"{rule.rule_id}: working days and hours do not roll"
        if rule.valid_to is not None and rule.valid_to < rule.valid_from:
            yield f"{rule.rule_id} ends before it begins"
    for family, versions in families.items():
        ordered = sorted(versions, key=lambda rule: rule.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield f"{earlier.rule_id} and {later.rule_id} of family {family} are in force on one day"


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("mingzhang.lines") / name).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text))


def _rule(row: dict[str, str]) -> DeadlineRule:
    return DeadlineRule(
        rule_id=row["rule_id"],
        family=row["family"],
        line=row["line"],
        trigger=row["trigger"],
        action=row["action"],
        bound=row["bound"],
        amount=Decimal(row["amount"]),
        unit=row["unit"],
        count_from=row["count_from"],
        roll=row["roll"] == "Y",
        pause_extend=row["pause_extend"],
        basis=row["basis"],
        sureness=row["tag"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        note=row["note"],
    )
