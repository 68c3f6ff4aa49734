"""The vouchers of a file in columns: heads, and the entries of each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.imports.entry_checks import Line
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.rows import Table
from mingzhang.records.imports.voucher_heads import Head, Key


@dataclass(slots=True)
class Entries:
    """The entries of one table in columns: voucher (None where unreadable), line, side and amount of every row.

    `numbers` are the lines by their place among those that are `distinct`.
    """

    table: Table
    heads: list[Head | None]
    lines: list[Line]
    numbers: list[int]
    distinct: list[Line]
    debits: list[bool]
    fen: list[int]
    summaries: list[str]

    def line_numbers(self, head: Head) -> tuple[int, ...]:
        """The lines of a voucher by their numbers."""
        if len(head.runs) == 1:
            first, last = head.runs[0]
            return tuple(self.numbers[first:last])
        return tuple(line for first, last in head.runs for line in self.numbers[first:last])

    def problem(self, row: int, name: str, bad: CellError, severity: str = "error") -> RowProblem:
        """A problem in a row's field, with what the file says there."""
        column = self.table.column(name)
        return self.table.problem(row, bad, name, column[row] if column else "", severity)


@dataclass(slots=True)
class Vouchers:
    """All vouchers of the file and the entries they are made of."""

    heads: dict[Key, Head] = field(default_factory=dict)
    parts: dict[int, Entries] = field(default_factory=dict)

    def rows(self, head: Head) -> Iterator[int]:
        """The rows of a voucher, in order."""
        for first, last in head.runs:
            yield from range(first, last)

    def entries(self, head: Head, rows: Iterable[int] | None = None) -> Iterator[tuple[bool, Entry, str]]:
        """(is budgetary, entry, summary) of a voucher's rows."""
        part = self.parts[id(head.table)]
        for row in self.rows(head) if rows is None else rows:
            line = part.lines[row]
            side = "D" if part.debits[row] else "C"
            yield line.budgetary, replace(line.entry, side=side, fen=part.fen[row]), part.summaries[row]

    def draft(self, head: Head, rows: Iterable[int] | None = None) -> VoucherDraft:
        """The voucher as the ledger's own checks take it."""
        found = list(self.entries(head, rows))
        return VoucherDraft(
            head.entity, head.day, head.summary,
            tuple(entry for budgetary, entry, _ in found if not budgetary),
            tuple(entry for budgetary, entry, _ in found if budgetary),
            kind=head.kind, number=head.number, reason=head.reason,
        )  # fmt: skip
