"""A department at a glance (汇总比较): income, expenditure, budget and “三公” of each unit and of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.documents import Figure
from mingzhang.facts import ACTUAL, ADJUSTED_BUDGET, Cell, Coordinate, Measure
from mingzhang.records.live import Live
from mingzhang.records.models import ELIMINATIONS, Entity

_THREE_PUBLIC = "three_public_spending"
COLUMNS = (
    "本年收入", "本年支出", "上年支出", "增减（%）", "全年预算", "完成（%）", "年末结转结余", "“三公”支出", "“三公”预算",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A unit, the eliminations, or the department, with a figure for each column."""

    entity: Entity
    figures: tuple[Figure | None, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is the department."""
        return self.entity.kind == Entity.Kind.DEPARTMENT


def members(live: Live, entity: Entity, edition: str) -> list[Member]:
    """The units under an entity, what they pay each other, and the whole; a unit alone."""
    return live.once(("members", entity.code, edition), lambda: _members(live, entity, edition))


def _members(live: Live, entity: Entity, edition: str) -> list[Member]:
    printer = live.printer(edition)
    below = [*entity.units()]
    if not entity.keeps_books:
        below += [*entity.children.filter(kind=ELIMINATIONS), entity]
    public = _three_public(edition)
    return [
        Member(each, tuple(printer.figure(at, in_table=True) for at in _asked(each.code, live.year, public)))
        for each in below
    ]


def _three_public(edition: str) -> tuple[Cell, Cell]:
    """Spending and budget as the edition's own form states them: of all fiscal money, or of the general public budget alone."""
    columns = edition_named(edition).form("three_public").columns
    totals = [column.cell for column in columns if column.cell and column.cell.concept == _THREE_PUBLIC]
    spent = next(cell for cell in totals if cell.measure == ACTUAL)
    return spent, next(cell for cell in totals if cell != spent)


def _asked(code: str, year: int, public: tuple[Cell, Cell]) -> list[Coordinate]:
    this, last = str(year), str(year - 1)
    spent = Coordinate("expenditure", (), code, this)
    return [
        Coordinate("revenue", (), code, this),
        spent,
        spent.during(last),
        spent.measured(Measure("growth", last)),
        spent.measured(ADJUSTED_BUDGET),
        spent.measured(Measure("completion", "adjusted_budget")),
        Coordinate("closing_balance", (), code, this),
        *(cell.at(code, this) for cell in public),
    ]
