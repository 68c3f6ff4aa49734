"""Audits: a report handed over, its job, its result as `mingzhang audit --format json` states it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.problems import ERRORS
from mingzhang.portal.api.routes.jobs import JobOut, Number, job_out
from mingzhang.portal.api.routes.proposals import Key
from mingzhang.records.audits import audits_visible_to, kept
from mingzhang.records.jobs.starting import start
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.uploads import problems_of_report

router = Router(tags=["审核 audits"])
MOST_MEGABYTES = 50


class AuditOut(Schema):
    """The audits of one job (审核结果)."""

    job: JobOut
    audits: list[dict[str, Any]] = Field(description="每份报告一项，形式见 design.md §6 / one a report")


@router.post("/audits", response={200: JobOut, **ERRORS}, summary="提交审核 / audit a report")
@endpoint(Action.AUDIT)
def submit(here: Here, key: Key, report: Annotated[UploadedFile, File(description="决算报告 / the report")]):
    """Hand a report over; the job's number leads to the result."""
    name = report.name or "报告"
    if problems := list(problems_of_report(name, report.size or 0, report, MOST_MEGABYTES)):
        raise RefusedError(*problems)
    return job_out(start("audit", here.user, None, {}, key, f"审核 {name}", [(name, report)]))


@router.get("/audits/{number}", response={200: AuditOut, **ERRORS}, summary="审核结果 / result")
@endpoint(Action.AUDIT)
def one(here: Here, number: Number):
    """What was found; empty until the job is done."""
    job = audits_visible_to(here.access).filter(pk=number).first()
    if job is None:
        raise Http404
    try:
        audits = [audit.told() for audit in kept(job)]
    except FileNotFoundError as gone:
        raise Http404 from gone
    return AuditOut(job=job_out(job), audits=audits)
