"""Approve what takes long (后台审批): checked at once, done by a job of the proposal's kind."""

from __future__ import annotations

from mingzhang.records.jobs.starting import start
from mingzhang.records.models import Job, Proposal, User
from mingzhang.records.proposals import flow


def approve_by_job(user: User, proposal: Proposal, version: int) -> Job:
    """Have a proposal approved and done by a job; the same approval again is that job. Raises RefusedError."""
    flow.check_approval(user, proposal, version)
    return start(
        flow.kind_of(proposal).name,
        user,
        proposal.entity,
        {"proposal": proposal.pk, "version": version},
        f"{user.pk}-{version}-{proposal.key}"[:64],
        proposal.title,
    )
