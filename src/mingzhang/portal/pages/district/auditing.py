"""Audit all departments of the district at once, and what the last audit of each found."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.district.asked import Asked, asked
from mingzhang.portal.showing import show
from mingzhang.records.audits import audits_visible_to, last_audits
from mingzhang.records.jobs.starting import start, with_progress
from mingzhang.records.models import Job
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_SHOWN = 5


@page(Action.OVERSEE)
def audits(here: Here) -> HttpResponse:
    """The last audit of each department, the last ones of all; asking for one leads to its progress."""
    look = asked(here)
    if here.request.method == "POST":
        try:
            return redirect("audit_result", number=_started(here, look).pk)
        except RefusedError as refused:
            return _shown(here, look, refused)
    return _shown(here, look)


def _started(here: Here, look: Asked) -> Job:
    codes = [state.department.code for state in look.every if state.sums is not None]
    return start(
        "audit_district",
        here.user,
        here.access.entities(Action.OVERSEE)[0],
        {"departments": codes, "year": look.year},
        here.request.POST.get("key", "")[:64],
        f"全区{look.year}年度决算核对（{len(codes)}个部门）",
    )


def _shown(here: Here, look: Asked, refused: RefusedError | None = None) -> HttpResponse:
    audited = last_audits(here.access, look.year)
    found = [(state, audited.get(state.department.name)) for state in look.shown]
    return show(
        here,
        "district/audits.html",
        status=422 if refused else 200,
        look=look,
        tab="district_audits",
        problems=refused.problems if refused else (),
        key=uuid4().hex,
        found=found,
        wrong=sum(last is not None and last.findings.get("error", 0) > 0 for _, last in found),
        clean=sum(last is not None and not last.findings.get("error", 0) for _, last in found),
        unaudited=sum(last is None for _, last in found),
        jobs=with_progress(audits_visible_to(here.access).filter(kind="audit_district")[:_SHOWN]),
    )
