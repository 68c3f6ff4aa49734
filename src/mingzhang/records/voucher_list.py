"""Lists of vouchers (凭证查询): any mixture of conditions, a page at a time, fast however many vouchers there are.

Each condition either names its few vouchers at once, by an index of its own, or is left to be checked while the list
is walked in the order of numbers. The few are intersected and sorted; where no condition has few, walking finds a
page soon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingzhang.records import search
from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.models import Entity, Voucher, VoucherLine

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; `low` and `high` bound the amount of a line, in fen."""

    unit: Entity
    year: int
    month: int = 0
    lines: Selection = field(default_factory=Selection)
    low: int | None = None
    high: int | None = None
    text: str = ""
    prepared_by: str = ""
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """One page; `after` is the number that the next one begins after, `total` is None where counting would be slow."""

    vouchers: list[Voucher]
    after: str
    total: int | None


def voucher_page(wanted: Wanted, after: str = "", size: int = PAGE) -> VoucherPage:
    """The page of vouchers behind a number."""
    found, few = _matching(wanted)
    rows = list(_behind(found, wanted, after)[: size + 1])
    total = found.count() if few else None
    return VoucherPage(rows[:size], rows[size - 1].number if len(rows) > size else "", total)


def all_vouchers(wanted: Wanted, size: int = 500) -> Iterator[Voucher]:
    """Every voucher of a list, read in pages, so that a download holds neither memory nor the database."""
    found, _ = _matching(wanted)
    after = ""
    while rows := list(_behind(found, wanted, after)[:size]):
        yield from rows
        after = rows[-1].number


def _behind(found: QuerySet[Voucher], wanted: Wanted, after: str) -> QuerySet[Voucher]:
    if after:
        found = found.filter(number__lt=after) if wanted.newest_first else found.filter(number__gt=after)
    return found.order_by("-number" if wanted.newest_first else "number")


def _matching(wanted: Wanted) -> tuple[QuerySet[Voucher], bool]:
    """The vouchers meant, and whether they are few: then they are found by their keys, which are all of the unit's year."""
    conditions, narrow = Q(), []
    if wanted.month:
        conditions &= Q(month=wanted.month)
    if not wanted.lines.is_empty or wanted.low is not None or wanted.high is not None:
        lines = _lines(wanted)
        found = list(_by_sums(lines, wanted).values_list("voucher_id", flat=True)[: search.AT_MOST + 1])
        if len(found) <= search.AT_MOST:
            narrow.append(set(found))
        else:
            conditions &= Q(Exists(lines.filter(voucher=OuterRef("pk"))))
    if wanted.text.strip() or wanted.prepared_by.strip():
        named = search.voucher_ids(wanted.unit, wanted.year, wanted.text, wanted.prepared_by)
        if named is not None:
            narrow.append(named)
        for word in wanted.text.split():
            conditions &= Q(summary__icontains=word) | Q(reason__icontains=word)
        if wanted.prepared_by.strip():
            conditions &= Q(prepared_by=wanted.prepared_by.strip())
    if narrow:
        return Voucher.objects.filter(conditions, pk__in=set.intersection(*narrow)), True
    return Voucher.objects.filter(conditions, entity=wanted.unit, year=wanted.year), False


def _lines(wanted: Wanted) -> QuerySet[VoucherLine]:
    """Lines that are meant, among those of the year."""
    keys = chosen(used_classifications(wanted.unit, wanted.year), wanted.lines.covers)
    lines = VoucherLine.plain.filter(classification_id__in=keys)
    if wanted.low is not None:
        lines = lines.filter(fen__gte=wanted.low)
    if wanted.high is not None:
        lines = lines.filter(fen__lte=wanted.high)
    return lines


def _by_sums(lines: QuerySet[VoucherLine], wanted: Wanted) -> QuerySet[VoucherLine]:
    """The lines with every column before the amount stated, so that the index of sums finds them."""
    return lines.filter(
        entity=wanted.unit,
        year=wanted.year,
        debit__in=(True, False),
        month__in=[wanted.month] if wanted.month else list(range(1, 13)),
    )
