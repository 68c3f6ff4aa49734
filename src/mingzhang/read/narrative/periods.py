"""Figures of one name over nested periods of the year: what came about by November is no more than in the whole year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingzhang.facts import Statement, Tie

_MONTHS = re.compile(r"(?:20\d\d年)?(?:1|一)(?:月份?)?[-—–~～至到](?P<last>\d{1,2})月份?")
_YEAR = re.compile(r"(?:(?:20\d\d)?年度?|全年)(?:全年)?(?:共计?|累计)?")
_FILLER = re.compile(r"^(?:共计?|累计|我局|全区|区|已)+")
_SHORTEST = 4
"""A name of fewer characters names too many things."""
_WHOLE = 12


def nested_periods(said: Sequence[Statement]) -> Iterator[Tie]:
    """Counts and amounts of one local name, first months against more months of the same year.

    Names repeat: a failure is a warning.
    """
    groups: dict[tuple[str, str], list[tuple[int, Statement]]] = defaultdict(list)
    for statement in said:
        found = _period(statement.label)
        unit = statement.printed.unit
        if found and statement.local and unit.kind != "ratio" and not statement.approximate:
            months, name = found
            groups[name, unit.chinese].append((months, statement))
    for (name, _), group in groups.items():
        for months, part in group:
            whole = next((each for longer, each in group if longer > months), None)
            if whole is not None:
                yield Tie(
                    "nested_periods",
                    "sum",
                    ((Fraction(1), part.id), (Fraction(-1), whole.id)),
                    comparison="at_most",
                    severity="warning",
                    chinese=f"“{name}”1至{months}月的数不大于更长时期的数",
                    basis="同一年度内，较短时期的累计数不大于较长时期的累计数",
                )


def _period(label: str) -> tuple[int, str] | None:
    """The last month of a figure's period and its name without it; None where the label names no period.

    >>> _period("1至11月办结行政复议申请"), _period("全年共办结行政复议申请"), _period("办结行政复议申请")
    ((11, '办结行政复议申请'), (12, '办结行政复议申请'), None)
    """
    months = 0
    if found := _MONTHS.match(label):
        months = int(found["last"])
    elif found := _YEAR.match(label):
        months = _WHOLE
    if not found or not 1 <= months <= _WHOLE:
        return None
    name = _FILLER.sub("", label[found.end() :])
    return (months, name) if len(name) >= _SHORTEST else None
