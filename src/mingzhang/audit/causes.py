"""Root causes: which figure, changed alone, would make all failing constraints hold and break none that holds.

Constraints that fail for one wrong figure are one cause. Where several figures could be the wrong one, all are
repairs, the fewest figures first, and none is named. Where no single figure will do, sets of figures are tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from mingzhang.audit.constraints import Constraint
from mingzhang.audit.figures import Figure, middle
from mingzhang.audit.linear import ANYWHERE, Lookup, implied
from mingzhang.audit.system import System, system
from mingzhang.facts import Statement, Tie, Variable
from mingzhang.numbers import Interval, round_half_up

_MOST_TOGETHER = 3
_MOST_REPAIRS = 6
_MOST_TRIED = 14
_VAGUE = 1000
"""A figure that could lie anywhere over so many last digits is not told."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of a repair and the value, in base units, that it would have to print; None where many would do."""

    variable: Variable
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Constraints that fail together, and the repairs: each a set of figures to change, the smallest first."""

    failing: tuple[Constraint, ...]
    repairs: tuple[tuple[Change, ...], ...]

    @property
    def smallest(self) -> tuple[tuple[Change, ...], ...]:
        """The repairs that change the fewest figures."""
        return tuple(each for each in self.repairs if len(each) == len(self.repairs[0]))

    @property
    def suspects(self) -> tuple[Variable, ...]:
        """The figures of the only smallest repair; empty where several are equally small."""
        return tuple(change.variable for change in self.smallest[0]) if len(self.smallest) == 1 else ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every figure of the proof: suspects, then the failing constraints'."""
        names = (name for constraint in self.failing for name in constraint.variables)
        return tuple(dict.fromkeys((*self.suspects, *names)))


@dataclass(frozen=True)
class Evidence:
    """All constraints of a report, by the figures they speak of."""

    figures: Mapping[Variable, Figure]
    about: Mapping[Variable, Sequence[Constraint]]
    strict: bool = False
    """Whether digits are read as the report's habits support: what only that reading shows is still a warning."""

    @classmethod
    def of(
        cls, figures: Mapping[Variable, Figure], found: Iterable[Constraint], *, strict: bool = False
    ) -> Evidence:
        """Sort constraints by figure."""
        about: dict[Variable, list[Constraint]] = defaultdict(list)
        for constraint in found:
            for name in constraint.variables:
                about[name].append(constraint)
        return cls(figures, about, strict)

    def at(self, name: Variable) -> Interval:
        """The interval of a printed figure."""
        figure = self.figures[name]
        return figure.strict if self.strict else figure.interval

    def room(self, name: Variable, ignored: Collection[Variable] = ()) -> Interval | None:
        """Where a figure could lie so that everything said of it holds, except what ignored figures say."""
        found = ANYWHERE
        for constraint in self.about.get(name, ()):
            if ignored and not set(ignored).isdisjoint(constraint.variables):
                continue
            both = found.intersection(constraint.implied(name, self.at))
            if both is None:
                return None
            found = both
        return found

    def cost(self, name: Variable) -> int:
        """How many places of the report print the figure."""
        return len(self.figures[name].statements)


def causes(failing: Sequence[Constraint], evidence: Evidence) -> list[Cause]:
    """The failing constraints sorted into root causes."""
    found: list[Cause] = []
    excused: set[Variable] = set()
    remaining = list(failing)
    while remaining:
        single = _single(remaining, evidence, excused)
        if single is None:
            break
        found.append(single)
        excused.update(single.suspects)
        gone = {id(constraint) for constraint in single.failing}
        remaining = [constraint for constraint in remaining if id(constraint) not in gone]
    found += [_joint(group, evidence) for group in _connected(remaining)]
    return found


def _single(
    remaining: Sequence[Constraint], evidence: Evidence, excused: Collection[Variable]
) -> Cause | None:
    covers: dict[Variable, list[Constraint]] = defaultdict(list)
    for constraint in remaining:
        for name in constraint.variables:
            covers[name].append(constraint)
    rooms: dict[Variable, Interval] = {}
    for name in covers:
        room = evidence.room(name, excused)
        if room is not None and room.width < ANYWHERE.width:
            rooms[name] = room
    if not rooms:
        return None
    most = max(len(covers[name]) for name in rooms)
    best = min((name for name in rooms if len(covers[name]) == most), key=evidence.cost)
    whole = {id(constraint) for constraint in covers[best]}
    same = [name for name in rooms if whole == {id(constraint) for constraint in covers[name]}]
    same.sort(key=evidence.cost)
    fewest = evidence.cost(same[0])
    repairs = [
        (Change(name, printable(rooms[name], evidence.figures[name].first)),)
        for name in same
        if evidence.cost(name) == fewest
    ]
    return Cause(tuple(covers[best]), tuple(repairs[:_MOST_REPAIRS]))


