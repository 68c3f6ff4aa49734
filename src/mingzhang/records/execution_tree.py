"""Budget execution as a tree (预算执行表): the same amounts along one order of levels or another, with subtotals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from mingzhang.catalogue.dimensions.small import nature as nature_names
from mingzhang.records import codes
from mingzhang.records.drafts import FUNDS
from mingzhang.records.execution import Amounts, Execution, Light, Place
from mingzhang.records.models import Project
from mingzhang.records.organisation import Organisation

_NOT_DETAILED = "未细化"


@dataclass(slots=True)
class Node:
    """One row: its name and amounts, and what a voucher must state to belong to it, None where no list can tell."""

    depth: int
    code: str
    name: str
    unit: str = ""
    amounts: Amounts = field(default_factory=Amounts)
    light: Light = Light.NONE
    stated: Mapping[str, str] | None = field(default_factory=dict)
    is_loose: bool = False
    children: dict[str, Node] = field(default_factory=dict)

    def rows(self, deepest: int) -> Iterator[Node]:
        """Itself and what stands under it, down to a depth."""
        yield self
        if self.depth < deepest:
            for _, child in sorted(self.children.items()):
                yield from child.rows(deepest)


class Names:
    """How codes are called in a year."""

    def __init__(self, organisation: Organisation, year: int) -> None:
        self.year = year
        self.units = {entity.code: entity.short_name or entity.name for entity in organisation.entities}
        self.projects: dict[str, Project] = {project.code: project for project in organisation.projects}

    def function(self, code: str) -> str:
        """A functional code."""
        found = codes.function_named(code)
        return found.name_in(self.year) if found else _NOT_DETAILED

    def economic(self, code: str) -> str:
        """An economic code."""
        found = codes.economic_named(code)
        return found.name_in(self.year) if found else _NOT_DETAILED

    def project(self, code: str) -> str:
        """A project."""
        return self.projects[code].name if code in self.projects else code


Step = tuple[str, str, dict[str, str] | None]
"""A row's code and name, and what it adds to a voucher's description; None where no list of vouchers can be asked for it."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a tree. `step` says where a place belongs, None where it has nothing at this level.

    A `loose` level need not have budgets of its own: spending may be finer than its budget.
    """

    chinese: str
    step: Callable[[Place, Names], Step | None]
    loose: bool = False


def _function(digits: int) -> Callable[[Place, Names], Step]:
    def step(place: Place, names: Names) -> Step:
        code = place.function[:digits]
        return code, names.function(code), {"function": code} if code else None

    return step


def _economic(digits: int) -> Callable[[Place, Names], Step | None]:
    def step(place: Place, names: Names) -> Step | None:
        code = place.economic[:digits]
        if digits > 3 and len(place.economic) <= 3:
            return None
        return code, names.economic(code), {"economic": code} if code else None

    return step


def _nature(place: Place, names: Names) -> Step:
    stated = {"nature": place.nature} if place.nature in ("basic", "project") else None
    return place.nature, nature_names.names.get(place.nature, _NOT_DETAILED), stated


def _fund(place: Place, names: Names) -> Step:
    return place.fund, FUNDS.get(place.fund, _NOT_DETAILED), {"fund": place.fund} if place.fund else None


def _first_project(place: Place, names: Names) -> Step | None:
    if not place.project:
        return None
    project = names.projects.get(place.project)
    if project is not None and project.parent is not None:
        return project.parent.code, project.parent.name, {"project": project.parent.code}
    return place.project, names.project(place.project), {"project": place.project}


def _second_project(place: Place, names: Names) -> Step | None:
    project = names.projects.get(place.project)
    if project is None or project.parent is None:
        return None
    return project.code, project.name, {"project": project.code}


def _unit(place: Place, names: Names) -> Step:
    return place.unit, names.units[place.unit], {}


_PROJECTS = (Level("一级项目", _first_project), Level("二级项目", _second_project, loose=True))
_FUNCTIONS = (Level("类", _function(3)), Level("款", _function(5)), Level("项", _function(7)))

VIEWS: dict[str, tuple[str, tuple[Level, ...]]] = {
    "function": ("按功能科目", (Level("资金", _fund), *_FUNCTIONS, Level("性质", _nature), *_PROJECTS)),
    "project": ("按项目", (Level("性质", _nature), *_PROJECTS, Level("项", _function(7)), Level("资金", _fund))),
    "economic": (
        "按经济科目",
        (Level("性质", _nature), Level("类", _economic(3), loose=True), Level("款", _economic(5), loose=True)),
    ),
    "unit": ("按单位", (Level("单位", _unit), Level("性质", _nature), *_PROJECTS, Level("项", _function(7)))),
}  # fmt: skip
"""Orders of levels by name: what the tab says, and the levels from the top."""


def tree_of(found: Execution, levels: Sequence[Level], names: Names, elapsed: Fraction) -> Node:
    """The tree of an execution; `elapsed` is the share of the year that has passed."""
    top = Node(0, "", "合计")
    for place, amounts in found.items():
        node = top
        node.amounts.add(amounts)
        for level in levels:
            step = level.step(place, names)
            if step is None:
                continue
            code, name, stated = step
            if code not in node.children:
                both = None if stated is None or node.stated is None else {**node.stated, **stated}
                child = Node(node.depth + 1, code, name, node.unit, stated=both, is_loose=level.loose)
                child.unit = place.unit if level.step is _unit else node.unit
                node.children[code] = child
            node = node.children[code]
            node.amounts.add(amounts)
    _kindle(top, elapsed, Light.NONE)
    return top


def _kindle(node: Node, elapsed: Fraction, above: Light) -> None:
    """Give every row its light; what its budget names only in sum is not called unbudgeted in its parts."""
    node.light = node.amounts.light(elapsed)
    if node.is_loose and not node.amounts.adjusted and above is not Light.OVER:
        node.light = Light.NONE
    for child in node.children.values():
        _kindle(child, elapsed, node.light)
