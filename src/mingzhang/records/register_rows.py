"""Which rows of which register make a figure, and how: the definitions that counting and tracing share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from mingzhang.records.models import (
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Reception,
    StaffChange,
    Vehicle,
)

Row = Equipment | OverseasTrip | ProcurementContract | Reception | StaffChange | Vehicle
Wanted = Callable[[Row, int], bool]

_LARGE_GENERAL, _LARGE_SPECIAL = 50_000_000, 100_000_000  # fen: 500,000 and 1,000,000 yuan
_SME = ("medium", "small", "micro")
_SMALL = ("small", "micro")
_RESERVED = ("sme", "small_micro")


@dataclass(frozen=True)
class RegisterFigure:
    """A figure of a register: the rows a year takes, what of them is added, and the dimension it is given by.

    `by` is the column that holds the codes of `dimension`; `column` what is added, blank to count rows.
    """

    concept: str
    model: type[Model]
    wanted: Wanted
    column: str = ""
    by: str = ""
    dimension: str = ""

    @property
    def in_fen(self) -> bool:
        """Whether the amounts are money."""
        return self.column.endswith("_fen")

    def amount(self, row: Row) -> int:
        """What a row adds."""
        return getattr(row, self.column) if self.column else 1

    def stated(self, row: Row) -> tuple[tuple[str, str], ...]:
        """The code of the row in the figure's dimension."""
        return ((self.dimension, getattr(row, self.by)),) if self.dimension else ()


def _in_use(row: Row, year: int) -> bool:
    """On the books on 31 December."""
    last = date(year, 12, 31)
    return row.acquired_on <= last and (row.disposed_on is None or row.disposed_on > last)


def _staff(*kinds: str) -> Wanted:
    return lambda row, year: row.kind in kinds and row.on.year <= year


def _equipment(price: int, *categories: str) -> Wanted:
    return lambda row, year: _in_use(row, year) and row.unit_price_fen >= price and row.category in categories


def _received(foreign: bool) -> Wanted:
    return lambda row, year: row.on.year == year and row.foreign == foreign


def _travelled(row: Row, year: int) -> bool:
    return row.on.year == year


def _recruited(row: Row, year: int) -> bool:
    return row.on.year == year and row.reason == "recruited" and row.kind == "administrative"


def _bought(row: Row, year: int) -> bool:
    return row.acquired_on.year == year and row.fiscal_funded and row.cost_fen > 0


def _signed(
    sizes: tuple[str, ...] = ProcurementContract.Size.values,
    reserved: tuple[str, ...] = ProcurementContract.Reserved.values,
) -> Wanted:
    return lambda row, year: (
        row.signed_on.year == year and row.supplier_size in sizes and row.reserved_for in reserved
    )


def _contracts(
    concept: str, column: str, wanted: Wanted, by: str = "", dimension: str = ""
) -> RegisterFigure:
    return RegisterFigure(concept, ProcurementContract, wanted, column, by, dimension)


_BY_KIND = ("kind", "procurement")

REGISTER_FIGURES = (
    RegisterFigure("staff_in_post", StaffChange, _staff(*StaffChange.IN_POST), "change", "kind", "staff"),
    RegisterFigure(
        "retired_staff", StaffChange, _staff(*StaffChange.RETIRED), "change", "kind", "retirement"
    ),
    RegisterFigure("staff_recruited", StaffChange, _recruited, "change"),
    RegisterFigure("vehicles", Vehicle, _in_use, "", "kind", "vehicle_kind"),
    RegisterFigure(
        "official_vehicles_kept", Vehicle, lambda row, year: row.fiscal_funded and _in_use(row, year)
    ),
    RegisterFigure("official_vehicles_purchased", Vehicle, _bought),
    RegisterFigure("general_equipment_50", Equipment, _equipment(_LARGE_GENERAL, "general"), "count"),
    RegisterFigure("special_equipment_100", Equipment, _equipment(_LARGE_SPECIAL, "special"), "count"),
    RegisterFigure("equipment_100", Equipment, _equipment(_LARGE_SPECIAL, "general", "special"), "count"),
    _contracts("procurement_spending", "spending_fen", _signed(), *_BY_KIND),
    _contracts("sme_contract_amount", "amount_fen", _signed(_SME), *_BY_KIND),
    _contracts("small_micro_contract_amount", "amount_fen", _signed(_SMALL), *_BY_KIND),
    _contracts("reserved_sme_budget", "reserved_budget_fen", _signed(reserved=_RESERVED)),
    _contracts("reserved_small_micro_budget", "reserved_budget_fen", _signed(reserved=("small_micro",))),
    _contracts("reserved_sme_won", "amount_fen", _signed(_SME, _RESERVED)),
    _contracts("reserved_small_micro_won", "amount_fen", _signed(_SMALL, ("small_micro",))),
    _contracts("other_sme_won", "amount_fen", _signed(_SME, ("",))),
    RegisterFigure("official_reception_batches", Reception, _received(foreign=False)),
    RegisterFigure("official_reception_guests", Reception, _received(foreign=False), "guests"),
    RegisterFigure("foreign_reception_batches", Reception, _received(foreign=True)),
    RegisterFigure("foreign_reception_guests", Reception, _received(foreign=True), "guests"),
    RegisterFigure("overseas_travel_groups", OverseasTrip, _travelled),
    RegisterFigure("overseas_travel_persons", OverseasTrip, _travelled, "persons"),
)
"""Every figure that a register yields."""
