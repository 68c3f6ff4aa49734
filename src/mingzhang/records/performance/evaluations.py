"""Frozen evaluations (自评存档): freezing one, the newest of each goals, what was reached the year before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from mingzhang.records.models import Commitment, Entity, Evaluation, Goals
from mingzhang.records.performance.evaluating import SelfEvaluation
from mingzhang.records.trail import canonical, content, record, sm3


def freeze(
    evaluation: SelfEvaluation, filled_on: date, *, restated_because: str = "", problem: str = ""
) -> Evaluation:
    """Keep an evaluation for good, beside those before; a problem it found is carried over until its measure is done."""
    goals, frozen = evaluation.goals, evaluation.content()
    last = newest(goals)
    row = Evaluation.objects.create(
        goals=goals,
        number=last.number + 1 if last else 1,
        filled_on=filled_on,
        total=Decimal(int(evaluation.evaluated.total * 100)) / 100,
        grade=evaluation.evaluated.grade,
        content=frozen,
        sm3=sm3(canonical(frozen)),
        reason=restated_because[:300],
    )
    entity = goals.entity
    record("performance", "提交自评", str(row), entity=entity, of=row, after=content(row), reason=row.reason)
    if problem.strip():
        promised = Commitment.objects.create(
            goals=goals, problem=problem.strip()[:300], measure=evaluation.measures[:300]
        )
        record("performance", "承诺改进", str(promised), entity=entity, of=promised, after=content(promised))
    return row


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
