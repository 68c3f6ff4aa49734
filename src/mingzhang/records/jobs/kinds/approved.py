"""Do what was approved (办理已审批的事项): a close, a publication. Done once it is done: doing it again finds it done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.jobs.folders import staging_of
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Job, Proposal
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import LongKind


class ApprovedKind(JobKind):
    """Do `proposal`, the key of one of a long kind, in the `version` that was approved."""

    def __init__(self, of: LongKind) -> None:
        self.proposals = of.name
        self.name, self.chinese, self.action = of.job, of.chinese, of.approve

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """The proposal is there, is of this kind, and the version is stated."""
        known = Proposal.objects.filter(pk=payload.get("proposal"), kind=self.proposals)
        if isinstance(payload.get("version"), int) and known.exists():
            return []
        what = f"没有这件{self.chinese}事项"
        return [Problem("unknown_proposal", what, self.chinese, "刷新页面，从待办里重新打开。")]

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Do it; what came of it."""
        proposal = Proposal.objects.select_related("entity").get(pk=job.payload["proposal"])
        done = flow.carry_out(proposal, job.payload["version"], staging_of(job), pulse.tell)
        return {"proposal": done.pk, **done.result}
