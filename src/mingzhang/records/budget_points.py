"""Budget lines as points: initial (年初预算) and adjusted (全年预算) by everything the line states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from mingzhang.catalogue.loading import vocabulary
from mingzhang.facts import Point, Vocabulary
from mingzhang.records.codes import is_fiscal
from mingzhang.records.models import BudgetLine, Entity
from mingzhang.records.secrecy import secret_projects, without_secrets

_NONFISCAL_FUNDS = ("", "nonfiscal", "nonfiscal_special", "other")


def concept_of(line: BudgetLine) -> str:
    """The concept a budget line belongs to, expenditure where it names none."""
    return line.concept or "expenditure"


def dimensions_of(line: BudgetLine, concept: str, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """What the line states of the dimensions that the concept has; three public items take their codes for granted."""
    fund = line.fund
    if fund and not is_fiscal(fund) and concept != "revenue":
        fund = "nonfiscal"
    elif fund in ("nonfiscal_special", "nonfiscal"):
        fund = "other"
    stated = {
        "economic": line.economic,
        "function": line.function,
        "fund": fund,
        "nature": line.nature,
        "project": line.project,
    }
    allowed = words.concepts[concept].dimensions
    return tuple((name, code) for name, code in stated.items() if code and name in allowed)


def wholes(concept: str, words: Vocabulary) -> Iterator[str]:
    """The concepts of which this one is a part, nearest first, total resources and uses aside."""
    above = words.concepts[concept].part_of
    while above is not None and above not in ("total_resources", "total_uses"):
        yield above
        above = words.concepts[above].part_of


def budget_points(
    units: Iterable[Entity], year: int, secret: Mapping[str, str] | None = None
) -> Iterator[tuple[str, list[Point]]]:
    """(measure, points) of both budgets of a year, none where there are no lines. `secret` are the secret projects.

    Where a line gives a whole without its parts (“三公”经费 in one sum), the whole is a figure of its own, with the
    parts that other lines give.
    """
    lines = list(BudgetLine.objects.filter(entity__in=list(units), year=year).select_related("entity"))
    if not lines:
        return
    words, secret = vocabulary(year), secret_projects() if secret is None else secret
    given = {concept_of(line) for line in lines}
    own_wholes = {concept for concept in given if words.parts(concept)}
    own_wholes |= {above for concept in own_wholes for above in wholes(concept, words)}
    for measure, stages in (("initial_budget", ("initial",)), ("adjusted_budget", ("initial", "adjustment"))):
        sums: dict[tuple[str, tuple[tuple[str, str], ...], str], list[int]] = defaultdict(lambda: [0, 0])
        for line in lines:
            if line.stage in stages:
                concept = concept_of(line)
                for each in (concept, *(above for above in wholes(concept, words) if above in own_wholes)):
                    stated = without_secrets(dimensions_of(line, each, words), secret)
                    slot = sums[each, stated, line.entity.code]
                    slot[0] += line.fen
                    slot[1] += 1
        yield (
            measure,
            [
                Point(concept, stated, entity, str(year), Fraction(fen, 100), measure, rows)
                for (concept, stated, entity), (fen, rows) in sums.items()
            ],
        )


def budget_concepts(points: Iterable[Point]) -> set[str]:
    """Concepts that a budget with these points covers, so that what it does not name is zero."""
    named = {point.concept for point in points}
    covered = {"expenditure"}
    three_public = {
        "overseas_travel_spending",
        "official_vehicle_purchase",
        "official_vehicle_running",
        "official_reception_spending",
    }
    if named & (three_public | {"three_public_spending", "official_vehicle_spending"}):
        covered |= three_public
    return covered | named
