"""The detailed ledger (明细账): the lines of an account in their order, each with the balance after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, Sum, When

from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.ledgers.balances import Amounts
from mingzhang.records.models import Entity, Voucher, VoucherKind, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.monthly_sums import MonthlySum, monthly_sums

LINES = 200
"""Lines on a page."""
_FEW, _LONGEST = 2_000, 10_000


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


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line with its voucher; `balance` is what stands after it, debits positive."""

    line: VoucherLine
    balance: int

    @property
    def key(self) -> Key:
        """Where it stands."""
        return Key(self.line.voucher.date, self.line.voucher.number, self.line.sequence)


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
    begin = after.date.month if after else first
    standing = months[begin].opening
    lines = _lines(unit, year, selection)
    if after:
        standing += _moved(_of_month(lines, unit, year, begin).filter(_up_to(after)))
    keys: list[int] = []
    for month in range(begin, last + 1):
        if rows_in[month]:
            beyond = after if month == begin else None
            keys += _month_keys(
                lines, unit, date(year, month, 1), beyond, size + 1 - len(keys), rows_in[month]
            )
        if len(keys) > size:
            break
    rows: list[LedgerRow] = []
    balance = standing
    found = VoucherLine.objects.select_related("voucher", "classification").in_bulk(keys)
    for line in map(found.__getitem__, keys):
        balance += line.fen if line.debit else -line.fen
        rows.append(LedgerRow(line, balance))
    more = rows[size - 1].key if len(rows) > size else None
    moving = {month: amounts for month, amounts in months.items() if amounts.debit or amounts.credit}
    return DetailPage(standing, rows[:size], more, moving)


def all_rows(unit: Entity, year: int, selection: Selection, first: int, last: int) -> Iterator[LedgerRow]:
    """Every line of the span, read in pages."""
    after: Key | None = None
    while True:
        page = detail_page(unit, year, selection, first, last, after, size=2_000)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _lines(unit: Entity, year: int, selection: Selection) -> QuerySet[VoucherLine]:
    """The lines meant, in their order, whoever's they are."""
    keys = chosen(
        used_classifications(unit, year),
        lambda stated: selection.covers(stated) and stated.kind != VoucherKind.OPENING,
    )
    lines = VoucherLine.plain.filter(classification_id__in=keys)
    return lines.order_by("voucher__date", "voucher__number_order", "sequence")


def _month_keys(
    lines: QuerySet[VoucherLine], unit: Entity, month: date, after: Key | None, size: int, count: int
) -> list[int]:
    """Keys of the next lines of a month in order; `count` are all it has.

    Few are found by what they state and sorted. Where there are many, so are the vouchers that have one: then the vouchers
    are walked in their order, a stretch at a time, until enough lines are found.
    """
    meant = lines.exclude(_up_to(after)) if after else lines
    if count <= _FEW:
        return list(_of_month(meant, unit, month.year, month.month).values_list("pk", flat=True)[:size])
    vouchers = Voucher.objects.filter(entity=unit, date__gte=month, date__lt=_next(month))
    behind = vouchers.filter(_from(after.date, number_order(after.number))) if after else vouchers
    found: list[int] = []
    stretch = size
    while len(found) < size:
        walked = list(
            behind.order_by("date", "number_order").values_list("pk", "date", "number_order")[:stretch]
        )
        own = meant.filter(voucher__in=[key for key, _, _ in walked])
        found += own.values_list("pk", flat=True)[: size - len(found)]
        if len(walked) < stretch:
            break
        last, stretch = walked[-1], min(4 * stretch, _LONGEST)
        behind = vouchers.filter(_from(last[1], last[2])).exclude(pk=last[0])
    return found


def _of_month(lines: QuerySet[VoucherLine], unit: Entity, year: int, month: int) -> QuerySet[VoucherLine]:
    """Those of a unit's month, with every column stated that the index of lines begins with."""
    return lines.filter(entity=unit, year=year, debit__in=(True, False), month=month)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _from(day: date, order: str) -> Q:
    """Vouchers at a place of the order and behind it; the day is stated once more for the index."""
    return Q(date__gte=day) & (Q(date__gt=day) | Q(number_order__gte=order))


def _up_to(key: Key) -> Q:
    order = number_order(key.number)
    return Q(voucher__date__lt=key.date) | Q(voucher__date=key.date) & (
        Q(voucher__number_order__lt=order) | Q(voucher__number=key.number, sequence__lte=key.sequence)
    )


def _moved(lines: QuerySet[VoucherLine]) -> int:
    debit_fen = Case(When(debit=True, then=F("fen")), default=-F("fen"))
    return lines.order_by().aggregate(moved=Sum(debit_fen))["moved"] or 0


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
