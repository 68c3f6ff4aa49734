"""The accountant's desk: turns events of a unit and a year into voucher drafts, each with its key and its people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.events import voucher_from_event
from mingzhang.sample.planned import Use, settings


@dataclass(slots=True)
class Unit:
    """A budget unit as its vouchers need it."""

    code: str
    kind: str


def unit_named(name: str) -> Unit:
    """The unit of the plan (`bureau`, `centre`)."""
    found = settings()["units"][name]
    return Unit(found["code"], found["kind"])


@dataclass
class Desk:
    """Vouchers of one unit and year in the making. Keys number the events, so the same plan makes the same keys."""

    name: str
    year: int
    drafts: list[VoucherDraft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.unit = unit_named(self.name)

    def random(self, topic: object) -> Random:
        """A source of variation that depends on nothing but the plan's seed, the unit, the year and the topic."""
        return Random(f"{settings()['seed']} {self.name} {self.year} {topic}")

    def voucher(
        self, template: str, on: date, amounts: dict[str, int] | int, summary: str, **details: Any
    ) -> VoucherDraft:
        """The voucher of one event, not yet on the pile."""
        return voucher_from_event(template, self.unit, on, amounts, summary=summary, **details)

    def book(
        self, template: str, on: date, amounts: dict[str, int] | int, summary: str, **details: Any
    ) -> None:
        """Put the voucher of one event on the pile."""
        self.put(self.voucher(template, on, amounts, summary, **details))

    def pay(self, use: Use, template: str, on: date, fen: int, summary: str, **details: Any) -> None:
        """Book a payment for a use of the plan."""
        self.book(template, on, fen, summary, **{**attributes(use), **details})

    def put(self, draft: VoucherDraft, key: str = "") -> None:
        """Put a voucher on the pile, with its key and the people who made, checked and approved it."""
        people = settings()["units"][self.name]
        self.drafts.append(
            replace(
                draft,
                event_key=key or f"sample-{self.year}-{self.name}-{len(self.drafts):05d}",
                prepared_by=people["prepared_by"],
                reviewed_by=people["reviewed_by"],
                approved_by=people["approved_by"],
            )
        )


def attributes(use: Use) -> dict[str, str]:
    """What the vouchers of a use carry."""
    return {
        "function": use.function,
        "economic": use.economic,
        "nature": use.nature,
        "project": use.project,
        "fund": use.fund,
        "detail": use.detail,
    }


def merged(drafts: Iterable[VoucherDraft], summary: str) -> VoucherDraft:
    """One voucher with the entries of several events of a day."""
    drafts = list(drafts)
    return replace(
        drafts[0],
        summary=summary,
        financial=tuple(entry for draft in drafts for entry in draft.financial),
        budgetary=tuple(entry for draft in drafts for entry in draft.budgetary),
    )
