"""Reports of one body side by side: what one prints meets what another prints, or says of another year.

A report of this year and one of last year meet in last year's figures: this one's are implied by its changes and
growths. A budget and final accounts meet in the initial budget; a department and its units in sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingzhang.audit.examine import examine
from mingzhang.audit.kindred import Report, carried_over, sums_of_units
from mingzhang.audit.remark import Remark, Repair
from mingzhang.audit.remarks import joined
from mingzhang.audit.result import Audit
from mingzhang.facts import ACTUAL, INITIAL_BUDGET, Statement, Verdict, Vocabulary

_RESTATED = "；上年数如经追溯调整或口径调整，应在说明中写明"
_SEP = "#"
"""Between a report's label and the id of its statement."""
_BASIS = "同一部门的各份报告口径一致"


@dataclass(frozen=True)
class Meeting:
    """What the reports say of each other, told at the first report of those concerned.

    Statements of another report have ids `label#id`; `foreign` holds them.
    """

    remarks: tuple[tuple[Remark, ...], ...]
    verified: tuple[frozenset[str], ...]
    foreign: dict[str, Statement]


def side_by_side(reports: Sequence[Report], vocabulary: Vocabulary) -> Meeting:
    """Examine all figures of known subjects together; only what concerns more than one report is told.

    Last digits that differ between reports are not: each rounds its own figures.
    """
    own: dict[str, tuple[int, Statement]] = {}
    everything: list[Statement] = []
    for place, report in enumerate(reports):
        for statement in report.statements:
            if not statement.local:
                one = replace(_told_of(report, statement, place), id=f"{report.label}{_SEP}{statement.id}")
                own[one.id] = place, statement
                everything.append(one)
    partial = {
        _context(report, context, place)
        for place, report in enumerate(reports)
        for context in report.partial_contexts
    }
    ties = [*sums_of_units(reports, everything), *carried_over(everything)]
    seen = examine(everything, vocabulary, ties, partial_contexts=partial)
    told: list[list[Remark]] = [[] for _ in reports]
    for remark in seen.remarks:
        concerned = {own[each][0] for each in remark.statements}
        if len(concerned) > 1 and remark.verdict is not Verdict.TAIL:
            first = min(concerned)
            years = {reports[place].year for place in concerned}
            told[first].append(_at(first, remark, own, reports, several_years=len(years) > 1))
    verified = [
        frozenset(
            statement.id
            for name, (where, statement) in own.items()
            if where == place and seen.status[name] == "verified"
        )
        for place in range(len(reports))
    ]
    foreign = {each.id: replace(own[each.id][1], id=each.id, label=each.label) for each in everything}
    return Meeting(tuple(tuple(_once(each)) for each in told), tuple(verified), foreign)


def told_beside(audit: Audit, meeting: Meeting, place: int) -> Audit:
    """The report's own audit with what the others contradict in it and what they verify.

    Where the report contradicts itself already at the figure, the others are not heard as well.
    """
    status = dict(audit.status or {})
    own = {each.id for each in audit.statements}
    wrong = {name for name, state in status.items() if state == "contradicted"}
    remarks = [each for each in meeting.remarks[place] if wrong.isdisjoint(each.statements)]
    for remark in remarks:
        if remark.severity == "error":
            blamed = {change.statement for repair in remark.repairs for change in repair} & own
            status.update(dict.fromkeys(blamed or set(remark.statements[:1]) & own, "contradicted"))
    for name in meeting.verified[place]:
        if status.get(name) == "unverified":
            status[name] = "verified"
    return replace(
        audit, remarks=(*audit.remarks, *remarks), status=status, foreign={**audit.foreign, **meeting.foreign}
    )


def _told_of(report: Report, statement: Statement, place: int) -> Statement:
    """The statement as messages name it beside other reports, a budget's figures as budgets."""
    at = statement.coordinate
    if report.budget and at.measure == ACTUAL and at.period == str(report.year):
        statement = replace(statement, fact=replace(statement.fact, coordinate=at.measured(INITIAL_BUDGET)))
    if statement.source == "table":
        return replace(statement, context=_context(report, statement.context, place))
    return replace(statement, label=f"{_called(report, place)}{statement.label}")


def _context(report: Report, context: str, place: int) -> str:
    return f"{_called(report, place)}{context}"


def _called(report: Report, place: int) -> str:
    if place == 0:
        return ""
    return f"《{report.label}》"


def _once(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Remarks on the same figures of other reports as one: change and growth both tell of last year's figure."""
    first: dict[frozenset[str], Remark] = {}
    for remark in remarks:
        others = frozenset(name for name in remark.statements if _SEP in name)
        first[others] = joined(first[others], remark) if others in first else remark
    yield from first.values()


def _at(
    first: int,
    remark: Remark,
    own: dict[str, tuple[int, Statement]],
    reports: Sequence[Report],
    *,
    several_years: bool,
) -> Remark:
    """The remark as the first report tells it: its own figures by their own ids, only its own places."""

    def here(name: str) -> str:
        place, statement = own[name]
        return statement.id if place == first else name

    # The first report's own figures stand first: what is told has to be found in it.
    ordered = sorted(remark.statements, key=lambda name: own[name][0] != first)
    places = dict.fromkeys(
        place for name in ordered if own[name][0] == first for place in own[name][1].places
    )
    grave = remark.severity == "error" and several_years
    return replace(
        remark,
        severity="warning" if grave else remark.severity,
        message=f"{remark.message}（{'、'.join(_origins(first, ordered, own, reports))}）"
        + (_RESTATED if several_years else ""),
        statements=tuple(map(here, ordered)),
        places=tuple(places),
        repairs=tuple(
            tuple(Repair(here(each.statement), each.value) for each in repair) for repair in remark.repairs
        ),
        basis=remark.basis or _BASIS,
    )


def _origins(
    first: int, names: Sequence[str], own: dict[str, tuple[int, Statement]], reports: Sequence[Report]
) -> Iterator[str]:
    """Which of the figures stand in which other report."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, statement in map(own.__getitem__, names):
        if place != first:
            found[reports[place].label].append(statement.shown)
    for label, figures in found.items():
        yield f"{'、'.join(dict.fromkeys(figures))}见《{label}》"
