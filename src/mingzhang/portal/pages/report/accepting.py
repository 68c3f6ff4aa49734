"""Accept a finding on one's own draft with its reason, or take that back."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.tables.asked import Asked, asked_of
from mingzhang.portal.showing import done, tell
from mingzhang.records.acceptances import accept, revoke
from mingzhang.records.draft_findings import draft_audit
from mingzhang.records.live import live
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError


@page(Action.ACCEPT_FINDING)
def accept_one(here: Here) -> HttpResponse:
    """Accept the finding whose key was sent, as the draft stands now."""
    if here.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    asked, sent = asked_of(here), here.request.POST
    found = draft_audit(live(here.entity, here.year), here.entity, asked.edition.name)
    wanted = next((each.accepting for each in found.every if each.accepting.key == sent.get("key")), None)
    try:
        if wanted is None:
            raise RefusedError(_gone())
        accept(here.user, here.entity, replace(wanted, reason=sent.get("reason", "")))
        done(here, "已接受这条意见，数字变动之前不再列为问题。")
    except RefusedError as refused:
        tell(here, refused)
    return _back(here, asked)


@page(Action.ACCEPT_FINDING)
def revoke_one(here: Here) -> HttpResponse:
    """Take the acceptance back whose key was sent."""
    if here.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        revoke(here.user, here.entity, here.request.POST.get("key", ""))
        done(here, "已撤销接受，这条意见重新列为问题。")
    except RefusedError as refused:
        tell(here, refused)
    return _back(here, asked_of(here))


def _back(here: Here, asked: Asked) -> HttpResponse:
    at = reverse("report_draft", kwargs={"entity": here.entity.code, "year": here.year})
    return HttpResponseRedirect(f"{at}?{asked.query()}#audit-title")


def _gone() -> Problem:
    return Problem(
        "finding_gone", "这条意见已经不在了，或其中的数字已经变动", "草稿核对", "看最新的核对结果，再办理。"
    )
