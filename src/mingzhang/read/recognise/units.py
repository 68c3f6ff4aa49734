"""How the money of each table counts: as its unit line says, else as its figures agree with those of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from mingzhang.numbers import TEN_THOUSAND_YUAN, YUAN, Unit, printed
from mingzhang.read.recognise.captions import unit_in
from mingzhang.read.recognise.gather import Found

_SHARED = 2
"""So many figures must agree before a unit is taken from them."""


def units_of(found: Sequence[Found]) -> list[Unit]:
    """The unit of each table, in order."""
    stated = [_stated(table) for table in found]
    amounts = [_amounts(table) for table in found]
    known = {
        value * Decimal(int(unit.scale))
        for unit, own in zip(stated, amounts, strict=True)
        if unit is not None
        for value in own
    }
    usual = Counter(unit.chinese for unit in stated if unit is not None).most_common(1)
    fallback = (
        next((unit for unit in stated if unit and unit.chinese == usual[0][0]), None) if usual else None
    )
    return [
        unit or _agreeing(own, known) or fallback or _by_size(own)
        for unit, own in zip(stated, amounts, strict=True)
    ]


def _stated(table: Found) -> Unit | None:
    if table.caption.unit is not None:
        return table.caption.unit
    return unit_in([table.caption.title, *table.texts])


def _amounts(table: Found) -> list[Decimal]:
    return [
        printed(spot.figure).value
        for row in table.grid.anchored
        for spot in row
        if spot.figure is not None and "." in spot.text and not spot.text.endswith("%")
    ]


def _agreeing(amounts: Sequence[Decimal], known: set[Decimal]) -> Unit | None:
    own = {value for value in amounts if value}
    shared = {
        unit: len({value * int(unit.scale) for value in own} & known) for unit in (TEN_THOUSAND_YUAN, YUAN)
    }
    unit = max(shared, key=lambda each: shared[each])
    return unit if shared[unit] >= _SHARED and len(set(shared.values())) > 1 else None


def _by_size(amounts: Sequence[Decimal]) -> Unit:
    """万元, unless the figures are such that a department of the usual size can only have meant yuan."""
    return YUAN if amounts and sorted(amounts)[len(amounts) // 2] >= 100_000 else TEN_THOUSAND_YUAN
