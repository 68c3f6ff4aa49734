"""Lists of vouchers (凭证查询): any mixture of conditions, a page at a time, fast however many vouchers there are.

A page is first looked for by walking the list in the order of numbers: what fits often is found at once. Where that
does not fill it, the conditions that have an index of their own name the few vouchers that may fit; those are
intersected and sorted. Where no condition has few, walking goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from mingzhang.records import search
from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.models import Entity, Voucher, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.statements import Clause, all_of, among, contains, rows

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


class Listed(NamedTuple):
    """A voucher as a page shows it."""

    pk: int
    number: str
    date: date
    month: int
    kind: str
    summary: str
    reason: str
    prepared_by: str
    reviewed_by: str
    approved_by: str
    digest: str


_TABLE, _LINES = Voucher._meta.db_table, VoucherLine._meta.db_table
_COLUMNS = ", ".join(Listed._fields).replace("pk", "id", 1)


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """One page; `after` is the number that the next one begins after, `total` is None where counting would be slow."""

    vouchers: list[Listed]
    after: str
    total: int | None


def voucher_page(wanted: Wanted, after: str = "", size: int = PAGE) -> VoucherPage:
    """The page of vouchers behind a number."""
    asked = _Asked(wanted)
    found = asked.behind(after, size + 1)
    more = found[size - 1].number if len(found) > size else ""
    return VoucherPage(found[:size], more, len(found) if not (after or more) else asked.total)


def is_number(unit: Entity, year: int, text: str) -> bool:
    """Whether a text is the number of one of the year's vouchers."""
    statement = f"SELECT 1 FROM {_TABLE} WHERE entity_id = %s AND year = %s AND number = %s"
    return bool(rows(statement, (unit.pk, year, text)))


def all_vouchers(wanted: Wanted, size: int = 500) -> Iterator[Listed]:
    """Every voucher of a list, read in pages, so that a download holds neither memory nor the database."""
    asked = _Asked(wanted)
    found = asked.behind("", size)
    while found:
        yield from found
        found = asked.behind(found[-1].number, size)


