"""Amounts beside the wrong names (错行): rows of a table that print what other figures say of rows further down.

It happens where rows were deleted or added on one side only. It is one slip, so it is told once, and the rows take no
part in any other comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from mingzhang.audit.remark import Remark, Repair
from mingzhang.facts import ACTUAL, Statement, Verdict

_FEWEST = 5
"""Fewer rows that print another row's amount may do so by chance."""
_FARTHEST = 8
"""Amounts are looked for in so many rows below and above."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """The remark on one table and the ids of all its figures from the first wrong row on."""

    remark: Remark
    context: str
    statements: frozenset[str]


def misplaced(statements: Sequence[Statement]) -> Iterator[Misplaced]:
    """Tables by function whose amounts stand beside wrong rows, as their other printings and their own sums show."""
    tables: dict[str, list[Statement]] = defaultdict(list)
    printed: dict[str, dict[str, dict[Fraction, Statement]]] = defaultdict(lambda: defaultdict(dict))
    for each in statements:
        code = _code(each)
        if code:
            if each.source == "table":
                tables[each.context].append(each)
            printed[code][each.context][each.printed.exact] = each
    for context, rows in tables.items():
        elsewhere = {
            _code(row): {
                value: each
                for other, values in printed[_code(row)].items()
                if other != context
                for value, each in values.items()
            }
            for row in rows
        }
        wrong = _wrong(rows, elsewhere)
        if len(wrong) >= _FEWEST and not _adds_up(rows):
            yield _told(context, rows, wrong, elsewhere, statements)


def _code(statement: Statement) -> str:
    """The function whose whole expenditure a figure tells; empty for others."""
    at = statement.coordinate
    names = {name for name, _ in at.dimensions}
    whole = at.concept == "expenditure" and at.measure == ACTUAL and names <= {"function", "fund"}
    return (at.get("function") or "") if whole and not statement.approximate else ""


def _wrong(rows: Sequence[Statement], elsewhere: Mapping[str, Mapping[Fraction, Statement]]) -> list[int]:
    """The rows that print a neighbour's amount and not their own, where from the first on most do."""
    wrong, right = [], []
    for number, row in enumerate(rows):
        own, value = elsewhere[_code(row)], row.printed.exact
        if not own or value == 0:
            continue
        if value in own:
            right.append(number)
            continue
        near = [*rows[number + 1 : number + 1 + _FARTHEST], *rows[max(number - _FARTHEST, 0) : number]]
        if any(value in elsewhere[_code(other)] for other in near):
            wrong.append(number)
    behind = [number for number in right if wrong and number > wrong[0]]
    return wrong if len(wrong) > len(behind) else []


def _adds_up(rows: Sequence[Statement]) -> bool:
    """Whether most ranks of the table add up: of two tables that contradict each other, that one is in order."""
    by_code = {_code(row): row.fact.interval for row in rows}
    kept = broken = 0
    for code, whole in by_code.items():
        parts = [
            each for other, each in by_code.items() if len(other) == len(code) + 2 and other.startswith(code)
        ]
        if parts:
            holds = reduce(add, parts).meets(whole)
            kept, broken = kept + holds, broken + (not holds)
    return kept >= broken


def _told(
    context: str,
    rows: Sequence[Statement],
    wrong: Sequence[int],
    elsewhere: Mapping[str, Mapping[Fraction, Statement]],
    statements: Sequence[Statement],
) -> Misplaced:
    first = rows[wrong[0]]
    begin = next(number for number, each in enumerate(statements) if each is first)
    behind = [each for each in statements[begin:] if each.context == context]
    right = _first_elsewhere(first, elsewhere)
    message = (
        f"《{context}》自“{first.label}”行起金额与科目错行，共{len(wrong)}行列的是别的科目的数："
        f"“{first.label}”列{first.shown}，别处是{right.shown}"
    )
    suspects = [rows[number] for number in wrong]
    ordered = [*suspects, *(each for each in behind if each not in suspects)]
    remark = Remark(
        "misplaced_rows",
        Verdict.CONTRADICTION,
        "error",
        message,
        tuple(place for each in suspects for place in each.places),
        tuple(each.id for each in ordered),
        first.shown,
        right.shown,
        "；".join(
            f"{each.label}列{each.shown}，应为{_first_elsewhere(each, elsewhere).shown}"
            for each in suspects[:_FEWEST]
        ),
        "把各行的金额对回所属的科目",
        "同一指标只有一个数",
        (tuple(Repair(each.id, _first_elsewhere(each, elsewhere).shown) for each in suspects),),
    )
    return Misplaced(remark, context, frozenset(each.id for each in behind))


def _first_elsewhere(row: Statement, elsewhere: Mapping[str, Mapping[Fraction, Statement]]) -> Statement:
    """What is printed of the row's function where it was first found outside the table."""
    return next(iter(elsewhere[_code(row)].values()))
