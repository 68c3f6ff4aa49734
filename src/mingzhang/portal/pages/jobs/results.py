"""What came of a job, by its kind: a template, and the page where it went on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mingzhang.documents import Problem
from mingzhang.documents.problems import SEVERITIES
from mingzhang.portal.access import Here
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.run import chinese_of
from mingzhang.records.imports.statements import STATEMENT_KINDS
from mingzhang.records.models import Job, Proposal


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown of a job's result; its problems where there is no template. `link` is where it went on, with its words."""

    template: str
    stated: dict[str, Any]
    link: str = ""
    words: str = ""


def result_of(here: Here, job: Job) -> Result | None:
    """The result of a job that has ended; None where there is nothing to show."""
    if not job.has_ended or not (job.result or job.kind in _OF_PROPOSALS):
        return None
    return _KINDS[job.kind](here, job) if job.kind in _KINDS else None


def _import(here: Here, job: Job) -> Result:
    report = job.result
    kind = report.get("kind") or ""
    stated = {
        "report": report,
        "chinese": chinese_of(kind) if kind in KINDS or kind in STATEMENT_KINDS else "",
        "severities": SEVERITIES,
        "rows": list(report.get("problems") or ()),
    }
    if job.entity is None:
        return Result("jobs/results/import_file.html", stated)
    year = job.payload.get("year") or here.year or _year_of(job)
    at = {"entity": job.entity.code, "year": year}
    if job.payload.get("dry_run"):
        link = reverse("import_check", kwargs={**at, "number": job.pk})
        return Result("jobs/results/import_file.html", stated, link, "回到导入预览")
    page, words = _PAGES.get(kind, ("imports", "导入记录"))
    register = {"register": kind} if page == "register" else {}
    return Result("jobs/results/import_file.html", stated, reverse(page, kwargs={**at, **register}), words)


def _approved(here: Here, job: Job) -> Result:
    """A close, a publication: what came of it and its proposal, where it may be tried again."""
    link = reverse("proposal", kwargs={"number": job.payload["proposal"]})
    if job.state != Job.State.DONE:
        return Result("", {}, link, "到事项页重试或退回")
    stated = {"result": job.result}
    if job.kind == "close" or job.entity is None:
        return Result("jobs/results/close.html", stated, link, "看结账事项")
    proposal = Proposal.objects.get(pk=job.payload["proposal"])
    at = {"entity": job.entity.code, "year": proposal.year, "version": job.result["version"]}
    return Result("jobs/results/publish.html", stated, reverse("report_version", kwargs=at), "看公开的决算")


def _audit(here: Here, job: Job) -> Result:
    own = job.owner_id == here.user.pk
    link = reverse("audit_result", kwargs={"number": job.pk}) if own else ""
    return Result(
        "jobs/results/audit.html",
        {"problems": [Problem(**each) for each in job.problems]},
        link,
        "看核对结果",
    )


def _backup(here: Here, job: Job) -> Result:
    stated = {**job.result, "megabytes": f"{job.result['size'] / 1024**2:.1f}"}
    return Result("jobs/results/backup.html", stated, reverse("backup"), "下载备份")


def _casework_import(here: Here, job: Job) -> Result:
    """Counts, and the batch with its rows that wait; the problems of a file refused whole."""
    if job.state != Job.State.DONE:
        return Result("", {})
    at = {"line": job.payload["line"], "number": job.result["batch"]}
    own = job.owner_id == here.user.pk
    words = "去改待更正的行" if job.result["rejected"] else "看这次导入"
    link = reverse("casework_batch", kwargs=at) if own else ""
    return Result("jobs/results/casework_import.html", {"result": job.result}, link, words)


def _verify(here: Here, job: Job) -> Result:
    stated = {**job.result, "told": len(job.problems)}
    return Result("jobs/results/verify.html", stated, reverse("trail"), "看操作留痕")


def _year_of(job: Job) -> int:
    return job.created_at.year


_OF_PROPOSALS = ("close", "publish")

_PAGES = {
    "budgets": ("budgets", "看预算"),
    "projects": ("projects", "看项目"),
    **dict.fromkeys(
        ("vehicles", "equipment", "contracts", "receptions", "trips", "staff"), ("register", "看备查簿")
    ),
}

_KINDS = {
    "import_file": _import,
    **dict.fromkeys(_OF_PROPOSALS, _approved),
    "audit": _audit,
    "audit_many": _audit,
    "backup": _backup,
    "verify": _verify,
    "casework_import": _casework_import,
}
