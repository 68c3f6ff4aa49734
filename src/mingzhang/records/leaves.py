"""From any figure to the figures that records hold themselves (末级数): comparisons and totals of concepts opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingzhang.facts import Coordinate, Vocabulary
from mingzhang.facts.store import comparison_inputs
from mingzhang.records.definitions import LEDGER_CONCEPTS
from mingzhang.records.register_rows import REGISTER_FIGURES

Dimensions = tuple[tuple[str, str], ...]

SELF_EVALUATION = ("self_evaluated_projects", "self_evaluated_amount")
_HELD = {*LEDGER_CONCEPTS, *SELF_EVALUATION, *(figure.concept for figure in REGISTER_FIGURES)}


def leaves(coordinate: Coordinate, words: Vocabulary) -> Iterator[Coordinate]:
    """The coordinates of actuals and budgets that a figure is computed from, itself where it is one."""
    if coordinate.measure.of:
        for compared in comparison_inputs(coordinate):
            yield from leaves(compared, words)
        return
    yield coordinate
    if coordinate.concept not in _HELD and coordinate.concept in words.concepts:
        stated = {name for name, _ in coordinate.dimensions}
        for part in words.parts(coordinate.concept):
            if stated <= set(words.concepts[part].dimensions):
                below = Coordinate(
                    part, coordinate.dimensions, coordinate.entity, coordinate.period, coordinate.measure
                )
                yield from leaves(below, words)


def lies_under(stated: Dimensions, asked: Dimensions, words: Vocabulary) -> bool:
    """Whether what a record states lies under every code that a coordinate asks for."""
    codes: Mapping[str, str] = dict(stated)
    return all(name in codes and words.dimensions[name].covers(code, codes[name]) for name, code in asked)
