"""Register and ledger as pages tell them (台账与账簿对照): projects by name, months, differences with what to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from mingzhang.casework.definitions import Line
from mingzhang.portal.environment import url
from mingzhang.portal.pages.casework.shown import address_of
from mingzhang.records.casework.lines import all_lines, kind_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.payment_differences import Difference, differences
from mingzhang.records.models import Entity, Project

_UNDECIDED = "（未定项目）"


@dataclass(frozen=True, slots=True)
class Row:
    """A month of a project, amounts in fen."""

    project: str
    month: date
    register_fen: int
    ledger_fen: int
    apart_fen: int


@dataclass(frozen=True, slots=True)
class Told:
    """A difference; the record and the voucher are linked for who may open them."""

    what: str
    remedy: str
    register_fen: int
    ledger_fen: int
    record: str
    record_address: str
    voucher: str
    voucher_address: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A line's year."""

    chinese: str
    register_fen: int
    ledger_fen: int
    rows: list[Row]
    told: list[Told]

    @property
    def apart(self) -> list[Row]:
        """The months that differ."""
        return [row for row in self.rows if row.apart_fen]


def paying_lines() -> list[Line]:
    """The lines with a step that asks for a payment."""
    return [line for line in all_lines().values() if pays(line)]


def pays(line: Line) -> bool:
    """Whether a line has a step that asks for a payment."""
    tables = (kind_of(f"{line.id}.{kind}").states for kind in line.kinds)
    return any(step.pays for table in tables if table for step in table.transitions)


def compared(
    line: Line,
    year: int,
    units: Collection[Entity] | None,
    seen: Mapping[int, Record],
    *,
    books: bool,
) -> Compared:
    """The line's year, in the books of these units where they are named.

    `seen` are the records that the person may open by their keys; `books` whether vouchers may be.
    """
    found = differences(line.id, year)
    projects = {each.code: each for each in Project.objects.all()}
    keys = None if units is None else {unit.pk for unit in units}
    codes = None if units is None else {"", *(unit.code for unit in units)}
    rows = [
        Row(
            projects[each.project].name if each.project in projects else each.project or _UNDECIDED,
            each.month,
            each.register_fen,
            each.ledger_fen,
            each.apart_fen,
        )
        for each in found.months
        if codes is None or each.unit in codes
    ]
    told = [_told(each, seen, books=books) for each in found.differences if _is_of(each, keys)]
    return Compared(
        line.chinese, sum(row.register_fen for row in rows), sum(row.ledger_fen for row in rows), rows, told
    )


def _told(each: Difference, seen: Mapping[int, Record], *, books: bool) -> Told:
    record, voucher = each.record, each.voucher
    return Told(
        what=each.what,
        remedy=each.remedy,
        register_fen=each.register_fen,
        ledger_fen=each.ledger_fen,
        record=(record.number or record.key[:8]) if record else "",
        record_address=address_of(record) if record and record.pk in seen else "",
        voucher=voucher.number if voucher else "",
        voucher_address=url("voucher", entity=voucher.entity.code, year=voucher.year, number=voucher.number)
        if voucher and books
        else "",
    )


def _is_of(each: Difference, units: Collection[int] | None) -> bool:
    """Whether a difference is of one of the units: of its voucher, or of the request that waits; nobody's where none is decided."""
    unit = each.voucher.entity_id if each.voucher else each.unit
    return units is None or unit is None or unit in units
