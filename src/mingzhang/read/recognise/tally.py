"""What the tables of one report yield: statements, blank rows, ties and problems, with one numbering for all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction

from mingzhang.documents import Page, Place, Problem, places
from mingzhang.facts import Cell, Fact, Measure, PrintedAt, Statement, Tie
from mingzhang.numbers import PERCENT, Interval, Unit, printed
from mingzhang.read.recognise.codes import CodeBook
from mingzhang.read.recognise.grid import Spot
from mingzhang.read.recognise.wording import Meaning, local_name, term

_RATIOS = frozenset({"share", "growth", "completion"})
_HABIT = Fraction(1, 2)


@dataclass
class Tally:
    """Collects what is read; `entity`, `year` and `pages` are the report's."""

    book: CodeBook
    entity: str
    year: int
    pages: tuple[Page, ...]
    document: str
    statements: list[Statement] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    blank_rows: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def state(
        self, spot: Spot, cell: Cell, unit: Unit, label: str, context: str, *, year: int = 0
    ) -> Statement | None:
        """One figure at a cell of the cube; None where the spot holds no figure. `year` −1 is last year, 0 the report's."""
        digits = spot.figure
        if digits is None:
            return None
        if cell.measure.kind in _RATIOS:
            unit = PERCENT
        number = printed(digits, unit)
        found = self._places(spot)
        first = found[0] if found else Place(1, 0, 0)
        at = PrintedAt(self.document, first.page if found else None, first.start, first.end, first.box)
        coordinate = cell.at(self.entity, str(year if year > 0 else self.year + year))
        fact = Fact(coordinate, number.interval, at, number)
        statement = Statement(f"t{len(self.statements) + 1}", fact, label, found, "table", context)
        self.statements.append(statement)
        return statement

    def blank(self, cell: Cell) -> None:
        """A row, or a cell of a filled row, that stands in print without a figure."""
        self.blank_rows.add(str(cell.at(self.entity, str(self.year))))

    def tell(self, code: str, what: str, where: str, remedy: str = "请人工核对这一处") -> None:
        """Something that was not understood."""
        self.problems.append(Problem(code, what, where, remedy, "notice"))

    def _places(self, spot: Spot) -> tuple[Place, ...]:
        located = spot.cell.located
        if located is None or not self.pages:
            return ()
        inside = [at for at, character in enumerate(located.text) if not character.isspace()]
        if not inside:
            return ()
        return places(located, self.pages, inside[0], inside[-1] + 1)

    def cell(self, meaning: Meaning) -> Cell | None:
        """The cell that a meaning names; None where it names no concept, or a dimension that the concept has not."""
        if not meaning.concept or self.book.concept(meaning.concept) is None:
            return None
        if not all(self.book.has(meaning.concept, name) for name, _ in meaning.dimensions):
            return None
        return Cell(meaning.concept, meaning.dimensions, meaning.measure or Measure("actual"))

    def local(self, context: str, *parts: str) -> Cell:
        """A local cell, numbered where the report uses its words again."""
        name = local_name(context, *(term(part) or part for part in parts))
        taken = Counter(statement.coordinate.concept for statement in self.statements)
        if not taken[name]:
            return Cell(name)
        number = 2
        while taken[f"{name}·{number}"]:
            number += 1
        return Cell(f"{name}·{number}")

    def with_habits(self, first: int) -> None:
        """Give statements from `first` on that print fewer decimals than their table does their narrower reading."""
        decimals = Counter(
            statement.printed.decimals
            for statement in self.statements[first:]
            if statement.printed.unit.kind == "money"
        )
        if not decimals:
            return
        most, times = decimals.most_common(1)[0]
        if Fraction(times, sum(decimals.values())) <= _HABIT:
            return
        for at in range(first, len(self.statements)):
            number = self.statements[at].printed
            if number.unit.kind == "money" and number.decimals < most:
                half = number.unit.scale / (2 * 10**most)
                strict = Interval.of(number.exact - half, number.exact + half)
                self.statements[at] = replace(self.statements[at], strict=strict)
