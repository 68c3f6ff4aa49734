"""One voucher (记账凭证): its lines, its people, what it moved, what happened to it; and its printed form."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse

from mingzhang.numbers.chinese import formal_amount
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.proposals.content import Line, line_of
from mingzhang.portal.pages.vouchers.starting import posted
from mingzhang.portal.showing import show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.adjusting import entry_of
from mingzhang.records.effects import effects
from mingzhang.records.models import BUDGETARY, FINANCIAL, Proposal, TrailEntry, Voucher, VoucherLine
from mingzhang.records.policy import Action

_MOST_PRINTED = 100
_NAMES = ((FINANCIAL, "财务会计"), (BUDGETARY, "预算会计"))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its codes named, and its account's code for the way to the ledger."""

    account: str
    named: Line
    summary: str
    contract: str


@dataclass(frozen=True, slots=True)
class ShownSystem:
    """The lines of one system with their sums, in figures and in capital characters."""

    name: str
    lines: list[ShownLine]
    debit: int
    credit: int

    @property
    def in_words(self) -> str:
        """The sum in capital characters (大写金额)."""
        return formal_amount(self.debit)


@page(Action.VIEW_BOOKS)
@of_a_unit
def one(here: Here, number: str) -> HttpResponse:
    """One voucher."""
    voucher = posted(here, number)
    proposal = _proposal(voucher)
    return show(
        here,
        "vouchers/one.html",
        voucher=voucher,
        systems=_systems(voucher, list(voucher.lines.order_by("sequence"))),
        effects=effects(voucher, here.access.organisation),
        proposal=proposal,
        history=_history(voucher, proposal),
        previous=_neighbour(voucher, "-number_order", number_order__lt=voucher.number_order),
        following=_neighbour(voucher, "number_order", number_order__gt=voucher.number_order),
    )


@page(Action.VIEW_BOOKS)
@of_a_unit
def printed(here: Here) -> HttpResponse:
    """The printed form of the vouchers whose numbers the address states, two to a page."""
    numbers = list(dict.fromkeys(here.request.GET.getlist("number")))[:_MOST_PRINTED]
    found = Voucher.objects.filter(entity=here.entity, year=here.year, number__in=numbers)
    by_number = {voucher.number: voucher for voucher in found}
    vouchers = [by_number[number] for number in numbers if number in by_number]
    lines: dict[int, list[VoucherLine]] = {voucher.pk: [] for voucher in vouchers}
    for line in VoucherLine.objects.filter(voucher__in=list(lines)).order_by("voucher", "sequence"):
        lines[line.voucher_id].append(line)
    sheets = [(voucher, _systems(voucher, lines[voucher.pk])) for voucher in vouchers]
    return show(here, "vouchers/print.html", sheets=sheets)


def _systems(voucher: Voucher, lines: list[VoucherLine]) -> list[ShownSystem]:
    return [
        ShownSystem(
            name,
            [
                ShownLine(
                    line.account,
                    line_of(entry_of(line), voucher.year),
                    line.summary or voucher.summary,
                    line.contract,
                )
                for line in of_system
            ],
            sum(line.fen for line in of_system if line.debit),
            sum(line.fen for line in of_system if not line.debit),
        )
        for system, name in _NAMES
        if (of_system := [line for line in lines if line.system == system])
    ]


def _proposal(voucher: Voucher) -> Proposal | None:
    """The proposal that the voucher was posted from, None where it was imported or made by the close."""
    key = (voucher.event_key or "").removeprefix("proposal-")
    if key == voucher.event_key:
        return None
    return Proposal.objects.filter(key=key, entity=voucher.entity).first()


def _history(voucher: Voucher, proposal: Proposal | None) -> list[TrailEntry]:
    meant = Q(key=f"Voucher:{voucher.pk}") | Q(pk=voucher.posting_id)
    if proposal is not None:
        meant |= Q(key=f"Proposal:{proposal.pk}")
    return list(TrailEntry.objects.filter(meant).order_by("id"))


def _neighbour(voucher: Voucher, order: str, **beyond: str) -> str | None:
    found = Voucher.objects.filter(entity=voucher.entity_id, year=voucher.year, **beyond).order_by(order)
    return found.values_list("number", flat=True).first()
