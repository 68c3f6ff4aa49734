"""Take an uploaded file into the books (导入). The same file again changes nothing, so it may be done again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.problem_report import write_problems
from mingzhang.records.imports.problems import RowProblem, Trouble
from mingzhang.records.imports.reading import isolated
from mingzhang.records.imports.run import Report, import_file
from mingzhang.records.imports.statements import STATEMENT_KINDS
from mingzhang.records.jobs.folders import staging, staging_of, uploads
from mingzhang.records.jobs.kind import JobKind, NotDoneError, needs_files
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Job
from mingzhang.records.policy import Access, Action

_SHOWN = 500
_TOLD = 20
PROBLEMS_FILE = "problems.xlsx"
"""The list of all problems, beside the uploaded file."""


class ImportFileKind(JobKind):
    """Import the one file; `kind`, `year`, `mapping`, `edition` as far as known, `dry_run` to check it only."""

    name = "import_file"
    chinese = "导入"
    action = Action.IMPORT

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """One file, and a kind that can be imported."""
        problems = needs_files(payload, 1, 1)
        kind = payload.get("kind")
        if kind and kind not in KINDS and kind not in STATEMENT_KINDS:
            known = "、".join([*KINDS, *STATEMENT_KINDS])
            problems.append(
                Problem("unknown_kind", f"没有“{kind}”这种导入", self.chinese, f"可选：{known}。")
            )
        return problems

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Import it; the report row by row. Raises NotDoneError where it was refused, with the same report."""
        payload, owner, entity = job.payload, job.owner, job.entity
        assert owner is not None
        assert entity is not None
        with staging(staging_of(job)) as folder:
            report = import_file(
                uploads(job) / payload["files"][0],
                payload.get("kind") or None,
                entity=entity,
                year=payload.get("year"),
                mapping=payload.get("mapping") or {},
                edition=payload.get("edition") or None,
                dry_run=bool(payload.get("dry_run")),
                progress=pulse.tell,
                scope=[within.code for within in Access(owner).entities(Action.IMPORT)],
                reader=isolated(folder, pulse.check),
            )
        if report.problems:
            write_problems(report.problems, uploads(job) / PROBLEMS_FILE)
        result = report_as_json(report)
        if not report.accepted:
            errors = [_problem(each) for each in report.problems if each.is_error]
            raise NotDoneError(errors[:_TOLD], result)
        return result


def report_as_json(report: Report) -> dict[str, Any]:
    """The report of an import; of its problems the first ones and how many there are."""
    return {
        "file": report.file,
        "kind": report.kind,
        "accepted": report.accepted,
        "dry_run": report.dry_run,
        "rows": report.rows,
        "unit": report.unit,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "left_out": report.left_out,
        "before": report.before,
        "mapping": [list(pair) for pair in report.mapping],
        "unused": report.unused,
        "problems": [_row(each) for each in report.problems[:_SHOWN]],
        "problem_count": len(report.problems),
        "problems_file": PROBLEMS_FILE if report.problems else "",
    }


def _problem(trouble: Trouble) -> Problem:
    return trouble if isinstance(trouble, Problem) else trouble.as_problem()


def _row(trouble: Trouble) -> dict[str, Any]:
    place = (
        {"sheet": trouble.sheet, "row": trouble.row, "column": trouble.column, "value": trouble.value[:200]}
        if isinstance(trouble, RowProblem)
        else {"sheet": "", "row": None, "column": "", "value": ""}
    )
    return {**asdict(_problem(trouble)), **place}
