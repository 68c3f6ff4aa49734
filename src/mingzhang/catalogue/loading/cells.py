"""Cells, conditions and slots in an edition's files: every concept, dimension and code they name must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.catalogue.loading.schema import suggestion
from mingzhang.facts import Cell, CoordinateError, Vocabulary

_SLOT = re.compile(r"\{([^{}]+)\}")
_PERIODS = ("last_year", "initial_budget", "adjusted_budget")


class BadCellError(ValueError):
    """A cell that names what does not exist: what is wrong, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True)
class CellChecker:
    """Checks cells against the vocabularies of an edition's first and last year."""

    vocabularies: tuple[Vocabulary, ...]

    def cell(self, text: str) -> Cell:
        """The cell; BadCellError where it is none. `@last_year` may follow, `$code` may stand for a code."""
        plain, at, period = text.strip().partition("@")
        if at and period != "last_year":
            raise BadCellError(f"“{text}”中 @ 之后写了“{period}”", "@ 之后只能写 last_year。")
        try:
            cell = Cell.parse(plain)
        except CoordinateError as problem:
            raise BadCellError(str(problem), "按“概念[维度=代码,…]#口径”改写。") from None
        for words in self.vocabularies:
            _check(cell, words, text)
        return cell

    def condition(self, text: str) -> None:
        """Check each cell of a paragraph's condition."""
        for part in filter(None, (piece.strip().lstrip("!") for piece in text.split(" and "))):
            if ":" not in part and part != "several_units":
                self.cell(part)

    def repetition(self, text: str) -> None:
        """Check `cell | cell by dimension …`; other repetitions (`units`) name no cell."""
        cells, by, rest = text.partition(" by ")
        if by:
            dimension = re.split(r"[\s:]", rest.strip())[0]
            self._dimension(dimension, text)
            for cell in cells.split("|"):
                self.cell(cell)

    def text(self, text: str) -> None:
        """Check the slots of a text. Bare words (`{year}`) are the composer's own."""
        for slot in _slots(text):
            head, _, rest = slot.partition(":")
            if head == "text":
                continue
            if head in ("reason", "budget_reason", "ratio"):
                self.cell(rest.partition(":")[0])
            elif head == "names":
                cell, _, dimension = rest.rpartition(":")
                self.cell(cell)
                self._dimension(dimension, slot)
            elif rest or re.search(r"[\[#@]", head):
                self.cell(head)

    def _dimension(self, name: str, text: str) -> None:
        known = self.vocabularies[0].dimensions
        if name not in known:
            raise BadCellError(f"“{text}”中没有“{name}”这个维度", suggestion(name, known))


def _slots(text: str) -> Iterator[str]:
    for found in _SLOT.finditer(text):
        yield found[1]


def _check(cell: Cell, words: Vocabulary, text: str) -> None:
    concept = words.concepts.get(cell.concept)
    if concept is None:
        raise BadCellError(
            f"“{text}”中没有“{cell.concept}”这个概念", suggestion(cell.concept, words.concepts)
        )
    for name, code in cell.dimensions:
        if name not in concept.dimensions:
            raise BadCellError(
                f"“{text}”：“{concept.chinese}”没有“{name}”这个维度", suggestion(name, concept.dimensions)
            )
        tree = words.dimensions[name]
        if tree.parents and code != "$code" and code not in tree:
            raise BadCellError(
                f"“{text}”：{tree.chinese}没有代码“{code}”，或该年度已停用", suggestion(code, tree.parents)
            )
    if cell.measure.kind == "share":
        try:
            base = Cell.parse(cell.measure.of)
        except CoordinateError as problem:
            raise BadCellError(str(problem), "占比的分母写作 #share(of=概念[维度=代码])。") from None
        _check(base, words, cell.measure.of)
    elif cell.measure.of and cell.measure.of not in _PERIODS and not cell.measure.of.isdigit():
        raise BadCellError(
            f"“{text}”的比较对象“{cell.measure.of}”无法识别", suggestion(cell.measure.of, _PERIODS)
        )
