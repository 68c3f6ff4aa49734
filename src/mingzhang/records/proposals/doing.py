"""The job that does what was approved (办理): the newest one of a proposal, and whether it is under way."""

from __future__ import annotations

from mingzhang.records.models import Job, Proposal
from mingzhang.records.proposals.kind import LongKind
from mingzhang.records.proposals.kinds import KINDS


def job_of(proposal: Proposal) -> Job | None:
    """The newest job that was to do this proposal; None where none was started, or none is needed."""
    of = KINDS[proposal.kind]
    if not isinstance(of, LongKind):
        return None
    started = Job.objects.filter(kind=of.job, entity=proposal.entity_id, payload__proposal=proposal.pk)
    return started.order_by("-pk").first()


def is_being_done(proposal: Proposal) -> bool:
    """Whether a job waits or runs that will do it."""
    job = job_of(proposal)
    return job is not None and not job.has_ended
