"""Audit many uploaded reports (批量审核), each alone or all of one body held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation import Limits, Worker
from mingzhang.records.jobs.auditing import CHILD, audit_in_child, kept_audits, refused
from mingzhang.records.jobs.kind import JobKind, needs_files
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job, User
from mingzhang.records.policy import Access, Action

_MOST_FILES = 500
_MOST_TIMES = 10
"""Reports audited together may take so many times as long as one."""


class AuditManyKind(JobKind):
    """Audit every file; with `together` they are reports of one body. File n is kept in `audits/<job>/<n>`."""

    name = "audit_many"
    chinese = "批量审核"
    action = Action.AUDIT

    def refusal(self, owner: User | None, entity: Entity | None) -> Problem | None:
        """Reports are public, so whoever may audit anywhere may audit them, and so may the public."""
        if owner is None or (entity is None and Access(owner).may_anywhere(Action.AUDIT)):
            return None
        return super().refusal(owner, entity)

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """Files; two or more to be held together."""
        return needs_files(payload, 2 if payload.get("together") else 1, _MOST_FILES)

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Audit them, with progress; a file that cannot be read is told of, the others go on."""
        names: list[str] = job.payload["files"]
        undone: Problem | None = None
        with kept_audits(job) as folder:
            folders = [folder / str(number) for number in range(1, len(names) + 1)]
            if job.payload.get("together"):
                answer = _together(job, pulse, names, folders)
                if not isinstance(answer, Problem):
                    return {"audits": answer, "undone": None}
                what = f"未能把各份报告一起核对，下面是逐份核对的结果：{answer.what}"
                undone = replace(answer, what=what, severity="warning")
            told = alone(job, pulse, names, folders)
        return {"audits": told, "undone": asdict(undone) if undone else None}


def _together(
    job: Job, pulse: Pulse, names: list[str], folders: list[Path]
) -> list[dict[str, Any]] | Problem:
    pulse.tell("互相核对", 0, len(names))
    limits = Limits(seconds=Limits().seconds * min(len(names), _MOST_TIMES))
    with Worker(CHILD, limits, watch=pulse.check) as worker:
        answer = audit_in_child(worker, job, names, folders)
    pulse.tell("互相核对", len(names), len(names))
    return answer


def alone(job: Job, pulse: Pulse, names: list[str], folders: list[Path]) -> list[dict[str, Any]]:
    """The summaries of uploaded files, audited one after the other, each kept in its folder."""
    told: list[dict[str, Any]] = []
    with Worker(CHILD, watch=pulse.check) as worker:
        for number, (name, folder) in enumerate(zip(names, folders, strict=True)):
            pulse.tell(f"审核 {name}", number, len(names))
            answer = audit_in_child(worker, job, [name], [folder])
            told += [refused(name, answer, folder)] if isinstance(answer, Problem) else answer
    pulse.tell("审核", len(names), len(names))
    return told
