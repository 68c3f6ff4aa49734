"""The detailed ledger (明细账): the lines of an account in their order, each with the balance after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, Sum, When

from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.ledgers.balances import Amounts
from mingzhang.records.models import Entity, VoucherKind, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.monthly_sums import monthly_sums

LINES = 200
"""Lines on a page."""


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
    sums = list(monthly_sums(unit, year, selection))
    begin = after.date.month if after else first
    standing = sum(row.debit_fen for row in sums if row.month < begin)
    lines = _lines(unit, year, selection)
    if after:
        standing += _moved(lines.filter(month=begin).filter(_up_to(after)))
    rows: list[LedgerRow] = []
    balance = standing
    months = {month: _amounts(sums, month) for month in range(first, last + 1)}
    for month in range(begin, last + 1):
        if months[month].debit or months[month].credit:
            of_month = lines.filter(month=month)
            if after and month == begin:
                of_month = of_month.exclude(_up_to(after))
            for line in of_month[: size + 1 - len(rows)]:
                balance += line.fen if line.debit else -line.fen
                rows.append(LedgerRow(line, balance))
        if len(rows) > size:
            break
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
    keys = chosen(
        used_classifications(unit, year),
        lambda stated: selection.covers(stated) and stated.kind != VoucherKind.OPENING,
    )
    return (
        VoucherLine.objects.filter(
            entity=unit, year=year, classification_id__in=keys, debit__in=(True, False)
        )
        .select_related("voucher", "classification")
        .order_by("voucher__date", "voucher__number_order", "sequence")
    )


def _up_to(key: Key) -> Q:
    order = number_order(key.number)
    return Q(voucher__date__lt=key.date) | Q(voucher__date=key.date) & (
        Q(voucher__number_order__lt=order) | Q(voucher__number=key.number, sequence__lte=key.sequence)
    )


def _moved(lines: QuerySet[VoucherLine]) -> int:
    debit_fen = Case(When(debit=True, then=F("fen")), default=-F("fen"))
    return lines.order_by().aggregate(moved=Sum(debit_fen))["moved"] or 0


def _amounts(sums: list, month: int) -> Amounts:
    found = Amounts()
    for row in sums:
        found.add(row, month, month)
    return found
