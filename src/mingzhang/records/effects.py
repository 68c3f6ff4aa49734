"""What a voucher does to the final accounts (影响的决算数字): each figure that it has a part in, and by how much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mingzhang.facts import Coordinate
from mingzhang.records.ledger_trace import LedgerTrace
from mingzhang.records.models import Voucher
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import books_vocabulary


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure and the fen that the voucher adds to it; `stated` are (dimension, code, name) in Chinese.

    `through` names the result by which it counts, where the figure is reckoned from results of the whole year.
    """

    concept: str
    stated: tuple[tuple[str, str, str], ...]
    entity: str
    fen: int
    coordinate: str
    through: str = ""


def effects(voucher: Voucher, organisation: Organisation | None = None) -> list[Effect]:
    """Every figure of the year that the voucher moves, as the lowest figures that the books hold."""
    organisation = organisation or Organisation()
    words = books_vocabulary(organisation, None, [voucher.year])
    moved: dict[tuple[str, tuple[tuple[str, str], ...], str, str], int] = defaultdict(int)
    for line in LedgerTrace(organisation, words).lines_of_voucher(voucher):
        through = "" if line.via == line.concept else line.via
        moved[line.concept, line.dimensions, line.entity, through] += line.fen
    names = {entity.code: entity.name for entity in organisation.entities}
    found = []
    for (concept, dimensions, entity, through), fen in moved.items():
        if fen:
            stated = tuple(
                (words.dimensions[name].chinese, code, words.dimensions[name].names.get(code, code))
                for name, code in dimensions
            )
            at = Coordinate(concept, dimensions, entity, str(voucher.year))
            chinese = words.concepts[concept].chinese
            found.append(Effect(chinese, stated, names[entity], fen, str(at), through))
    return found
