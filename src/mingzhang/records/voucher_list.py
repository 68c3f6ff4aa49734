"""Lists of vouchers (凭证查询): any mixture of conditions, a page at a time, fast however many vouchers there are.

A page is first looked for by walking the list in the order of numbers: what fits often is found at once. Where that
does not fill it, the conditions that have an index of their own name the few vouchers that may fit; those are
intersected and sorted. Where no condition has few, walking goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingzhang.records import search
from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.models import Entity, Voucher, VoucherLine
from mingzhang.records.models.number_order import number_order

PAGE = 50
_FIRST_WINDOW, _LARGEST_WINDOW = 200, 16_000


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
    asked = _Asked(wanted)
    rows, few = asked.behind(after, size + 1)
    total = few.count() if few is not None else None
    return VoucherPage(rows[:size], rows[size - 1].number if len(rows) > size else "", total)


def all_vouchers(wanted: Wanted, size: int = 500) -> Iterator[Voucher]:
    """Every voucher of a list, read in pages, so that a download holds neither memory nor the database."""
    asked = _Asked(wanted)
    rows, _ = asked.behind("", size)
    while rows:
        yield from rows
        rows, _ = asked.behind(rows[-1].number, size)


class _Asked:
    """A list being answered; what its indexes say is asked once, when it is needed."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._by_lines = not wanted.lines.is_empty or wanted.low is not None or wanted.high is not None
        self._by_words = bool(wanted.text.strip() or wanted.prepared_by.strip())

    def behind(self, after: str, size: int) -> tuple[list[Voucher], QuerySet[Voucher] | None]:
        """So many vouchers behind a number; and all of the list, where they are few and known."""
        if not (self._by_lines or self._by_words):
            return list(self._in_order(self._books, after)[:size]), None
        found, reached = self._walk(after, size, _FIRST_WINDOW)
        if len(found) == size or reached is None:
            return found, None
        if self._few is not None:
            return list(self._in_order(self._few, after)[:size]), self._few
        window = _FIRST_WINDOW
        while len(found) < size and reached is not None:
            window = min(4 * window, _LARGEST_WINDOW)
            more, reached = self._walk(reached, size - len(found), window)
            found += more
        return found, None

    def _walk(self, after: str, size: int, window: int) -> tuple[list[Voucher], str | None]:
        """What fits among the next so many vouchers, and the number of the last of them; None at the end of the books.

        A planner that takes the conditions for rare would read and sort the whole year instead.
        """
        keys = list(self._in_order(self._books, after).values_list("pk", "number")[:window])
        fitting = Voucher.objects.filter(self._conditions, pk__in=[key for key, _ in keys])
        found = list(self._in_order(fitting)[:size])
        return found, keys[-1][1] if len(keys) == window else None

    @cached_property
    def _few(self) -> QuerySet[Voucher] | None:
        """The vouchers that fit, found by their keys, which are all of the unit's year; None where they may be many."""
        wanted, narrow = self._wanted, []
        if self._by_lines:
            lines = self._lines_by_sums.values_list("voucher_id", flat=True)
            found = list(lines[: search.AT_MOST + 1])
            if len(found) <= search.AT_MOST:
                narrow.append(set(found))
        if self._by_words:
            named = search.voucher_ids(wanted.unit, wanted.year, wanted.text, wanted.prepared_by)
            if named is not None:
                narrow.append(named)
        if not narrow:
            return None
        of_month = Q(month=wanted.month) if wanted.month else Q()
        return Voucher.objects.filter(self._conditions, of_month, pk__in=set.intersection(*narrow))

    @property
    def _books(self) -> QuerySet[Voucher]:
        found = Voucher.objects.filter(entity=self._wanted.unit, year=self._wanted.year)
        return found.filter(month=self._wanted.month) if self._wanted.month else found

    @cached_property
    def _conditions(self) -> Q:
        wanted, conditions = self._wanted, Q()
        if self._by_lines:
            conditions &= Q(Exists(self._lines.filter(voucher=OuterRef("pk"))))
        for word in wanted.text.split():
            conditions &= Q(summary__icontains=word) | Q(reason__icontains=word)
        if wanted.prepared_by.strip():
            conditions &= Q(prepared_by=wanted.prepared_by.strip())
        return conditions

    @cached_property
    def _lines(self) -> QuerySet[VoucherLine]:
        """Lines that are meant, among those of the year."""
        wanted = self._wanted
        keys = chosen(used_classifications(wanted.unit, wanted.year), wanted.lines.covers)
        lines = VoucherLine.plain.filter(classification_id__in=keys)
        if wanted.low is not None:
            lines = lines.filter(fen__gte=wanted.low)
        if wanted.high is not None:
            lines = lines.filter(fen__lte=wanted.high)
        return lines

    @property
    def _lines_by_sums(self) -> QuerySet[VoucherLine]:
        """The lines with every column before the amount stated, so that the index of sums finds them."""
        wanted = self._wanted
        return self._lines.filter(
            entity=wanted.unit,
            year=wanted.year,
            debit__in=(True, False),
            month__in=[wanted.month] if wanted.month else list(range(1, 13)),
        )

    def _in_order(self, found: QuerySet[Voucher], after: str = "") -> QuerySet[Voucher]:
        newest_first = self._wanted.newest_first
        if after:
            beyond = "number_order__lt" if newest_first else "number_order__gt"
            found = found.filter(**{beyond: number_order(after)})
        return found.order_by("-number_order" if newest_first else "number_order")