def printable(room: Interval, statement: Statement) -> Fraction | None:
    """The value that the figure would print if it were changed to lie in the room: with its own decimals, or more.

    None where the room is too wide to say. Where the printed digits allow several values, the middle one.
    """
    last = statement.strict.width if statement.strict else statement.printed.step
    if room.width >= max(_VAGUE * last, abs(room.low)):
        return None
    value = Fraction(round_half_up(middle(room) / last, 0)) * last
    while not Interval(value - last / 2, value + last / 2).meets(room):
        last /= 10
        value = Fraction(round_half_up(middle(room) / last, 0)) * last
    return value


def _connected(remaining: Sequence[Constraint]) -> list[list[Constraint]]:
    groups: list[tuple[set[Variable], list[Constraint]]] = []
    for constraint in remaining:
        names = set(constraint.variables)
        touching = [group for group in groups if group[0] & names]
        for group in touching:
            groups.remove(group)
        groups.append(
            (
                names.union(*(group[0] for group in touching)),
                [*(each for group in touching for each in group[1]), constraint],
            )
        )
    return [group[1] for group in groups]


def _joint(failing: Sequence[Constraint], evidence: Evidence) -> Cause:
    """Constraints that no single figure can mend: the smallest sets of figures that can."""
    names = list(dict.fromkeys(name for constraint in failing for name in constraint.variables))
    ties = _around(names, evidence)
    whole = system(ties, {name: figure.interval for name, figure in evidence.figures.items()})
    sets = [set(constraint.variables) for constraint in failing]
    return Cause(tuple(failing), repairs_of(names, sets, whole, evidence))


def repairs_of(
    names: Sequence[Variable], conflicts: Sequence[Collection[Variable]], whole: System, evidence: Evidence
) -> tuple[tuple[Change, ...], ...]:
    """Sets of at most three figures, one in each conflict, without which the system has a solution."""
    found: list[tuple[Variable, ...]] = []
    tried = sorted(names, key=lambda name: (-sum(name in each for each in conflicts), evidence.cost(name)))
    for size in range(1, _MOST_TOGETHER + 1):
        for chosen in combinations(tried[:_MOST_TRIED], size):
            if any(set(each) <= set(chosen) for each in found):
                continue
            if all(not set(chosen).isdisjoint(conflict) for conflict in conflicts):
                found += _enough(chosen, names, whole, evidence)
    found.sort(key=lambda chosen: sum(evidence.cost(name) for name in chosen))
    return tuple(tuple(_changes(chosen, whole.without(chosen), evidence)) for chosen in found[:_MOST_REPAIRS])


def _enough(
    chosen: tuple[Variable, ...], names: Sequence[Variable], whole: System, evidence: Evidence
) -> list[tuple[Variable, ...]]:
    """The set itself if the rest has a solution without it, or with one rate that was computed from it."""
    if whole.without(chosen).solvable():
        return [chosen]
    if not 1 < len(chosen) < _MOST_TOGETHER:
        return []
    computed = {
        constraint.tie.ratio: None
        for name in chosen
        for constraint in evidence.about.get(name, ())
        if constraint.tie.ratio and constraint.tie.ratio not in names
    }
    return [(*chosen, rate) for rate in computed if rate and whole.without((*chosen, rate)).solvable()]


def _around(names: Iterable[Variable], evidence: Evidence) -> list[Tie]:
    ties: dict[int, Tie] = {}
    for name in names:
        for constraint in evidence.about.get(name, ()):
            ties.update((id(tie), tie) for tie in constraint.ties)
    return list(ties.values())


def _changes(chosen: Sequence[Variable], rest: System, evidence: Evidence) -> list[Change]:
    """The figures with the values they would take when the others stay."""

    def reach(name: Variable) -> Interval:
        return evidence.at(name) if name in evidence.figures and name not in chosen else rest.reach(name)

    return [Change(name, _value(name, rest.ties, reach, evidence)) for name in chosen]


def _value(name: Variable, ties: Sequence[Tie], at: Lookup, evidence: Evidence) -> Fraction | None:
    statement = evidence.figures[name].first
    for tie in ties:
        if tie.ratio == name:
            return printable(implied(tie, name, at), statement)
    return printable(at(name), statement)
