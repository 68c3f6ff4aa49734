"""Approve what takes long (后台审批): approved at once, done by a job."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from mingzhang.records.jobs.starting import start
from mingzhang.records.models import Job, Proposal, User
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import LongKind, RefusedError


def approve_by_job(user: User, proposal: Proposal, version: int) -> Job:
    """Approve a proposal and have it done; the same approval again is the same job. Raises RefusedError."""
    return _by_job(flow.approve, user, proposal, version)


def retry_by_job(user: User, proposal: Proposal, version: int) -> Job:
    """Have what was approved done by another job, since the one before did not succeed. Raises RefusedError."""
    return _by_job(flow.retry, user, proposal, version)


def _by_job(
    step: Callable[[User, Proposal, int], Proposal], user: User, proposal: Proposal, version: int
) -> Job:
    """Step and job come into being together; asked again by the same person over the same version they are found."""
    of = flow.kind_of(proposal)
    assert isinstance(of, LongKind)
    key = f"{user.pk}-{version}-{proposal.key}"[:64]
    try:
        with transaction.atomic():
            row = step(user, proposal, version)
            payload = {"proposal": row.pk, "version": row.version}
            return start(of.job, user, row.entity, payload, key, row.title)
    except RefusedError:
        known = Job.objects.filter(key=key, kind=of.job, owner=user).first()
        if known is None:
            raise
        return known
