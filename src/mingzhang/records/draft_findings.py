"""The audit of one's own draft, each finding with where it stands in the report (草稿核对)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from mingzhang.audit.accepted import Acceptance, accept
from mingzhang.audit.remark import Remark
from mingzhang.documents import Chart, Document, Heading, Paragraph, Table
from mingzhang.read.texts import plain
from mingzhang.records.acceptances import in_force
from mingzhang.records.live import Live
from mingzhang.records.models import AcceptedFinding, Entity


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding stands: what is printed there, under which heading, and the coordinate where it is a figure."""

    quote: str
    heading: str
    coordinate: str = ""


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """A remark on the draft; `figures` are the coordinates of its proof that the report prints.

    `accepting` is what accepting it would be bound to, its reason left to be written; `accepted` says who did, when
    and why.
    """

    remark: Remark
    figures: tuple[str, ...]
    spots: tuple[Spot, ...]
    accepting: Acceptance
    accepted: AcceptedFinding | None


@dataclass(frozen=True, slots=True)
class DraftAudit:
    """All findings, gravest first, and how many of the report's figures others bear out."""

    every: tuple[DraftFinding, ...]
    coverage: dict[str, int]

    @property
    def findings(self) -> list[DraftFinding]:
        """Those that nobody accepted."""
        return [each for each in self.every if each.accepted is None]

    @property
    def accepted(self) -> list[DraftFinding]:
        """Those that somebody accepted."""
        return [each for each in self.every if each.accepted is not None]

    def count(self, severity: str) -> int:
        """How many findings of that severity nobody accepted."""
        return sum(each.remark.severity == severity for each in self.findings)


def draft_audit(live: Live, entity: Entity, edition: str) -> DraftAudit:
    """Audit the report as it stands."""
    today = timezone.localdate()
    key = ("draft findings", entity.code, edition, today)
    coverage, placed = live.once(key, lambda: _placed(live, entity, edition, today))
    known = in_force(entity)
    return DraftAudit(
        tuple(DraftFinding(*each, known.get(each[-1].key)) for each in placed),
        coverage,
    )


_Placed = tuple[Remark, tuple[str, ...], tuple[Spot, ...], Acceptance]
"""A finding but for its acceptance."""


def _placed(
    live: Live, entity: Entity, edition: str, today: date
) -> tuple[dict[str, int], tuple[_Placed, ...]]:
    """How much of the report others bear out, and its findings with the places where they stand."""
    audit, document = live.draft_audit(entity, edition), live.composition(entity, edition).document
    texts, printed = list(_texts(document)), _printed(document)
    found = []
    for remark in audit.ordered:
        stated = (audit.shown[each].coordinate for each in remark.statements if each in audit.shown)
        own = (str(each).replace(f"@{each.entity}/", f"@{entity.code}/", 1) for each in stated)
        figures = tuple(coordinate for coordinate in dict.fromkeys(own) if coordinate in printed)
        quotes = dict.fromkeys(place.quote for place in remark.places if place.quote)
        spots = [printed[coordinate] for coordinate in figures] or [
            Spot(quote, _heading(quote, texts)) for quote in quotes
        ]
        found.append((remark, figures, tuple(spots), accept(audit, remark, "", today)))
    return audit.coverage, tuple(found)


def _printed(document: Document) -> dict[str, Spot]:
    """Where each figure is printed first."""
    heading, found = "", {}
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        for figure in replace(document, blocks=(block,)).figures():
            found.setdefault(figure.coordinate, Spot(figure.text, heading, figure.coordinate))
    return found


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """(heading, text made plain as readers of reports make it) of everything under each heading."""
    heading = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
            yield heading, plain(block.text)
        elif isinstance(block, Paragraph):
            yield heading, plain(block.text)
        elif isinstance(block, Table):
            rows = (*block.header, *block.body)
            yield heading, plain("\n".join(cell.text for row in rows for cell in row.cells))
            yield from ((heading, plain(note)) for note in block.notes)
        elif isinstance(block, Chart):
            yield heading, plain(block.caption)


def _heading(quote: str, texts: list[tuple[str, str]]) -> str:
    """The heading of the first text that has the quote; blank where none has."""
    wanted = plain(quote)
    return next((heading for heading, text in texts if wanted in text), "")
