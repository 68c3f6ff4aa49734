"""The ledger's side of tracing: which lines belong to a figure, and which figures a line belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q

from mingzhang.facts import Coordinate, Vocabulary
from mingzhang.records.definitions import (
    OPERATING_RESULT,
    RESULTS,
    Classified,
    Dimensions,
    Share,
    results_behind,
    shares,
)
from mingzhang.records.leaves import lies_under
from mingzhang.records.models import ELIMINATIONS, Classification, Entity, Voucher, VoucherLine
from mingzhang.records.organisation import Organisation
from mingzhang.records.secrecy import secret_projects, without_secrets
from mingzhang.records.sums import BUDGET_BALANCES, CLOSING, REVENUE_AND_EXPENDITURE, ledger_sums

YIELDING = BUDGET_BALANCES | REVENUE_AND_EXPENDITURE | CLOSING
"""Classifications that bear on a figure."""
Worth = dict[int, dict[bool, int]]
"""By classification: how often a debit (True) and a credit (False) line count."""
_RESULTS = {
    "surplus_distribution": RESULTS,
    "use_of_nonfiscal_surplus": RESULTS,
    "closing_balance": (OPERATING_RESULT,),
}
"""Figures that are reckoned from results of a whole year, with what they are reckoned from."""


class LedgerLine(NamedTuple):
    """What one line adds to one figure: fen at an entity (a unit, or its department's eliminations).

    `via` is the concept itself, or the result through which the line bears on it.
    """

    concept: str
    dimensions: Dimensions
    entity: str
    year: int
    fen: int
    via: str
    line: VoucherLine


class LedgerTrace:
    """Traces over one organisation and one vocabulary."""

    def __init__(self, organisation: Organisation, words: Vocabulary) -> None:
        self.units = {unit.pk: unit for unit in organisation.entities if unit.keeps_books}
        self.departments = organisation.departments
        self.words = words
        self.secret = secret_projects()

    def _shares(self, line: Classified, unit: Entity) -> Iterator[Share]:
        """The figures a line adds to, secret projects unnamed."""
        for share in shares(line, unit.kind, self.departments, unit.code):
            yield share._replace(dimensions=without_secrets(share.dimensions, self.secret))

    def lines_of_voucher(self, voucher: Voucher) -> Iterator[LedgerLine]:
        """What the lines of a voucher add to any figure; of results, to every figure reckoned from them."""
        unit = self.units[voucher.entity_id]
        for line in voucher.lines.select_related("voucher"):
            for share in self._shares(line, unit):
                if fen := _fen(line, share):
                    entity, year = self._place(share, unit), line.year
                    if share.concept not in RESULTS:
                        yield LedgerLine(
                            share.concept, share.dimensions, entity, year, fen, share.concept, line
                        )
                    for concept, results in _RESULTS.items():
                        if share.concept in results:
                            stated = (("fund", "nonfiscal"),) if concept == "closing_balance" else ()
                            yield LedgerLine(concept, stated, entity, year, fen, share.concept, line)

    def lines_of(self, leaf: Coordinate) -> Iterator[LedgerLine]:
        """The lines whose amounts add up to a figure that the ledger holds."""
        stated = list(Classification.objects.filter(YIELDING))
        for unit in self.units.values():
            if worth := self.worth_of(leaf, unit, stated):
                yield from self._lines(leaf, unit, int(leaf.period[:4]), worth)

    def worth_of(self, leaf: Coordinate, unit: Entity, stated: Iterable[Classification]) -> Worth:
        """How often a unit's lines count for a figure, by classification and side; those that do not are left out."""
        stated = list(stated)
        results = self._results(leaf.concept, unit, int(leaf.period[:4]), stated)
        found = {each.pk: self._signs(each, unit, leaf, results) for each in stated}
        return {key: signs for key, signs in found.items() if any(signs.values())}

    def _lines(self, leaf: Coordinate, unit: Entity, year: int, worth: Worth) -> Iterator[LedgerLine]:
        lines = VoucherLine.objects.filter(entity=unit, year=year, classification_id__in=list(worth))
        for line in lines.select_related("voucher", "classification"):
            sign = worth[line.classification_id][line.debit]
            if sign:
                fen = sign * (line.fen if line.debit else -line.fen)
                stated = without_secrets(_stated_project(line), self.secret)
                yield LedgerLine(leaf.concept, stated, unit.code, year, fen, leaf.concept, line)

    def _signs(
        self, classification: Classification, unit: Entity, leaf: Coordinate, results: dict[str, int]
    ) -> dict[bool, int]:
        """How often a debit and a credit line under a classification count for the figure, by side."""
        signs = {True: 0, False: 0}
        for share in self._shares(classification, unit):
            concept, sign, stated = share.concept, share.sign, share.dimensions
            if concept in results:
                concept, sign = leaf.concept, share.sign * results[concept]
                stated = (("fund", "nonfiscal"),)
            if concept != leaf.concept or not self.words.entities.covers(
                leaf.entity, self._place(share, unit)
            ):
                continue
            if lies_under(stated, leaf.dimensions, self.words):
                signs[False] += sign
                signs[True] += 0 if share.credits_only else sign
        return signs

    def _results(
        self, concept: str, unit: Entity, year: int, stated: Iterable[Classification]
    ) -> dict[str, int]:
        """With which sign each result of an institution's year counts for a figure; those that do not are left out."""
        if concept not in _RESULTS:
            return {}
        sums = dict.fromkeys(RESULTS, 0)
        bearing = [
            each.pk
            for each in stated
            if any(share.concept in sums for share in shares(each, unit.kind, self.departments, unit.code))
        ]
        for row in ledger_sums([unit], [year], Q(pk__in=bearing)) if bearing else ():
            for share in shares(row.stated, unit.kind, self.departments, unit.code):
                if share.concept in sums:
                    sums[share.concept] += share.sign * row.fen
        return results_behind(concept, *sums.values())

    def _place(self, share: Share, unit: Entity) -> str:
        return f"{self.departments[unit.code]}-{ELIMINATIONS}" if share.eliminates else unit.code


def _fen(line: VoucherLine, share: Share) -> int:
    if share.credits_only and line.debit:
        return 0
    return share.sign * (line.fen if line.debit else -line.fen)


def _stated_project(line: VoucherLine) -> Dimensions:
    return (("project", line.project),) if line.project else ()
