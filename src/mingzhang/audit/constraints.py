"""Constraints: ties among printed figures only, implied bases replaced by what other ties say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from mingzhang.audit.figures import Figure
from mingzhang.audit.linear import ANYWHERE, Lookup, coefficients, holds, implied, slack, solved
from mingzhang.facts import Tie, Variable, Verdict
from mingzhang.numbers import Interval

_MOST_DEFINITIONS = 4
_NOTHING = 500
"""An amount that may be zero and is known to less than this many 元 is taken for nothing."""


@dataclass(frozen=True)
class Definition:
    """What one tie says of a variable that is not printed, from variables that are."""

    variable: Variable
    tie: Tie
    interval: Interval
    inputs: tuple[Definition, ...] = ()
    """Definitions of other variables that are not printed either."""

    @property
    def ties(self) -> tuple[Tie, ...]:
        """All ties it rests on."""
        return (self.tie, *(tie for each in self.inputs for tie in each.ties))

    @cached_property
    def rests_on(self) -> frozenset[Variable]:
        """The variables it names, its own and those of its inputs."""
        return frozenset(name for tie in self.ties for name in tie.variables)

    def lookup(self, at: Lookup) -> Lookup:
        """Intervals of the tie's variables, inputs worked out anew from the printed ones."""
        return _beside(self.inputs, at)

    def worked_out(self, at: Lookup) -> Interval:
        """Where the variable lies, given the printed ones."""
        return implied(self.tie, self.variable, self.lookup(at))


@dataclass(frozen=True)
class Constraint:
    """One tie with a definition for each of its variables that is not printed."""

    tie: Tie
    definitions: tuple[Definition, ...] = ()
    ties: tuple[Tie, ...] = field(init=False)
    variables: tuple[Variable, ...] = field(init=False)
    """The printed variables it speaks of, those of the tie itself first."""

    def __post_init__(self) -> None:
        ties = dict.fromkeys((self.tie, *(tie for each in self.definitions for tie in each.ties)))
        hidden = {each.variable for each in self._all()}
        names = dict.fromkeys(name for tie in ties for name in tie.variables if name not in hidden)
        object.__setattr__(self, "ties", tuple(ties))
        object.__setattr__(self, "variables", tuple(names))

    def _all(self) -> Iterator[Definition]:
        waiting = list(self.definitions)
        while waiting:
            each = waiting.pop()
            yield each
            waiting.extend(each.inputs)

    @property
    def certain(self) -> bool:
        """Whether all its ties must hold."""
        return all(tie.certain for tie in self.ties)

    def lookup(self, at: Lookup) -> Lookup:
        """Intervals of the tie's variables, definitions worked out anew from the printed ones."""
        return _beside(self.definitions, at)

    def holds(self, at: Lookup) -> bool:
        """Whether it can hold within the intervals."""
        return holds(self.tie, self.lookup(at))

    def slack(self, at: Lookup) -> Interval:
        """Where the two sides' difference lies."""
        return slack(self.tie, self.lookup(at))

    def implied(self, variable: Variable, at: Lookup) -> Interval:
        """Where a printed variable must lie for the constraint to hold; `ANYWHERE` where that cannot be told."""
        lookup = self.lookup(at)
        direct = variable in self.tie.variables
        behind = [each for each in self.definitions if variable in each.rests_on]
        if not behind:
            return implied(self.tie, variable, lookup)
        if len(behind) > 1:
            return ANYWHERE
        definition = behind[0]
        if not direct:
            needed = implied(self.tie, definition.variable, lookup)
            return _implied_by(definition, variable, needed, at)
        return self._twice(variable, definition, lookup, at)

    def _twice(self, variable: Variable, definition: Definition, lookup: Lookup, at: Lookup) -> Interval:
        """A variable that stands in the tie and in the sum that defines the base: collect its coefficients."""
        if definition.tie.kind != "sum" or definition.inputs or variable == self.tie.ratio:
            return ANYWHERE
        outer, inner = coefficients(self.tie, lookup), coefficients(definition.tie, at)
        own = inner.pop(definition.variable)
        weight = outer.pop(definition.variable)
        factor, rest = outer.pop(variable), Interval.of(0)
        scale = -weight.scaled(1 / own.low)
        factor = factor + scale * inner.pop(variable)
        for name, each in inner.items():
            rest = rest + scale * each * at(name)
        for name, each in outer.items():
            rest = rest + each * lookup(name)
        return solved(factor, rest)


def _beside(definitions: Sequence[Definition], at: Lookup) -> Lookup:
    hidden = {each.variable: each.worked_out(at) for each in definitions}
    return lambda name: hidden[name] if name in hidden else at(name)


def _implied_by(definition: Definition, variable: Variable, needed: Interval, at: Lookup) -> Interval:
    """Where a variable of a definition must lie for the defined one to lie where it is needed."""
    inner = definition.lookup(at)

    def lookup(name: Variable) -> Interval:
        return needed if name == definition.variable else inner(name)

    if variable in definition.tie.variables:
        return implied(definition.tie, variable, lookup)
    behind = [each for each in definition.inputs if variable in each.rests_on]
    if len(behind) != 1:
        return ANYWHERE
    return _implied_by(behind[0], variable, implied(definition.tie, behind[0].variable, lookup), at)


