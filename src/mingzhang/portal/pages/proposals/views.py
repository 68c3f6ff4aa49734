"""Look at proposals and take their steps."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, everybody
from mingzhang.portal.pages.proposals.content import content_of
from mingzhang.portal.showing import done, render, show, tell
from mingzhang.portal.typed import whole_number
from mingzhang.records.jobs.approving import approve_by_job, retry_by_job
from mingzhang.records.models import Proposal, TrailEntry
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.doing import job_of
from mingzhang.records.proposals.kind import LongKind, RefusedError

_PAGE = 50


@everybody
def listing(here: Here) -> HttpResponse:
    """Proposals of the entities one may turn to, newest first, by state."""
    state = here.request.GET.get("state", "open")
    found = _visible(here)
    if state == "open":
        found = found.filter(state__in=Proposal.OPEN)
    elif state in Proposal.State.values:
        found = found.filter(state=state)
    before = here.request.GET.get("before", "")
    if before.isdigit():
        found = found.filter(pk__lt=int(before))
    rows = list(found[: _PAGE + 1])
    return show(
        here,
        "proposals/listing.html",
        proposals=rows[:_PAGE],
        more=rows[_PAGE - 1].pk if len(rows) > _PAGE else None,
        state=state,
        states=Proposal.State,
        kind_of=flow.kind_of,
    )


@everybody
def one(here: Here, number: int) -> HttpResponse:
    """One proposal: what it would do, what stands in its way, who did what, and the steps open now."""
    return _shown(here, _found(here, number))


@everybody
def progress(here: Here, number: int) -> HttpResponse:
    """How far the job is that does it, asked for every second; when it has ended the page is loaded anew."""
    proposal = _found(here, number)
    job = job_of(proposal)
    answer = render(
        here.request, "proposals/progress.html", proposal=proposal, kind=flow.kind_of(proposal), job=job
    )
    if job is None or job.has_ended:
        answer["HX-Refresh"] = "true"
    return answer


@everybody
def take(here: Here, number: int, step: str) -> HttpResponse:
    """Take a step, as the person saw the proposal."""
    proposal = _found(here, number)
    chosen = _STEPS.get(step)
    by_job = _BY_JOB.get(step) if isinstance(flow.kind_of(proposal), LongKind) else None
    if here.request.method != "POST" or (chosen is None and by_job is None):
        raise Http404
    stated = here.request.POST
    version = whole_number(stated.get("version"))
    try:
        if by_job is not None:
            return redirect("job", number=by_job(here.user, proposal, version).pk)
        proposal = chosen[0](here, proposal, version, stated.get("remark", ""))
    except RefusedError as refused:
        tell(here, refused)
        return redirect("proposal", number=proposal.pk)
    number_text = f"，凭证号 {proposal.result['number']}" if "number" in proposal.result else ""
    done(here, f"已{chosen[1]}：{proposal.title}{number_text}")
    return redirect("desk" if step in ("review", "approve", "send_back") else "proposals")


_Step = Callable[[Here, Proposal, int, str], Proposal]
_STEPS: dict[str, tuple[_Step, str]] = {
    "submit": (lambda here, it, version, remark: flow.submit(here.user, it, version), "提交"),
    "review": (lambda here, it, version, remark: flow.review(here.user, it, version), "复核通过"),
    "approve": (lambda here, it, version, remark: flow.approve(here.user, it, version), "审批通过"),
    "send_back": (lambda here, it, version, remark: flow.send_back(here.user, it, version, remark), "退回"),
    "withdraw": (lambda here, it, version, remark: flow.withdraw(here.user, it, version), "撤回"),
}


_BY_JOB = {"approve": approve_by_job, "retry": retry_by_job}
"""Steps of what takes long."""


def _visible(here: Here):
    return Proposal.objects.filter(entity__in=here.access.entities(*Action)).select_related(
        "entity", "prepared_by", "reviewed_by", "approved_by"
    )


def _found(here: Here, number: int) -> Proposal:
    proposal = _visible(here).filter(pk=number).first()
    if proposal is None:
        raise Http404
    return proposal


def _shown(here: Here, proposal: Proposal, status: int = 200) -> HttpResponse:
    of, job = flow.kind_of(proposal), job_of(proposal)
    waits = proposal.state in Proposal.OPEN and (job is None or job.has_ended)
    return show(
        here,
        "proposals/one.html",
        status=status,
        proposal=proposal,
        kind=of,
        content=content_of(proposal),
        job=job,
        job_problems=[Problem(**problem) for problem in job.problems] if job else [],
        problems=flow.problems_of(proposal) if waits else [],
        steps=flow.steps_open_to(here.access, proposal),
        history=TrailEntry.objects.filter(key=f"Proposal:{proposal.pk}").order_by("id"),
    )
