"""Figures in a text of the year's work: those bound to a record by a slot, and those typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.compose import Printer
from mingzhang.compose.phrases import TemplateError
from mingzhang.compose.template import Writer
from mingzhang.documents import Span
from mingzhang.facts import CoordinateError, FactStore
from mingzhang.forms.edition import NumberStyle
from mingzhang.numbers.units import UNITS

_SLOT = re.compile(r"\{[^{}]+\}")
_UNITS = "|".join(re.escape(name) for name in sorted(UNITS, key=len, reverse=True) if name)
_NUMBER = re.compile(
    r"(?<![\dA-Za-z.〔\[])\d+(?:,\d{3})*(?:\.\d+)?(?:余|多)?(?:万|亿)?(?:余|多)?"
    rf"(?P<unit>{_UNITS}|[一-鿿]?)"
)
_NOT_COUNTED = re.compile(r"^(?:年|月|日|号|时|届|至)")
_ENUMERATION = re.compile(r"^\s*(?:[#|]|\d+[.．、)）])")


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number typed by hand: its line and place in the text, and itself with its unit."""

    start: int
    end: int
    text: str


def unbound_numbers(body: str) -> list[Unbound]:
    """Numbers of a text that no slot gives; days, years, document numbers and list numbers are none.

    >>> [number.text for number in unbound_numbers("2021年办结112件，在职{staff_in_post:人}，其中1至11月30.7万份。")]
    ['112件', '30.7万份']
    """
    return list(_unbound(body))


def _unbound(body: str) -> Iterator[Unbound]:
    slots = [slot.span() for slot in _SLOT.finditer(body)]
    offset = 0
    for line in body.splitlines(keepends=True):
        skip = _ENUMERATION.match(line)
        begin = skip.end() if skip else 0
        for number in _NUMBER.finditer(line, begin):
            start, end = offset + number.start(), offset + number.end()
            within = any(left <= start < right for left, right in slots)
            if not within and not _NOT_COUNTED.match(number["unit"]):
                yield Unbound(start, end, number[0])
        offset += len(line)


def slots_of(body: str) -> list[str]:
    """The slots of a text, each once, in order."""
    return list(dict.fromkeys(_SLOT.findall(body)))


class Figures:
    """Prints slots for an entity and year, as the report will."""

    def __init__(self, store: FactStore, style: NumberStyle, entity: str, year: int) -> None:
        self._store = store
        self._writer = Writer(
            Printer(store, style),
            entity,
            year,
            {"year": str(year), "last_year": str(year - 1), "next_year": str(year + 1)},
        )

    def spans(self, text: str) -> tuple[Span, ...]:
        """A text with its slots filled in; a slot that cannot be understood is a missing span."""
        return self._writer.render_user(text)

    def printed(self, body: str) -> dict[str, str]:
        """Each slot with what it prints now."""
        return {slot: "".join(span.text for span in self.spans(slot)) for slot in slots_of(body)}

    def moved(self, figures: dict[str, str], body: str) -> list[tuple[str, str, str]]:
        """(slot, printed at approval, printed now) of every figure that is no longer what was approved."""
        now = self.printed(body)
        return [
            (slot, before, now.get(slot, ""))
            for slot, before in figures.items()
            if now.get(slot, "") != before
        ]

    def offered(self, words: str, limit: int = 30) -> list[tuple[str, str, str]]:
        """(slot, Chinese name, printed) of figures whose name has these words; only those that the records know."""
        found = []
        for concept in self._store.vocabulary.concepts.values():
            if words and words not in concept.chinese:
                continue
            unit = "万元" if concept.unit.kind == "money" else concept.unit.chinese or "%"
            slot = f"{{{concept.name}:{unit}}}"
            try:
                spans = self._writer.render(slot)
            except (TemplateError, CoordinateError):
                continue
            if not any(span.missing for span in spans):
                found.append((slot, concept.chinese, "".join(span.text for span in spans)))
            if len(found) >= limit:
                break
        return found