class _Asked:
    """A list being answered; what its indexes say is asked once, when it is needed."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._by_lines = not wanted.lines.is_empty or wanted.low is not None or wanted.high is not None
        self._by_words = bool(wanted.text.strip() or wanted.prepared_by.strip())
        self._order = f"ORDER BY number_order {'DESC' if wanted.newest_first else 'ASC'}"
        self._few_were_asked = False

    def behind(self, after: str, size: int) -> list[Listed]:
        """So many vouchers behind a number."""
        if not (self._by_lines or self._by_words):
            return self._read(f"FROM {_TABLE}", all_of(self._books(after)), size)
        found, reached = self._walk(after, size, _FIRST_WINDOW)
        if len(found) == size or reached is None:
            return found
        self._few_were_asked = True
        if self._few is not None:
            return self._read(f"FROM {_TABLE}", all_of([*self._few, *self._beyond(after)]), size)
        window = _FIRST_WINDOW
        while len(found) < size and reached is not None:
            window = min(4 * window, _LARGEST_WINDOW)
            more, reached = self._walk(reached, size - len(found), window)
            found += more
        return found

    @property
    def total(self) -> int | None:
        """How many the list has, where they had to be named one by one; None where counting would be slow."""
        if not self._few_were_asked or self._few is None:
            return None
        where, parameters = all_of(self._few)
        return int(rows(f"SELECT count(*) FROM {_TABLE} WHERE {where}", parameters)[0][0])

    def _walk(self, after: str, size: int, window: int) -> tuple[list[Listed], str | None]:
        """What fits among the next so many vouchers, and the number of the last of them; None at the end of the books.

        A planner that takes the conditions for rare would read and sort the whole year instead.
        """
        where, parameters = all_of(self._books(after))
        walked = f"FROM {_TABLE} WHERE {where} {self._order} LIMIT {window}"
        fits, more = all_of(self._conditions)
        within = f"FROM (SELECT {_COLUMNS}, number_order {walked}) AS walked"
        found = self._read(within, Clause(fits.replace(f"{_TABLE}.", "walked."), more), size, parameters)
        if len(found) == size:
            return found, found[-1].number
        last = rows(f"SELECT number {walked.removesuffix(str(window))}1 OFFSET {window - 1}", parameters)
        return found, last[0][0] if last else None

    def _read(self, source: str, where: Clause, size: int, before: tuple[Any, ...] = ()) -> list[Listed]:
        """So many rows of a source in order; `before` are the parameters of the source itself."""
        statement = f"SELECT {_COLUMNS} {source} WHERE {where.text} {self._order} LIMIT {size}"
        return list(map(Listed._make, rows(statement, (*before, *where.parameters))))

    @cached_property
    def _few(self) -> list[Clause] | None:
        """The conditions that take the vouchers that fit, found by their keys, which are all of the unit's year; None where they may be many."""
        wanted, narrow = self._wanted, []
        if self._by_lines:
            where, parameters = all_of(self._lines_by_sums)
            statement = f"SELECT voucher_id FROM {_LINES} WHERE {where} LIMIT {search.AT_MOST + 1}"
            found = {key for (key,) in rows(statement, parameters)}
            if len(found) <= search.AT_MOST:
                narrow.append(found)
        if self._by_words:
            named = search.voucher_ids(wanted.unit, wanted.year, wanted.text, wanted.prepared_by)
            if named is not None:
                narrow.append(named)
        if not narrow:
            return None
        return [among("id", set.intersection(*narrow)), *self._conditions, *self._of_month]

    def _books(self, after: str) -> list[Clause]:
        """The vouchers of the year or month behind a number."""
        wanted = self._wanted
        own = Clause("entity_id = %s AND year = %s", (wanted.unit.pk, wanted.year))
        return [own, *self._of_month, *self._beyond(after)]

    @property
    def _of_month(self) -> list[Clause]:
        return [Clause("month = %s", (self._wanted.month,))] if self._wanted.month else []

    def _beyond(self, after: str) -> list[Clause]:
        sign = "<" if self._wanted.newest_first else ">"
        return [Clause(f"number_order {sign} %s", (number_order(after),))] if after else []

    @cached_property
    def _conditions(self) -> list[Clause]:
        wanted, found = self._wanted, []
        if self._by_lines:
            where, parameters = all_of(self._lines)
            own = f"{_LINES}.voucher_id = {_TABLE}.id"
            found.append(Clause(f"EXISTS (SELECT 1 FROM {_LINES} WHERE {own} AND {where})", parameters))
        for word in wanted.text.split():
            summary, reason = contains("summary", word), contains("reason", word)
            found.append(
                Clause(f"({summary.text} OR {reason.text})", (*summary.parameters, *reason.parameters))
            )
        if wanted.prepared_by.strip():
            found.append(Clause("prepared_by = %s", (wanted.prepared_by.strip(),)))
        return found

    @cached_property
    def _lines(self) -> list[Clause]:
        """Lines that are meant, among those of the year."""
        wanted = self._wanted
        keys = chosen(used_classifications(wanted.unit, wanted.year), wanted.lines.covers)
        found = [among("classification_id", keys)]
        if wanted.low is not None:
            found.append(Clause("fen >= %s", (wanted.low,)))
        if wanted.high is not None:
            found.append(Clause("fen <= %s", (wanted.high,)))
        return found

    @property
    def _lines_by_sums(self) -> list[Clause]:
        """The lines with every column before the amount stated, so that the index of sums finds them."""
        wanted = self._wanted
        months = [wanted.month] if wanted.month else list(range(1, 13))
        own = Clause("entity_id = %s AND year = %s AND debit IN (TRUE, FALSE)", (wanted.unit.pk, wanted.year))
        return [own, among("month", months), *self._lines]
