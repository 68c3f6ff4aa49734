"""Audit the reports of a district's departments (全区核对): what each has published, the draft of who has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.district.reports import report_of
from mingzhang.records.jobs.auditing import kept_audits
from mingzhang.records.jobs.folders import uploads
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.kinds.audit_many import alone
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job
from mingzhang.records.policy import Access, Action


class AuditDistrictKind(JobKind):
    """Audit every department of `departments` (codes) for `year`; the n-th report is kept in `audits/<job>/<n>`."""

    name = "audit_district"
    chinese = "全区核对"
    action = Action.OVERSEE

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """Departments and a year."""
        if payload.get("departments") and isinstance(payload.get("year"), int):
            return ()
        what = "没有要核对的部门"
        return [Problem("nobody_to_audit", what, self.chinese, "选择有决算收支数的年度和部门。")]

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Put the reports down, then audit them; a department that has none is told of in `left_out`."""
        assert job.owner is not None
        wanted = set(job.payload["departments"])
        overseen = Access(job.owner).entities(Action.OVERSEE)
        departments = [entity for entity in overseen if entity.code in wanted]
        names, left_out = _put_down(job, departments, uploads(job), pulse)
        with kept_audits(job) as folder:
            folders = [folder / str(number) for number in range(1, len(names) + 1)]
            told = alone(job, pulse, names, folders) if names else []
        return {"audits": told, "undone": None, "left_out": left_out}


def _put_down(
    job: Job, departments: Sequence[Entity], folder: Path, pulse: Pulse
) -> tuple[list[str], list[str]]:
    """Names of the files written, and of the departments without a report."""
    folder.mkdir(parents=True, exist_ok=True)
    names, left_out = [], []
    for number, department in enumerate(departments):
        pulse.tell(f"取出 {department.short_name or department.name}的报告", number, len(departments))
        report = report_of(department, job.payload["year"])
        if report is None:
            left_out.append(department.name)
            continue
        name, content = report
        (folder / name).write_bytes(content)
        names.append(name)
    return names, left_out