def constraints(ties: Iterable[Tie], figures: Mapping[Variable, Figure]) -> list[Constraint]:
    """Every tie over printed figures, and over implied ones with each definition of them, each combination once."""
    direct: list[Tie] = []
    open_ties: list[tuple[Tie, list[Variable]]] = []
    for tie in ties:
        hidden = [name for name in tie.variables if name not in figures]
        if hidden:
            open_ties.append((tie, hidden))
        else:
            direct.append(tie)
    definitions = _definitions(open_ties, lambda name: figures[name].interval)
    found = [Constraint(tie) for tie in direct]
    seen: set[frozenset[int]] = set()
    for tie, hidden in sorted(open_ties, key=lambda each: each[0].kind == "sum"):
        for chosen in _choices(tie, hidden, definitions):
            one = Constraint(tie, chosen)
            key = frozenset(map(id, one.ties))
            if len(key) > 1 and key not in seen:
                seen.add(key)
                found.append(one)
    return found


def _choices(
    tie: Tie, hidden: Sequence[Variable], definitions: Mapping[Variable, Sequence[Definition]]
) -> Iterator[tuple[Definition, ...]]:
    usable = [[each for each in definitions.get(name, ()) if tie not in each.ties] for name in hidden]
    if not all(usable):
        return
    best = [min(each, key=lambda found: found.interval.width) for each in usable]
    yield tuple(best)
    for place, each in enumerate(usable):
        for other in each:
            if other is not best[place]:
                yield (*best[:place], other, *best[place + 1 :])


def _definitions(
    open_ties: Sequence[tuple[Tie, list[Variable]]], at: Lookup
) -> dict[Variable, list[Definition]]:
    """What ties say of variables that are not printed: directly, then by way of others that are defined."""
    found: dict[Variable, list[Definition]] = defaultdict(list)
    for tie, hidden in open_ties:
        if len(hidden) == 1 and (one := _definition(tie, hidden[0], {}, at)):
            found[hidden[0]].append(one)
    for choices in found.values():
        choices.sort(key=lambda each: (each.tie.kind != "sum", each.interval.width))
    first = {name: choices[0] for name, choices in found.items()}
    for tie, hidden in open_ties:
        for name in hidden:
            others = [each for each in hidden if each != name]
            if others and all(each in first and tie not in first[each].ties for each in others):
                one = _definition(tie, name, {each: first[each] for each in others}, at)
                if one and len(found[name]) < _MOST_DEFINITIONS:
                    found[name].append(one)
    return found


def _definition(
    tie: Tie, name: Variable, inputs: Mapping[Variable, Definition], at: Lookup
) -> Definition | None:
    interval = implied(tie, name, lambda other: inputs[other].interval if other in inputs else at(other))
    if interval.width >= ANYWHERE.width / 2 or tie.comparison == "at_most":
        return None
    return Definition(name, tie, interval, tuple(inputs.values()))


def verdict(constraint: Constraint, figures: Mapping[Variable, Figure]) -> Verdict:
    """What the printed digits say of the constraint: exact, never by a tolerance."""
    if constraint.holds(lambda name: figures[name].interval):
        if not constraint.holds(lambda name: figures[name].strict) or rate_of_nothing(constraint, figures):
            return Verdict.ROUNDING
        return Verdict.TAIL if _tail(constraint, figures) else Verdict.CONSISTENT
    tie = constraint.tie
    if tie.ratio is None or tie.ratio not in figures:
        cut_off = constraint.holds(lambda name: figures[name].truncated)
    else:
        cut_off = constraint.holds(
            lambda name: figures[name].truncated if name == tie.ratio else figures[name].interval
        )
    return Verdict.ROUNDING if cut_off else Verdict.CONTRADICTION


def rate_of_nothing(constraint: Constraint, figures: Mapping[Variable, Figure]) -> bool:
    """Whether a completion is stated of zero over zero, and is neither 0 nor 100 % as custom has it."""
    tie = constraint.tie
    if tie.rule != "completion" or tie.ratio not in figures or tie.ratio is None:
        return False
    lookup = constraint.lookup(lambda name: figures[name].strict)
    stated, own, base = figures[tie.ratio].interval, lookup(tie.terms[0][1]), lookup(tie.terms[1][1])
    nothing = own.contains(0) and base.contains(0) and max(own.width, base.width) <= _NOTHING
    return nothing and not (stated.contains(0) or stated.contains(1))


def _tail(constraint: Constraint, figures: Mapping[Variable, Figure]) -> bool:
    """Whether the printed digits of a sum differ though the exact values may agree."""
    tie = constraint.tie
    if tie.kind != "sum" or constraint.definitions or tie.comparison == "at_most":
        return False
    off = sum((factor * figures[name].value for factor, name in tie.terms), Fraction(0))
    return abs(off) >= max(figures[name].step for name in tie.variables) and off != 0
