"""Audit one uploaded report (审核) in a child process that may be killed; what it finds is kept as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation import Worker
from mingzhang.records.jobs.auditing import CHILD, audit_in_child, kept_audits, refused
from mingzhang.records.jobs.kind import JobKind, NotDoneError, needs_files
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Job

_MOST_FILES = 4
_OPTIONS = ("prior", "against", "accepted")


class AuditKind(JobKind):
    """Audit the first file; `prior`, `against` and `accepted` are names of files among those uploaded.

    They are last year's report, the former draft, the file of accepted findings.
    """

    name = "audit"
    chinese = "审核"
    action = None

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """A report, and no comparison with a file that is not there."""
        problems = needs_files(payload, 1, _MOST_FILES)
        for option in _OPTIONS:
            if payload.get(option) and payload[option] not in payload["files"][1:]:
                remedy = "把要对照的文件一起上传。"
                problems.append(Problem("file_missing", "没有对照的文件", str(payload[option]), remedy))
        return problems

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Audit it; the finished audit stands in `audits/<job>/audit.json`, with its review, pictures and files."""
        payload = job.payload
        report = payload["files"][0]
        pulse.tell("审核", 0, 1)
        with kept_audits(job) as folder, Worker(CHILD, watch=pulse.check) as worker:
            answer = audit_in_child(
                worker, job, [report], [folder], {name: payload.get(name) or "" for name in _OPTIONS}
            )
            told = refused(report, answer, folder) if isinstance(answer, Problem) else answer[0]
        if told["problem"]:
            raise NotDoneError([Problem(**told["problem"])], told)
        pulse.tell("审核", 1, 1)
        return told
