"""Approve the close of a month or a year (结账). Approved once, it is done: doing it again finds it done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Job, Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals.flow import approve


class CloseKind(JobKind):
    """Approve `proposal`, the key of a close, in the `version` that its approver saw."""

    name = "close"
    chinese = "结账"
    action = Action.APPROVE_CLOSE

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """The proposal is there, and is a close."""
        if Proposal.objects.filter(pk=payload.get("proposal"), kind="close").exists():
            return []
        return [Problem("unknown_proposal", "没有这件结账事项", self.chinese, "刷新页面，从待办里重新打开。")]

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Approve it as the owner, in one transaction; told from the approval of somebody else by who approved."""
        owner = job.owner
        assert owner is not None
        pulse.tell("结账")
        proposal = Proposal.objects.get(pk=job.payload["proposal"], kind="close")
        done_before = proposal.state == Proposal.State.DONE and proposal.approved_by_id == owner.pk
        done = proposal if done_before else approve(owner, proposal, int(job.payload["version"]))
        return {"proposal": done.pk, **done.result}
