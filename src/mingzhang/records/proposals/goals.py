"""Goals waiting to be approved (绩效目标申报): their indicators enter together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, Goals, Project, Proposal
from mingzhang.records.organisation import Organisation
from mingzhang.records.performance.evaluations import reached_in
from mingzhang.records.performance.goals import FIELDS, goal_problems, payload_of, write_goals
from mingzhang.records.performance.promises import goals_problems
from mingzhang.records.points import books_vocabulary
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError, ShortKind
from mingzhang.records.proposals.shape import Flag, Listing, Record, Text, Whole


class GoalsKind(ShortKind):
    """Approve the goals of `project` (blank: the whole): `form`, `overall` and `indicators`."""

    name = "goals"
    chinese = "绩效目标"
    prepare = Action.PREPARE_PERFORMANCE
    review = Action.REVIEW_PERFORMANCE
    approve = Action.APPROVE_PERFORMANCE
    shape = Record(
        {
            "project": Text(60),
            "form": Text(30),
            "overall": Text(2_000),
            "indicators": Listing(
                Record(
                    {
                        **{name: Text(300) for name in (*FIELDS, "weight", "block_words")},
                        "block": Whole(1, 20),
                        "relative": Flag(),
                        "cumulative": Flag(),
                    },
                    open=True,
                )
            ),
        },
        open=True,
    )

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """Form, weights, levels, targets, metrics, and last year's results; nothing changes once evaluated."""
        where = f"{entity.name}{year}年度绩效目标"
        code = str(payload.get("project") or "")
        if code and not _project(entity, code):
            return [Problem("unknown_project", f"没有代码为“{code}”的项目", where, "从本单位的项目中选择。")]
        known = _known(entity, year, code)
        if known is not None and known.evaluations.exists():
            return [
                Problem(
                    "already_evaluated", "已经提交自评，目标不能再改", where, "需要更正时重新自评，写明原因。"
                )
            ]
        organisation = Organisation()
        vocabulary = books_vocabulary(organisation, organisation.named(entity.department().code), [year])
        before: dict[str, Fraction] = reached_in(entity, year - 1, code)
        promised = goals_problems(entity, year, code, payload.get("indicators") or (), where)
        return [*goal_problems(payload, where, vocabulary, before), *promised]

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Whose goals."""
        project = _project(entity, str(payload.get("project") or ""))
        return f"{year}年度{project.name if project else '整体'}绩效目标"

    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Enter them; goals approved before in the year are marked as changed."""
        payload, entity, year = proposal.payload, proposal.entity, proposal.year
        code = str(payload.get("project") or "")
        goals = _known(entity, year, code)
        before = payload_of(goals) if goals else None
        if goals is None:
            project = _project(entity, code)
            if code and project is None:
                raise RefusedError(
                    Problem(
                        "unknown_project", f"没有代码为“{code}”的项目", entity.name, "从本单位的项目中选择。"
                    )
                )
            goals = Goals(entity=entity, year=year, project=project, version=0)
        goals.changed_in_year = before is not None
        goals.form, goals.overall = payload["form"], str(payload.get("overall") or "")
        goals.approved_on, goals.version = timezone.localdate(), goals.version + 1
        goals.save()
        write_goals(goals, payload["indicators"], before)
        return {"goals": goals.pk}


def _known(entity: Entity, year: int, code: str) -> Goals | None:
    own = Goals.objects.filter(entity=entity, year=year)
    return (own.filter(project__code=code) if code else own.filter(project=None)).first()


def _project(entity: Entity, code: str) -> Project | None:
    """A project of the entity or of the units under it."""
    return Project.objects.filter(code=code, entity__in=entity.below()).first() if code else None
