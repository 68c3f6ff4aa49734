"""Frozen evaluations (自评存档): what was reached the year before, the newest of each goals."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.records.models import Entity, Evaluation, Goals


def newest(goals: Goals) -> Evaluation | None:
    """The last evaluation submitted."""
    return goals.evaluations.order_by("number").last()


def reached_in(entity: Entity, year: int, project: str = "") -> dict[str, Fraction]:
    """What each measured indicator reached in a year, by its name, from the frozen evaluation of the same goals."""
    own = Evaluation.objects.filter(goals__entity=entity, goals__year=year)
    own = own.filter(goals__project__code=project) if project else own.filter(goals__project=None)
    last = own.order_by("number").last()
    rows = last.content["rows"] if last else ()
    return {row["indicator"]: Fraction(row["actual"]) for row in rows if row["actual"] is not None}
