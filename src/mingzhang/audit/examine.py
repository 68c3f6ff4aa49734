"""Statements of one report → remarks: what cannot be true together, as root causes with proof and repairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mingzhang.audit.blanks import at_blanks, beyond_blanks
from mingzhang.audit.bounds import beyond_bounds
from mingzhang.audit.causes import Cause, Evidence, causes
from mingzhang.audit.constraints import Constraint, constraints, verdict
from mingzhang.audit.counted import beside_money
from mingzhang.audit.coverage import guarded
from mingzhang.audit.figures import Figure, by_variable, clusters, figure
from mingzhang.audit.misplaced import misplaced
from mingzhang.audit.remark import Remark
from mingzhang.audit.remarks import (
    joined,
    remark_of_cause,
    remark_of_constraint,
    remark_of_repeat,
    without_base,
)
from mingzhang.audit.scores import beyond_execution
from mingzhang.audit.structure import relation_ties, structural_ties, variable_of
from mingzhang.audit.whole import whole_report
from mingzhang.documents.problems import SEVERITIES, rank
from mingzhang.facts import Statement, Tie, Variable, Verdict, Vocabulary
from mingzhang.forms.relation import Relation


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in one report, and for each statement `verified`, `contradicted` or `unverified`."""

    remarks: tuple[Remark, ...]
    status: dict[str, str]

    @property
    def suspected(self) -> frozenset[str]:
        """The figures that the smallest repairs of errors change: what words say of them follows from the error."""
        return frozenset(
            change.statement
            for remark in self.remarks
            if remark.severity == "error"
            for repair in remark.repairs
            if len(repair) == len(remark.repairs[0])
            for change in repair
        )


def examine(
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
    ties: Iterable[Tie] = (),
    relations: Iterable[Relation] = (),
    *,
    entity: str = "",
    year: int = 0,
    partial_contexts: Collection[str] = (),
    blank_rows: Collection[str] = (),
) -> Examination:
    """Compare whatever is tied together. Verdicts are exact; figures printed as approximate take no part.

    `ties` are what the report's own words and rows state, `relations` those of the catalogue. Tables whose titles are
    in `partial_contexts` were not read in full: their absent rows are unknown, not zero. `blank_rows` are coordinates
    that tables print without a figure; where some table was not read in full, a blank may be a figure missed.
    """
    every_figure, astray = statements, list(misplaced(statements))
    if astray:
        out = frozenset[str]().union(*(each.statements for each in astray))
        statements = [each for each in statements if each.id not in out]
        partial_contexts = {*partial_contexts, *(each.context for each in astray)}
    blank = () if partial_contexts else blank_rows
    groups = by_variable(statements)
    every = [
        *structural_ties(statements, vocabulary, partial_contexts),
        *relation_ties(relations, statements, vocabulary, entity, year),
        *_translated(ties, statements, groups),
    ]
    figures = {name: figure(name, *_split(clusters(group))) for name, group in groups.items()}
    found = constraints(every, figures)
    figures = _settled(figures, found)
    verdicts = {id(constraint): verdict(constraint, figures) for constraint in found}
    failed = [each for each in found if verdicts[id(each)] is Verdict.CONTRADICTION]
    held = [each for each in found if verdicts[id(each)] is not Verdict.CONTRADICTION]
    remarks = [
        remark_of_repeat(each) for each in figures.values() if len(each.statements) + len(each.others) > 1
    ]
    told = [*(each.remark for each in astray), *(remark for remark in remarks if remark)]
    excused = {name for name, each in figures.items() if each.others}
    blamed: set[Variable] = set()
    said: list[Remark] = []
    for level in SEVERITIES:
        failing = [
            constraint
            for constraint in failed
            if _level(constraint) == level and blamed.isdisjoint(constraint.variables)
        ]
        # A repair has to respect whatever holds, and what must hold as much as what is looked at.
        binding = (each for each in failed if rank(_level(each)) <= rank(level))
        evidence = Evidence.of(figures, [*held, *binding])
        for cause in causes(failing, evidence):
            said.append(remark_of_cause(cause, figures, level, _unfit(cause, excused)))
            blamed.update(_blamed(cause, figures))
    told += _without_base_once(said)
    told += beyond_execution(statements)
    told += beyond_blanks(statements, blank)
    told += _on_others(beyond_bounds(statements), told)
    told += _on_others(beside_money(statements), told)
    told += whole_report(found, figures, {id(each) for each in failed}, blamed)
    told += _lesser(found, verdicts, figures, blamed)
    evidence = Evidence.of(figures, held, strict=True)
    seen = guarded(evidence) | {each.id for each in at_blanks(statements, blank)}
    return Examination(tuple(told), _status(every_figure, told, seen))


