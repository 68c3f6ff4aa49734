"""Verify the whole books against their trail (全面核验)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.jobs.kind import JobKind, NotDoneError
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job, User
from mingzhang.records.policy import Access, Action
from mingzhang.records.verifying import STAGES, verify_books

_TOLD = 200


class VerifyKind(JobKind):
    """Prove every chain, voucher, row, publication and anchor; what differs is told, and the job counts as failed."""

    name = "verify"
    chinese = "核验账簿"
    action = Action.VIEW_TRAIL

    def refusal(self, owner: User | None, entity: Entity | None) -> Problem | None:
        """It reads everything, so the right to look at every trail is asked for."""
        if owner is not None and may_everywhere(Access(owner), Action.VIEW_TRAIL):
            return None
        return Problem(
            "not_allowed", "核验读取全部单位的账簿", self.chinese, "请能查看全部单位留痕的人办理。"
        )

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """Nothing is asked for."""
        return []

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Verify; reading alone, it may be done any number of times."""
        proved: Counter[str] = Counter()
        stages = list(STAGES)

        def tell(stage: str) -> None:
            pulse.tell(stage, stages.index(stage), len(stages))

        found = verify_books(proved, tell)
        told = list(islice(found, _TOLD))
        more = sum(1 for _ in found)
        result = {"proved": dict(proved), "differing": len(told) + more}
        if told:
            raise NotDoneError(told, result)
        return result
