"""A reading: what a report says, as statements, claims and ties, with everything that was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mingzhang.documents import Document, Problem
from mingzhang.facts import Claim, Statement, Tie


@dataclass(frozen=True)
class Reading:
    """One report read. `ties` are those that its own words and rows state; the structure's follow from coordinates.

    `blank_rows` are coordinates of table rows (in the “三公” table, of cells) that stand in print without a figure. `empty_forms` are names of
    the edition's tables that are printed without any figure, `unreadable_forms` those of which only a caption or
    heading could be read, as where the table is a picture.
    """

    document: Document
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    ties: tuple[Tie, ...] = ()
    blank_rows: frozenset[str] = frozenset()
    empty_forms: frozenset[str] = frozenset()
    unreadable_forms: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = field(default=(), repr=False)

    @property
    def partial_contexts(self) -> frozenset[str]:
        """Titles of the tables that were not read in full."""
        return frozenset(problem.where for problem in self.problems if problem.where)


def renumbered(reading: Reading) -> Reading:
    """The same reading with its statements numbered f1, f2, … and its ties and claims following."""
    names = {statement.id: f"f{number}" for number, statement in enumerate(reading.statements, 1)}
    return replace(
        reading,
        statements=tuple(replace(each, id=names[each.id]) for each in reading.statements),
        ties=tuple(
            replace(
                tie,
                terms=tuple((factor, names.get(variable, variable)) for factor, variable in tie.terms),
                ratio=names.get(tie.ratio, tie.ratio) if tie.ratio else None,
            )
            for tie in reading.ties
        ),
        claims=tuple(
            replace(
                claim,
                own=names.get(claim.own, claim.own) if claim.own else None,
                other=names.get(claim.other, claim.other) if claim.other else None,
            )
            for claim in reading.claims
        ),
    )
