"""Counts that the year's key work states (重点工作所载业务量): words and the number that follows them, with the row that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.numbers.units import UNITS
from mingzhang.records.casework.facts import slots_filled
from mingzhang.records.models import Entity, Text, WorkPart

_KEY_WORK = "key_work"
_UNITS = "|".join(re.escape(name) for name in sorted(UNITS, key=len, reverse=True) if name)
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<about>余|多)?(?P<unit>{_UNITS})?"


@dataclass(frozen=True, slots=True)
class Stated:
    """A count in base units, the words that state it, the rows they stand in."""

    value: Fraction
    quote: str
    rows: tuple[str, ...]


def stated_in_key_work(words: str, entity: Entity, year: int) -> Stated | None:
    """What the key work of an entity says after these words; where it is silent, its units' together.

    None where nobody says it, where one text says it twice differently, or only roughly (“余”): nothing is guessed.

    >>> [found["number"] for found in _after("受理法律援助", "以承诺制受理法律援助180件，受理法律援助申请")]
    ['180']
    """
    own = _said(words, entity, year)
    if own or entity.keeps_books:
        return _one(own)
    found = [stated for unit in entity.units() if (stated := _one(_said(words, unit, year)))]
    if len(found) < 2:
        return found[0] if found else None
    if any("%" in stated.quote for stated in found):
        return None
    return Stated(
        sum((stated.value for stated in found), Fraction(0)),
        "、".join(stated.quote for stated in found),
        tuple(row for stated in found for row in stated.rows),
    )


def _one(found: list[Stated]) -> Stated | None:
    """The one thing said; None where it is said twice differently."""
    return found[0] if len({stated.value for stated in found}) == 1 else None


def _said(words: str, entity: Entity, year: int) -> list[Stated]:
    return [
        Stated(Fraction(found["number"].replace(",", "")) * _scale(found["unit"]), found[0], (row,))
        for row, body in _texts(entity, year)
        for found in _after(words, body)
        if not found["about"]
    ]


def _texts(entity: Entity, year: int) -> Iterator[tuple[str, str]]:
    """(row, text) of what was approved: the report's own text, else the approved parts."""
    text = Text.objects.filter(entity=entity, year=year, name=_KEY_WORK).first()
    if text is not None:
        yield f"Text:{text.pk}", slots_filled(text.body, year)
        return
    for part in WorkPart.objects.filter(entity=entity, year=year, state=WorkPart.State.APPROVED):
        yield f"WorkPart:{part.pk}", slots_filled(part.body, year)


def _after(words: str, body: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(words) + _NUMBER, body)


def _scale(unit: str | None) -> Fraction:
    return UNITS[unit].scale if unit else Fraction(1)
