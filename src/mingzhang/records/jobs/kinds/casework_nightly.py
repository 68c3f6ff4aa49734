"""The nightly work of casework (业务每夜处理), asked for by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.casework.nightly import STAGES, run
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job, User
from mingzhang.records.policy import Access, Action

MOST_TOLD = 50
"""Damaged files that the job's result names at most."""


class CaseworkNightlyKind(JobKind):
    """Automatic steps, calendar and deadlines, stuck records, heads on the trail; done again it changes nothing more."""

    name = "casework_nightly"
    chinese = "业务每夜处理"
    action = Action.ADMINISTER

    def refusal(self, owner: User | None, entity: Entity | None) -> Problem | None:
        """It touches every line, so the administration of everything is asked for."""
        if owner is not None and may_everywhere(Access(owner), Action.ADMINISTER):
            return None
        return Problem("not_allowed", "每夜处理涉及全部业务", self.chinese, "请系统管理员办理。")

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """Nothing is asked for."""
        return []

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Do the night's work; what it did, in numbers."""
        night = run(tell=lambda stage: pulse.tell(stage, STAGES.index(stage), len(STAGES)))
        return {
            "taken": night.taken,
            "days": night.days,
            "moved": night.moved,
            "anchored": night.anchored,
            "stuck": dict(night.stuck),
            "damaged": [problem.in_chinese() for problem in night.damaged[:MOST_TOLD]],
        }
