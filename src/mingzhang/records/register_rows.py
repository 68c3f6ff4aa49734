"""Which rows of which register make a figure, and how: the definitions that counting and tracing share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model, Q, QuerySet, Sum
from django.db.models.aggregates import Aggregate

from mingzhang.records.models import (
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Reception,
    StaffChange,
    Vehicle,
)

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
    wanted: Callable[[int], Q]
    column: str = ""
    by: str = ""
    dimension: str = ""

    @property
    def in_fen(self) -> bool:
        """Whether the amounts are money."""
        return self.column.endswith("_fen")

    def amount(self, year: int) -> Aggregate:
        """What is added up over the year's rows."""
        return (
            Sum(self.column, filter=self.wanted(year))
            if self.column
            else Count("pk", filter=self.wanted(year))
        )

    def rows(self, year: int) -> QuerySet:
        """The rows of the year, of all entities."""
        return self.model._default_manager.filter(self.wanted(year))


def _in_use(year: int) -> Q:
    """On the books on 31 December."""
    last = date(year, 12, 31)
    return Q(acquired_on__lte=last) & (Q(disposed_on__isnull=True) | Q(disposed_on__gt=last))


def _until(*kinds: str) -> Callable[[int], Q]:
    return lambda year: Q(on__lte=date(year, 12, 31), kind__in=kinds)


def _during(field: str, **stated: object) -> Callable[[int], Q]:
    return lambda year: Q(**{f"{field}__year": year}, **stated)


def _standing(**stated: object) -> Callable[[int], Q]:
    return lambda year: _in_use(year) & Q(**stated)


def _contracts(concept: str, column: str, by_kind: bool = True, **stated: object) -> RegisterFigure:
    dimension = ("kind", "procurement") if by_kind else ("", "")
    return RegisterFigure(concept, ProcurementContract, _during("signed_on", **stated), column, *dimension)


REGISTER_FIGURES = (
    RegisterFigure("staff_in_post", StaffChange, _until(*StaffChange.IN_POST), "change", "kind", "staff"),
    RegisterFigure(
        "retired_staff", StaffChange, _until(*StaffChange.RETIRED), "change", "kind", "retirement"
    ),
    RegisterFigure(
        "staff_recruited", StaffChange, _during("on", reason="recruited", kind="administrative"), "change"
    ),
    RegisterFigure("vehicles", Vehicle, _in_use, "", "kind", "vehicle_kind"),
    RegisterFigure("official_vehicles_kept", Vehicle, _standing(fiscal_funded=True)),
    RegisterFigure(
        "official_vehicles_purchased", Vehicle, _during("acquired_on", fiscal_funded=True, cost_fen__gt=0)
    ),
    RegisterFigure(
        "general_equipment_50",
        Equipment,
        _standing(category="general", unit_price_fen__gte=_LARGE_GENERAL),
        "count",
    ),
    RegisterFigure(
        "special_equipment_100",
        Equipment,
        _standing(category="special", unit_price_fen__gte=_LARGE_SPECIAL),
        "count",
    ),
    RegisterFigure("equipment_100", Equipment, _standing(unit_price_fen__gte=_LARGE_SPECIAL), "count"),
    _contracts("procurement_spending", "spending_fen"),
    _contracts("sme_contract_amount", "amount_fen", supplier_size__in=_SME),
    _contracts("small_micro_contract_amount", "amount_fen", supplier_size__in=_SMALL),
    _contracts("reserved_sme_budget", "reserved_budget_fen", False, reserved_for__in=_RESERVED),
    _contracts("reserved_small_micro_budget", "reserved_budget_fen", False, reserved_for="small_micro"),
    _contracts("reserved_sme_won", "amount_fen", False, reserved_for__in=_RESERVED, supplier_size__in=_SME),
    _contracts(
        "reserved_small_micro_won", "amount_fen", False, reserved_for="small_micro", supplier_size__in=_SMALL
    ),
    _contracts("other_sme_won", "amount_fen", False, reserved_for="", supplier_size__in=_SME),
    RegisterFigure("official_reception_batches", Reception, _during("on", foreign=False)),
    RegisterFigure("official_reception_guests", Reception, _during("on", foreign=False), "guests"),
    RegisterFigure("foreign_reception_batches", Reception, _during("on", foreign=True)),
    RegisterFigure("foreign_reception_guests", Reception, _during("on", foreign=True), "guests"),
    RegisterFigure("overseas_travel_groups", OverseasTrip, _during("on")),
    RegisterFigure("overseas_travel_persons", OverseasTrip, _during("on"), "persons"),
)
"""Every figure that a register yields."""
