"""The detailed ledger (明细账): the lines of an account in their order, each with the balance after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.ledgers.balances import Amounts
from mingzhang.records.models import Entity, Voucher, VoucherKind, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.monthly_sums import MonthlySum, monthly_sums
from mingzhang.records.statements import Clause, all_of, among, rows
from mingzhang.records.sums import Stated

LINES = 200
"""Lines on a page."""
_FEW, _LONGEST = 2_000, 10_000
_VOUCHERS, _LINES = Voucher._meta.db_table, VoucherLine._meta.db_table
_READ = (
    "SELECT voucher.date, voucher.number, line.sequence, CASE WHEN line.summary = '' THEN voucher.summary ELSE line.summary END, "
    "line.classification_id, line.debit, line.fen"
)
_IN_ORDER = "ORDER BY voucher.date, voucher.number_order, line.sequence"


class Key(NamedTuple):
    """Where a line stands among the others of its month."""

    date: date
    number: str
    sequence: int

    @classmethod
    def parse(cls, text: str) -> Key | None:
        """A key as an address carries it; None where it is none.

        >>> Key.parse("2021-03-05 2 记-2021-03-0001") == Key(date(2021, 3, 5), "记-2021-03-0001", 2)
        True
        """
        try:
            day, sequence, number = text.split(" ", 2)
            return cls(date.fromisoformat(day), number, int(sequence))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.date} {self.sequence} {self.number}"


class LedgerRow(NamedTuple):
    """A line with what its voucher says; `balance` is what stands after it, debits positive."""

    key: Key
    summary: str
    stated: Stated
    debit: bool
    fen: int
    balance: int


@dataclass(frozen=True, slots=True)
class DetailPage:
    """A page: what stood before its first line, its lines, and the key that the next page begins after."""

    before: int
    rows: list[LedgerRow]
    after: Key | None
    months: dict[int, Amounts]
    """The amounts of every month of the span with something in it, whole months whatever the page shows."""


def detail_page(
    unit: Entity,
    year: int,
    selection: Selection,
    first: int = 1,
    last: int = 12,
    after: Key | None = None,
    size: int = LINES,
) -> DetailPage:
    """The lines under a selection behind a key, month by month; the opening of the year is no line, it stands before."""
    months, rows_in = _months(monthly_sums(unit, year, selection), first, last)
    used = used_classifications(unit, year)
    meant = among("line.classification_id", _meant(used, selection))
    begin = after.date.month if after else first
    standing = months[begin].opening
    if after:
        standing += _moved_up_to(after, unit, meant)
    found: list[tuple[Any, ...]] = []
    for month in range(begin, last + 1):
        if rows_in[month]:
            beyond = after if month == begin else None
            wanted = size + 1 - len(found)
            found += _lines_of_month(unit, date(year, month, 1), meant, beyond, wanted, rows_in[month])
        if len(found) > size:
            break
    shown: list[LedgerRow] = []
    balance = standing
    for day, number, sequence, summary, classification, debit, fen in found[:size]:
        balance += fen if debit else -fen
        shown.append(
            LedgerRow(Key(day, number, sequence), summary, used[classification], debit, fen, balance)
        )
    more = shown[-1].key if len(found) > size else None
    moving = {month: amounts for month, amounts in months.items() if amounts.debit or amounts.credit}
    return DetailPage(standing, shown, more, moving)


def all_rows(unit: Entity, year: int, selection: Selection, first: int, last: int) -> Iterator[LedgerRow]:
    """Every line of the span, read in pages."""
    after: Key | None = None
    while True:
        page = detail_page(unit, year, selection, first, last, after, size=2_000)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _meant(used: Mapping[int, Stated], selection: Selection) -> list[int]:
    """The classifications whose lines are meant."""
    return chosen(used, lambda stated: selection.covers(stated) and stated.kind != VoucherKind.OPENING)


def _lines_of_month(
    unit: Entity, month: date, meant: Clause, after: Key | None, size: int, count: int
) -> list[tuple[Any, ...]]:
    """The next lines of a month in order; `count` are all it has.

    Few are found by what they state and sorted. Where there are many, so are the vouchers that have one: then the vouchers
    are walked in their order, a stretch at a time, until enough lines are found.
    """
    beyond = [_beyond(after)] if after else []
    if count <= _FEW:
        where, parameters = all_of([*_of_month(unit, month), meant, *beyond])
        joined = f"FROM {_LINES} AS line JOIN {_VOUCHERS} AS voucher ON voucher.id = line.voucher_id"
        return rows(f"{_READ} {joined} WHERE {where} {_IN_ORDER} LIMIT {size}", parameters)
    days = Clause(
        "entity_id = %s AND date >= %s AND date < %s",
        (unit.pk, month.isoformat(), _next(month).isoformat()),
    )
    place = (after.date.isoformat(), number_order(after.number)) if after else None
    found: list[tuple[Any, ...]] = []
    stretch = size
    while len(found) < size:
        where, parameters = all_of([days, *([_from(*place)] if place else [])])
        walked = f"FROM {_VOUCHERS} WHERE {where} ORDER BY date, number_order"
        fits, more = all_of([meant, *beyond])
        found += rows(
            f"{_READ} FROM (SELECT id, date, number, number_order, summary {walked} LIMIT {stretch}) AS voucher "
            f"JOIN {_LINES} AS line ON line.voucher_id = voucher.id WHERE {fits} {_IN_ORDER} LIMIT {size - len(found)}",
            (*parameters, *more),
        )
        following = rows(f"SELECT date, number_order {walked} LIMIT 1 OFFSET {stretch}", parameters)
        if not following:
            break
        day, order = following[0]
        place, stretch = (day.isoformat(), order), min(4 * stretch, _LONGEST)
    return found


def _of_month(unit: Entity, month: date) -> list[Clause]:
    """The lines of a unit's month, with every column stated that the index of lines begins with."""
    own = (unit.pk, month.year, month.month)
    return [
        Clause(
            "line.entity_id = %s AND line.year = %s AND line.debit IN (TRUE, FALSE) AND line.month = %s", own
        )
    ]


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _from(day: str, order: str) -> Clause:
    """Vouchers at a place of the order and behind it; the day is stated once more for the index."""
    return Clause("date >= %s AND (date > %s OR number_order >= %s)", (day, day, order))


