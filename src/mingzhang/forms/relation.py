"""A relation (勾稽关系) that must hold beyond what the structure of the cube implies, with the law it stands on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from mingzhang.facts import Cell, Dimension
from mingzhang.numbers import Bounded, Interval

Term = tuple[int, Cell]
"""A coefficient, 1 or −1, and the cell it stands before."""

CODE = "$code"
"""In a formula: every code of the dimension that the relation is stated for."""

_TERM = re.compile(r"\s*([+−-]?)\s*([a-z]\w*(?:\[[^\]]*\])?(?:#\w+)?)")


class FormulaError(ValueError):
    """A formula is not two sums of cells with = or ≤ between them."""


@dataclass(frozen=True, slots=True)
class Article:
    """Where a rule is written. `from_memory` says that the place has not been compared with the official text."""

    title: str
    place: str
    from_memory: bool = False

    def __str__(self) -> str:
        return f"{self.title}，{self.place}" + ("（凭记忆引用，请核对原文）" if self.from_memory else "")


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sums of cells that are equal, or of which the left is at most the right.

    `each` names a dimension: the relation then holds for every code of it, written `$code` in the formula, or for
    those in `among` (codes or Chinese names). `name` is the file's name, which the loader fills in; `source_ids`
    are the rule's ids in `checklist.csv`.

    >>> law = Article("样表", "总计")
    >>> both = Relation("收支平衡", "revenue + opening_balance = total_uses[fund=fiscal]", law, "核对", "error")
    >>> both.comparison, [str(cell) for _, cell in both.terms_left]
    ('equals', ['revenue', 'opening_balance'])
    """

    chinese: str
    formula: str
    law: Article
    remedy: str
    severity: Literal["error", "warning", "notice"]
    source_ids: tuple[str, ...] = ()
    each: str = ""
    among: tuple[str, ...] = ()
    name: str = ""
    terms_left: tuple[Term, ...] = field(init=False, repr=False)
    terms_right: tuple[Term, ...] = field(init=False, repr=False)
    comparison: Literal["equals", "at_most"] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # An = inside brackets belongs to a cell; the one that compares stands between spaces.
        left, sign, right = re.split(r" (=|≤) ", self.formula)[:3] if self._compares() else ("", "", "")
        if not sign or bool(self.each) != (CODE in self.formula):
            raise FormulaError(
                f"{self.formula!r} needs one “ = ” or “ ≤ ”, and {CODE} exactly where `each` is set"
            )
        object.__setattr__(self, "terms_left", tuple(_terms(left)))
        object.__setattr__(self, "terms_right", tuple(_terms(right)))
        object.__setattr__(self, "comparison", "equals" if sign == "=" else "at_most")

    def _compares(self) -> bool:
        return len(re.findall(r" (?:=|≤) ", self.formula)) == 1

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in the order they are written."""
        return tuple(cell for _, cell in (*self.terms_left, *self.terms_right))

    def of_codes(self, codes: Collection[str], tree: Dimension) -> Iterator[Relation]:
        """The relation for each of the codes it is stated for, in the order of their tree."""
        for code in tree.ordered(codes):
            if not self.among or {code, tree.label(code)} & set(self.among):
                yield _of_code(self, code)

    @property
    def cells_of_codes(self) -> tuple[Cell, ...]:
        """The cells that stand for one code of the dimension `each`."""
        return tuple(
            cell for cell in self.cells if self.each and dict(cell.dimensions).get(self.each) == CODE
        )

    def sides(self, figures: Sequence[Bounded]) -> tuple[Interval, Interval]:
        """Where both sides lie, given one figure for each cell in the order they are written."""
        middle = len(self.terms_left)
        return _sum(self.terms_left, figures[:middle]), _sum(self.terms_right, figures[middle:])

    def holds(self, *figures: Bounded) -> bool:
        """Whether some exact values behind the figures, one for each cell in order, make the relation true."""
        left, right = self.sides(figures)
        return left.meets(right) if self.comparison == "equals" else left.low <= right.high


@lru_cache(maxsize=4096)
def _of_code(relation: Relation, code: str) -> Relation:
    return replace(relation, formula=relation.formula.replace(CODE, code), each="", among=())


def _terms(side: str) -> Iterator[Term]:
    """Cells with their signs; `0` alone is an empty sum."""
    rest = "" if side.strip() == "0" else side.rstrip()
    first = True
    while rest:
        found = _TERM.match(rest)
        if not found or not (found[1] or first):
            raise FormulaError(f"{side!r}: {rest!r} is not a cell with a sign")
        yield (-1 if found[1] in ("-", "−") else 1), Cell.parse(found[2])
        rest, first = rest[found.end() :], False


def _sum(terms: Sequence[Term], figures: Sequence[Bounded]) -> Interval:
    parts = (figure.interval.scaled(sign) for (sign, _), figure in zip(terms, figures, strict=True))
    return sum(parts, start=Interval.of(0))
