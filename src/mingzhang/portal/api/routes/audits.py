"""Audits: reports handed over, their job, the results as `mingzhang audit --format json` states it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.problems import ERRORS
from mingzhang.portal.api.routes.jobs import JobOut, Number, job_out
from mingzhang.portal.api.routes.proposals import Key
from mingzhang.portal.audit_requests import ALLOWED, wanted
from mingzhang.records.audits import audits_visible_to, kept
from mingzhang.records.jobs.starting import start
from mingzhang.records.policy import Action

router = Router(tags=["审核 audits"])


class AuditOut(Schema):
    """The audits of one job (审核结果)."""

    job: JobOut
    audits: list[dict[str, Any]] = Field(description="每份报告一项，形式见 design.md §6 / one a report")


@router.post("/audits", response={200: JobOut, **ERRORS}, summary="提交审核 / audit reports")
@endpoint(Action.AUDIT)
def submit(
    here: Here,
    key: Key,
    reports: Annotated[list[UploadedFile], File(description="决算报告，一份或几份 / one report or several")],
    together: Annotated[
        bool, Form(description="几份互相核对，否则逐份核对 / hold them against each other")
    ] = False,
    prior: Annotated[UploadedFile | None, File(description="上年报告 / last year's report")] = None,
    against: Annotated[UploadedFile | None, File(description="旧稿 / the former draft")] = None,
    accepted: Annotated[UploadedFile | None, File(description="认可记录 / accepted findings")] = None,
):
    """Hand reports over; the job's number leads to the results.

    The last three files are for one report alone.
    """
    given = {"prior": prior, "against": against, "accepted": accepted}
    beside = {name: file for name, file in given.items() if file is not None}
    work = wanted(reports, beside, ALLOWED, together=together)
    return job_out(start(work.kind, here.user, None, work.payload, key, work.title, work.files))


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