def _beyond(key: Key) -> Clause:
    """Lines behind a key."""
    day, order = key.date.isoformat(), number_order(key.number)
    return Clause(
        "(voucher.date > %s OR (voucher.date = %s AND (voucher.number_order > %s OR "
        "(voucher.number_order = %s AND line.sequence > %s))))",
        (day, day, order, order, key.sequence),
    )


def _moved_up_to(key: Key, unit: Entity, meant: Clause) -> int:
    """What the lines of the key's month move up to it, debits positive."""
    beyond = _beyond(key)
    upto = Clause(f"NOT {beyond.text}", beyond.parameters)
    where, parameters = all_of([*_of_month(unit, key.date), meant, upto])
    joined = f"{_LINES} AS line JOIN {_VOUCHERS} AS voucher ON voucher.id = line.voucher_id"
    moved = "SELECT CAST(sum(CASE WHEN line.debit THEN line.fen ELSE -line.fen END) AS bigint)"
    return rows(f"{moved} FROM {joined} WHERE {where}", parameters)[0][0] or 0


def _months(sums: Iterable[MonthlySum], first: int, last: int) -> tuple[dict[int, Amounts], dict[int, int]]:
    """The amounts of every month of the span, and how many lines each has."""
    before, rows_in = 0, dict.fromkeys(range(first, last + 1), 0)
    months = {month: Amounts() for month in rows_in}
    for row in sums:
        if row.month < first:
            before += row.debit_fen
        elif row.month <= last:
            months[row.month].add(row, row.month, row.month)
            rows_in[row.month] += row.rows
    for amounts in months.values():
        amounts.opening, before = before, before + amounts.debit - amounts.credit
    return months, rows_in
