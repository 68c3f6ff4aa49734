"""The records behind a figure a page at a time (分页追溯): what stands outside the ledger first, then vouchers by unit, month and entry.

A page is found by stepping through the lines' index from where the page before ended; nothing is counted or skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from mingzhang.facts import Coordinate, Vocabulary
from mingzhang.records.leaves import SELF_EVALUATION, leaves
from mingzhang.records.ledger_trace import YIELDING, LedgerTrace, Worth
from mingzhang.records.models import Classification, Entity, MonthTotal, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.organisation import Organisation
from mingzhang.records.trace import TracedRow, kept_rows, ledger_row

PAGE = 50
_OUTSIDE = "kept"


@dataclass(frozen=True, slots=True)
class TracePage:
    """Rows, and the mark after which the next page begins; blank where there is none."""

    rows: tuple[TracedRow, ...]
    after: str = ""


def rows_behind(coordinate: Coordinate, words: Vocabulary, after: str = "", size: int = PAGE) -> TracePage:
    """A page of the records whose amounts add up to an actual or a budget, or that a comparison compares."""
    organisation = Organisation()
    asked = list(dict.fromkeys(leaves(coordinate, words)))
    found = list(islice(_marked_rows(asked, organisation, words, _Mark.read(after)), size + 1))
    rows = tuple(row for _, row in found[:size])
    return TracePage(rows, str(found[size - 1][0]) if len(found) > size else "")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a row stands: which figure, which unit (blank for rows outside the ledger), month, and its key or place."""

    leaf: int = 0
    unit: str = _OUTSIDE
    month: int = 0
    key: int = 0

    @classmethod
    def read(cls, text: str) -> _Mark:
        """A mark as written; what cannot be read is the beginning."""
        leaf, _, rest = text.partition("~")
        unit, _, rest = rest.partition("~")
        month, _, key = rest.partition("~")
        if not (leaf.isdecimal() and unit and month.isdecimal() and key.isdecimal()):
            return cls()
        return cls(int(leaf), unit, int(month), min(int(key), 2**62))

    def __str__(self) -> str:
        return f"{self.leaf}~{self.unit}~{self.month}~{self.key}"


def _marked_rows(
    asked: list[Coordinate], organisation: Organisation, words: Vocabulary, start: _Mark
) -> Iterator[tuple[_Mark, TracedRow]]:
    trace = LedgerTrace(organisation, words)
    for place, leaf in enumerate(asked):
        if place < start.leaf:
            continue
        begin = start if place == start.leaf else _Mark(place)
        if begin.unit == _OUTSIDE:
            kept = sorted(kept_rows(leaf, organisation, words), key=_order)
            for number, row in enumerate(kept, 1):
                if number > begin.key:
                    yield _Mark(place, _OUTSIDE, 0, number), row
        if not leaf.measure.of and leaf.measure.kind == "actual":
            yield from _ledger(leaf, trace, begin, place)


def _order(row: TracedRow) -> tuple[str, str, str, int]:
    return (row.date.isoformat() if row.date else "", row.entity, number_order(row.number), row.record.pk)


def _ledger(
    leaf: Coordinate, trace: LedgerTrace, begin: _Mark, place: int
) -> Iterator[tuple[_Mark, TracedRow]]:
    """The lines of a figure in the order of units, months and keys, from where a page begins."""
    evaluated = leaf.concept in SELF_EVALUATION
    figure = Coordinate("expenditure", (), leaf.entity, leaf.period) if evaluated else leaf
    year, reached = int(leaf.period[:4]), begin.unit == _OUTSIDE
    for unit in trace.units.values():
        reached = reached or unit.code == begin.unit
        if not reached or not _may_hold(figure, unit, trace):
            continue
        stated = _used(unit, year)
        if evaluated:
            stated = [each for each in stated if each.project]
        worth = trace.worth_of(figure, unit, stated)
        if worth:
            own = begin if unit.code == begin.unit else _Mark(place, unit.code)
            for line in _lines(unit, year, worth, own):
                sign = worth[line.classification_id][line.debit]
                if sign:
                    fen = sign * (line.fen if line.debit else -line.fen)
                    yield _Mark(place, unit.code, line.month, line.pk), ledger_row(line, unit.code, fen)


def _may_hold(leaf: Coordinate, unit: Entity, trace: LedgerTrace) -> bool:
    """Whether a figure of this entity may have lines of this unit: eliminations have those of any of their department."""
    covers = trace.words.entities.covers
    return (
        covers(leaf.entity, unit.code)
        or leaf.entity.removesuffix("-eliminations") == (trace.departments[unit.code])
    )


def _used(unit: Entity, year: int) -> list[Classification]:
    used = MonthTotal.objects.filter(entity=unit, year=year).values("classification")
    return list(Classification.objects.filter(YIELDING, pk__in=used))


def _lines(unit: Entity, year: int, worth: Worth, begin: _Mark) -> Iterator[VoucherLine]:
    """A unit's lines under these classifications, month by month, those of a month by their keys.

    The keys are asked for first, of the index alone: both sides are named so that it leads to the month.
    """
    for month in range(begin.month, 14):
        key = begin.key if month == begin.month else 0
        while True:
            lines = VoucherLine.plain.filter(
                entity=unit,
                year=year,
                classification__in=list(worth),
                debit__in=[True, False],
                month=month,
                pk__gt=key,
            )
            keys = list(lines.order_by("pk").values_list("pk", flat=True)[: PAGE + 1])
            yield from VoucherLine.objects.filter(pk__in=keys).select_related("voucher").order_by("pk")
            if len(keys) <= PAGE:
                break
            key = keys[-1]
