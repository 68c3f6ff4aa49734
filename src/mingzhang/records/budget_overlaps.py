"""Budget lines that would count the same money twice (预算重复列示): once by function and again by project, and the like.

Lines of one document add up, so each must state money of its own. Two lines that state different things, without a
code that sets them apart, may well be one amount listed along two classifications; nothing in them tells. Such
lines are refused: what one line of a budget states, the others state too, or they differ in a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from mingzhang.catalogue.loading import vocabulary
from mingzhang.documents import Problem
from mingzhang.records.budget_points import wholes
from mingzhang.records.drafts import FUNDS
from mingzhang.records.models import BudgetLine, Entity, Project

STATED = {
    "function": "功能科目",
    "economic": "经济科目",
    "nature": "支出性质",
    "fund": "资金性质",
    "project": "项目",
}
"""What a budget line may state, with the columns' names."""

_WORDS = {**FUNDS, "nonfiscal": "非财政拨款", "basic": "基本支出", "project": "项目支出"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A budget line as it is compared: its place in the input, its concept, and what it states."""

    place: int
    concept: str
    stated: Mapping[str, str]

    @property
    def shape(self) -> tuple[str, ...]:
        """The names of what it states."""
        return tuple(name for name in STATED if self.stated.get(name))

    def in_chinese(self) -> str:
        """Its codes as users read them."""
        stated = (
            f"{STATED[name]}“{_WORDS.get(self.stated[name], self.stated[name])}”" for name in self.shape
        )
        return "、".join(stated) or "不分科目的总额"


def twice_listed(lines: Iterable[Listed], year: int) -> Iterator[tuple[Listed, Listed]]:
    """Pairs of one document's lines that may be the same money: of each two kinds of lines the first such pair."""
    words = vocabulary(year)
    above = dict(Project.objects.exclude(parent=None).values_list("code", "parent__code"))
    kinds: dict[tuple[str, tuple[str, ...], bool], list[Listed]] = {}
    for line in lines:
        lowest = line.stated.get("project", "") in above
        kinds.setdefault((line.concept, line.shape, lowest), []).append(line)
    for (one, ours), (other, theirs) in combinations(kinds.items(), 2):
        related = one[0] == other[0] or one[0] in wholes(other[0], words) or other[0] in wholes(one[0], words)
        names = [name for name in one[1] if name in other[1]]
        if related and (pair := _shared(ours, theirs, names, above)):
            yield pair


def _shared(
    ours: Sequence[Listed], theirs: Sequence[Listed], names: Sequence[str], above: Mapping[str, str]
) -> tuple[Listed, Listed] | None:
    """The first pair that no code sets apart; a sub-project is not apart from the project above it."""

    def codes(line: Listed) -> tuple[str, ...]:
        return tuple(
            above.get(line.stated[name], line.stated[name]) if name == "project" else line.stated[name]
            for name in names
        )

    by_codes = {codes(line): line for line in reversed(ours)}
    return next(((by_codes[codes(line)], line) for line in theirs if codes(line) in by_codes), None)


def budget_overlaps(units: Iterable[Entity], year: int) -> list[Problem]:
    """What the books' budgets of a year list twice, document by document; adjustments are documents of their own."""
    documents: dict[tuple[int, str, str], list[Listed]] = {}
    names = {}
    for number, line in enumerate(
        BudgetLine.objects.filter(entity__in=list(units), year=year).select_related("entity")
    ):
        key = document_of(line.entity_id, line.stage, line.document_number)
        stated = {name: getattr(line, name) for name in STATED}
        documents.setdefault(key, []).append(Listed(number, line.concept or "expenditure", stated))
        names[key] = f"{line.entity.name}，{year}年度，{line.get_stage_display()}{key[2]}"
    return [
        Problem("budget_listed_twice", what_of(*pair), names[key], REMEDY)
        for key, lines in documents.items()
        for pair in twice_listed(lines, year)
    ]


def document_of(entity: int | str, stage: str, document_number: str) -> tuple[int | str, str, str]:
    """What lines must be compared within: a unit's whole initial budget, or one document of adjustment."""
    return entity, stage, document_number if stage == BudgetLine.Stage.ADJUSTMENT else ""


def what_of(one: Listed, other: Listed) -> str:
    """The problem in words."""
    return (
        f"预算按不同口径列示，同一笔预算可能重复计算：一行填{one.in_chinese()}，另一行填{other.in_chinese()}"
    )


REMEDY = (
    "同一单位的预算各行填齐同样的栏目（项目支出既填功能科目也填项目），每笔预算只列一次；分项已列的不再列合计"
)
