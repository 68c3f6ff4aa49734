"""Take a register's file into casework (台账导入), row by row: good rows enter, bad rows wait; or all or none.

Each row has its own key, so an attempt that was broken off is gone on with, and nothing enters twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.imports import digest_of, entered_since, take_in
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.jobs.failures import stopped
from mingzhang.records.jobs.folders import uploads
from mingzhang.records.jobs.kind import JobKind, NotDoneError, needs_files
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job, User
from mingzhang.records.policy import Action

_TOLD = 50


class CaseworkImportKind(JobKind):
    """Import the one file as records of `line` and `kind` by its `mapping` (header → path); `action`, `all_or_nothing`, `name` as asked."""

    name = "casework_import"
    chinese = "台账导入"
    action = Action.CASEWORK_WORK

    def refusal(self, owner: User | None, entity: Entity | None) -> Problem | None:
        """Who registers in some line may ask; whether in this one, the import itself looks when it runs."""
        access = CaseAccess(owner) if owner is not None else None
        if access is not None and any(access.may(line.id, "W") for line in access.lines()):
            return None
        return Problem("not_allowed", "您的岗位不能登记业务", self.chinese, "请由有登记权限的人员导入。")

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """One file, and a kind that there is."""
        problems = needs_files(payload, 1, 1)
        line = all_lines().get(payload["line"])
        if line is None or payload["kind"] not in line.kinds:
            what = f"没有“{payload['kind']}”这种登记"
            problems.append(Problem("E-REF", what, self.chinese, "从列表中选择登记的种类。"))
        return problems

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Take it in; how many rows entered and wait. Raises NotDoneError where it was refused, with how many problems there are."""
        payload = job.payload
        assert job.owner is not None
        try:
            batch = take_in(
                job.owner,
                f"{payload['line']}.{payload['kind']}",
                uploads(job) / payload["files"][0],
                payload["mapping"],
                payload["all_or_nothing"],
                name=payload["name"],
                action=payload["action"],
                since=job.created_at,
                tell=pulse.tell,
            )
        except RefusedError as refused:
            count = len(refused.problems)
            raise NotDoneError(refused.problems[:_TOLD], {"problem_count": count}) from refused
        return {
            "batch": batch.pk,
            "rows": batch.rows,
            "accepted": batch.accepted,
            "unchanged": batch.unchanged,
            "rejected": batch.rejected,
            "before": batch.at < job.created_at,
        }

    def stopped(self, job: Job) -> Problem:
        """Rows that had entered stay; the same file again goes on with the others."""
        path = uploads(job) / job.payload["files"][0]
        entered = entered_since(digest_of(path), job.created_at) if path.is_file() else 0
        if not entered:
            return stopped(job)
        what = f"已按要求停止，此前{entered}行已进入登记，其余没有导入"
        remedy = "要继续时重新上传同一个文件，已进入的不会重复；不该进入的，逐件更正。"
        return Problem("cancelled", what, job.title, remedy, "notice")
