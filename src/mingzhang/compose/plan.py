"""A form laid out for the rows it has (表样): everything of a table that no figure changes, made once and filled many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingzhang.compose.layouts import LAYOUTS, Draft, Slot, codes_of
from mingzhang.compose.sums import Additions, additions
from mingzhang.documents import TableCell, TableRow
from mingzhang.facts import Coordinate, FactStore, Vocabulary
from mingzhang.forms import Form
from mingzhang.remembering import Remembered

_KEPT = 256
"""Plans kept with a vocabulary: the forms of a few editions with the rows of its units."""
_ENTITIES_KEPT = 32


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A body row: its cells, blank where a figure stands, and the places of those in the row with their slots."""

    cells: tuple[TableCell, ...]
    slots: tuple[tuple[int, int], ...]
    kind: str


class Plan:
    """A form with its rows: header, body with slots, widths, and which slots may add up to which."""

    def __init__(self, form: Form, vocabulary: Vocabulary, codes: Sequence[str]) -> None:
        self.form = form  # held, so that its identity names it as long as the plan is kept
        self.vocabulary = vocabulary
        draft = Draft(vocabulary, codes)
        self.widths = tuple(LAYOUTS[form.layout](form, draft))
        self.header = tuple(draft.header)
        slots: list[Slot] = []
        rows = []
        for cells, kind in draft.body:
            places = [(place, cell) for place, cell in enumerate(cells) if isinstance(cell, Slot)]
            numbered = tuple((place, len(slots) + number) for number, (place, _) in enumerate(places))
            slots.extend(slot for _, slot in places)
            blank = tuple(TableCell() if isinstance(cell, Slot) else cell for cell in cells)
            rows.append(PlannedRow(blank, numbered, kind))
        self.body = tuple(rows)
        self.slots = tuple(slots)
        self.coordinates = lru_cache(_ENTITIES_KEPT)(self._coordinates)
        self.additions = lru_cache(4)(self._additions)

    def rows(self, filled: Sequence[TableCell]) -> tuple[TableRow, ...]:
        """The body with the cells of the slots, in the order of the slots."""
        rows = []
        for row in self.body:
            cells = list(row.cells)
            for place, number in row.slots:
                cells[place] = filled[number]
            rows.append(TableRow(tuple(cells), row.kind))
        return tuple(rows)

    def _coordinates(self, entity: str, period: str) -> tuple[Coordinate, ...]:
        """The coordinates of the slots for an entity and a period."""
        return tuple(slot.cell.at(entity, period) for slot in self.slots)

    def _additions(self, known: tuple[int, ...]) -> Additions:
        """Which of the slots whose figures are known may add up to which."""
        return additions({number: self.slots[number] for number in known}, self.vocabulary)


def plan_of(form: Form, store: FactStore, entity: str, period: str) -> Plan:
    """The plan of a form with the rows that an entity's figures of a period need."""
    codes = codes_of(form, store, entity, period) if form.layout == "functional" else ()
    words = store.vocabulary
    plans: Remembered[tuple[int, tuple[str, ...]], Plan] = words.worked_out.setdefault(
        "plans", Remembered(_KEPT)
    )
    return plans.get((id(form), codes), lambda: Plan(form, words, codes))
