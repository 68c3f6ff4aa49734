"""Frozen evaluations (自评存档): freezing one, the newest of each goals, what was reached the year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.compose.self_evaluation import Money, Sheet
from mingzhang.compose.self_evaluation_report import Words
from mingzhang.performance.form import Evaluation as Evaluated
from mingzhang.performance.form import Row
from mingzhang.performance.indicator import Indicator, target_of
from mingzhang.performance.scoring import Actual, Score
from mingzhang.records.models import Commitment, Entity, Evaluation, Goals
from mingzhang.records.performance.evaluating import SelfEvaluation, sheet_of
from mingzhang.records.performance.work import works_of
from mingzhang.records.trail import canonical, content, record, sm3


@dataclass(frozen=True, slots=True)
class Promised:
    """A problem found, by when it is solved, and what of it next year's goals and budget can be held to."""

    problem: str = ""
    due: date | None = None
    replaces: str = ""
    budget_at_most_fen: int | None = None


def freeze(
    evaluation: SelfEvaluation,
    filled_on: date,
    *,
    restated_because: str = "",
    promise: Promised | None = None,
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
    if promise is not None and promise.problem:
        promised = Commitment.objects.create(
            goals=goals,
            problem=promise.problem[:300],
            measure=evaluation.measures[:300],
            due=promise.due,
            replaces=promise.replaces,
            budget_at_most_fen=promise.budget_at_most_fen,
        )
        record("performance", "承诺改进", str(promised), entity=entity, of=promised, after=content(promised))
    return row


def frozen_sheet(evaluation: Evaluation) -> Sheet:
    """The form of a frozen evaluation, from what was kept alone: nothing that happened since moves it."""
    kept, goals = evaluation.content, evaluation.goals
    rows = tuple(
        Row(
            Indicator(
                row["indicator"],
                (row["levels"][0], row["levels"][1]),
                target_of(row["target"]),
                Fraction(row["weight"]),
            ),
            Actual(
                None if row["actual"] is None else Fraction(row["actual"]), row["level"], None, row["words"]
            ),
            Score(Fraction(row["points"]), row["formula"], row["reached"]),
            row["reason"],
        )
        for row in kept["rows"]
    )
    evaluated = Evaluated(
        scoring_forms()[kept["form"]],
        Fraction(kept["budget"]),
        Fraction(kept["executed"]),
        Score(Fraction(kept["execution"]), "", True),
        rows,
    )
    funds = tuple(Money(name, *map(Fraction, amounts), cell) for name, *amounts, cell in kept["funds"])
    return sheet_of(
        goals,
        evaluated,
        kept["blocks"],
        funds,
        kept["reasons"],
        kept["measures"],
        evaluation.filled_on,
        works_of(kept.get("works", ())),
    )


def frozen_words(evaluation: Evaluation) -> Words:
    """What people wrote beside a frozen evaluation, and where each value came from."""
    return Words(
        problems="；".join(each.problem for each in evaluation.goals.commitments.all()),
        sources={row["indicator"]: row["source"] for row in evaluation.content["rows"]},
    )


def frozen_of(entity: Entity, year: int) -> list[Evaluation]:
    """The newest evaluation of an entity's whole and of each first-level project for a year, the whole first.

    Sub-projects stand within theirs; secret projects are not shown.
    """
    goals = (
        Goals.objects.filter(entity=entity, year=year, project__parent=None)
        .exclude(project__secret=True)
        .select_related("entity", "project")
    )
    found = (newest(each) for each in goals.order_by("project__code"))
    kept = [each for each in found if each is not None]
    return sorted(
        kept,
        key=lambda each: (
            each.goals.project is not None,
            each.goals.project.code if each.goals.project else "",
        ),
    )


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
