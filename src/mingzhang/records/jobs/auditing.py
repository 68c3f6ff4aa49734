"""Audits of uploaded files, from the side of the job: the child is asked, the folder of what it kept is settled."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mingzhang.audit.accepted import as_text
from mingzhang.audit.result import Audit
from mingzhang.documents import Problem
from mingzhang.isolation import Worker
from mingzhang.records.acceptances import acceptances_of
from mingzhang.records.jobs.audit_child import keep
from mingzhang.records.jobs.folders import audits, settle, staging, staging_of, uploads
from mingzhang.records.models import Job

CHILD = "mingzhang.records.jobs.audit_child:audit_into"

log = logging.getLogger("mingzhang.jobs")


@contextmanager
def kept_audits(job: Job) -> Iterator[Path]:
    """A folder to audit into, which becomes `audits/<job>` when all went well."""
    with staging(staging_of(job)) as made:
        yield made
        settle(made, audits(job))


def audit_in_child(
    worker: Worker,
    job: Job,
    names: Sequence[str],
    folders: Sequence[Path],
    options: Mapping[str, str] | None = None,
) -> list[dict[str, Any]] | Problem:
    """The summaries of these uploaded files, each kept in its folder; a problem where the child did not get that far."""
    asked = {
        "uploads": str(uploads(job)),
        "names": list(names),
        "folders": list(map(str, folders)),
        "prior": "",
        "against": "",
        "accepted": "",
        "known": as_text(acceptances_of(job.entity)),
        **(options or {}),
    }
    answer = worker.run(asked, "、".join(names))
    if not isinstance(answer, Problem):
        found: list[dict[str, Any]] = answer["told"]
        return found
    if worker.trace:
        log.warning("job %s: the audit failed\n%s", job.pk, worker.trace)
    return answer


def refused(name: str, problem: Problem, folder: Path) -> dict[str, Any]:
    """The summary of a file whose audit did not come to its end, kept like that of any other."""
    return keep(Audit(name, problem), folder)