def _on_others(more: Iterable[Remark], told: Sequence[Remark]) -> list[Remark]:
    """Those of more remarks that are on figures nothing was said of yet, or nothing grave."""
    grave = {each for remark in told if remark.severity != "notice" for each in remark.statements}
    return [remark for remark in more if grave.isdisjoint(remark.statements)]


def _level(constraint: Constraint) -> str:
    """The gravest that its failure may be."""
    severities = [tie.severity for tie in constraint.ties]
    return max(severities if constraint.certain else [*severities, "warning"], key=rank)


def _unfit(cause: Cause, excused: Collection[Variable]) -> bool:
    """Whether the cause touches a figure that is printed in two ways, of which the wrong one may have been taken."""
    return not set(cause.variables).isdisjoint(excused)


def _without_base_once(said: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks, those on rates without a base as one for each rule: it is one custom of the author."""
    first: dict[str, Remark] = {}
    for remark in said:
        if remark.verdict is not Verdict.ROUNDING:
            yield remark
        elif remark.rule in first:
            first[remark.rule] = joined(first[remark.rule], remark)
        else:
            first[remark.rule] = remark
    yield from first.values()


def _blamed(cause: Cause, figures: Mapping[Variable, Figure]) -> set[Variable]:
    """The figures that are most likely wrong: other findings on them would repeat this one."""
    baseless = {each.tie.ratio for each in cause.failing if without_base(each, figures)}
    if baseless:
        return {name for name in baseless if name}
    return {change.variable for repair in cause.smallest for change in repair} or set(cause.variables)


def _split(groups: Sequence[Sequence[Statement]]) -> tuple[Sequence[Statement], list[Statement]]:
    return groups[0], [each for group in groups[1:] for each in group]


def _settled(figures: Mapping[Variable, Figure], found: Sequence[Constraint]) -> dict[Variable, Figure]:
    """Of figures printed in several ways, the way that most other figures agree with, then the commonest, stands."""
    settled = dict(figures)
    about = Evidence.of(figures, found).about
    for name, each in figures.items():
        if not each.others:
            continue
        groups = clusters([*each.statements, *each.others])
        best = max(
            groups, key=lambda group: (_agreeing(name, group, about.get(name, ()), settled), len(group))
        )
        others = [statement for group in groups if group is not best for statement in group]
        settled[name] = figure(name, best, others)
    return settled


def _agreeing(
    name: Variable,
    group: Sequence[Statement],
    about: Sequence[Constraint],
    figures: Mapping[Variable, Figure],
) -> int:
    one = figure(name, group)
    return sum(
        constraint.holds(lambda other: one.interval if other == name else figures[other].interval)
        for constraint in about
    )


def _translated(
    ties: Iterable[Tie], statements: Sequence[Statement], groups: Mapping[Variable, Sequence[Statement]]
) -> Iterator[Tie]:
    """The report's own ties over variables, those left out that speak of a figure that takes no part."""
    names = {statement.id: variable_of(statement) for statement in statements}
    for tie in ties:
        used = [names.get(name, name) for name in tie.variables]
        if all(name in groups for name in used) and len(set(used)) == len(used):
            yield replace(
                tie,
                terms=tuple((factor, names.get(name, name)) for factor, name in tie.terms),
                ratio=names.get(tie.ratio, tie.ratio) if tie.ratio else None,
            )


def _lesser(
    found: Sequence[Constraint],
    verdicts: Mapping[int, Verdict],
    figures: Mapping[Variable, Figure],
    blamed: Collection[Variable],
) -> Iterator[Remark]:
    """Rounding and tails at figures that nothing graver was said of.

    One remark for each figure that was computed; the same sum off in the same way in several tables is one.
    """
    told: dict[tuple[Verdict, str], Remark] = {}
    for constraint in found:
        kind = verdicts[id(constraint)]
        if kind in (Verdict.ROUNDING, Verdict.TAIL) and set(blamed).isdisjoint(constraint.variables):
            remark = remark_of_constraint(constraint, kind, figures)
            lead = constraint.tie.ratio or constraint.tie.terms[0][1]
            key = (kind, remark.arithmetic if kind is Verdict.TAIL else lead)
            told[key] = joined(told[key], remark) if key in told else remark
    yield from told.values()


def _status(statements: Sequence[Statement], told: Sequence[Remark], verified: set[str]) -> dict[str, str]:
    status = {each.id: "verified" if each.id in verified else "unverified" for each in statements}
    for remark in told:
        if remark.severity == "error":
            wrong = {repair.statement for repair in (change for each in remark.repairs for change in each)}
            status.update(dict.fromkeys(wrong or remark.statements[:1], "contradicted"))
    return status
