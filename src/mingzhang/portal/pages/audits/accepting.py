"""Accept a finding of an audit with its reason, or take that back, and show which ones are accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from mingzhang.audit.accepted import Acceptance
from mingzhang.documents.problems import rank
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.audits.reviewing import doors_of, review_of
from mingzhang.portal.showing import done, tell
from mingzhang.records.acceptances import accept, revoke
from mingzhang.records.audits import audits_visible_to
from mingzhang.records.models import AcceptedFinding, Entity, Job
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

Review = dict[str, Any]
ACCEPTED = "accepted"
"""What stands for the grade of a finding that was accepted."""


@page(Action.ACCEPT_FINDING)
def accept_one(here: Here, number: int, file: str) -> HttpResponse:
    """Accept the finding whose key was sent."""
    return _step(here, number, file, "已接受这条意见，其中的数字变动之前不再列为问题。", _accept)


@page(Action.ACCEPT_FINDING)
def revoke_one(here: Here, number: int, file: str) -> HttpResponse:
    """Take the acceptance back whose key was sent."""
    return _step(here, number, file, "已撤销接受，这条意见重新列为问题。", _revoke)


def _step(here: Here, number: int, file: str, said: str, step: Any) -> HttpResponse:
    job = audits_visible_to(here.access).filter(pk=number).first()
    if job is None or job.entity is None:
        raise Http404
    if here.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    key = here.request.POST.get("key", "")
    try:
        step(here, job.entity, job, file, key)
        done(here, said)
    except RefusedError as refused:
        tell(here, refused)
    return HttpResponseRedirect(f"{doors_of(job).file(file)}#finding-{key[:64]}")


def _accept(here: Here, entity: Entity, job: Job, file: str, key: str) -> None:
    review = review_of(job, file)
    found = next((each for each in review["findings"] if each.get("key") == key), None)
    if found is None:
        raise Http404
    wanted = Acceptance(
        review["department"],
        review["year"],
        found["rule"],
        tuple((name, printed) for name, printed in found["bound_to"]),
        found["message"],
        here.request.POST.get("reason", ""),
        "",
    )
    accept(here.user, entity, wanted)


def _revoke(here: Here, entity: Entity, job: Job, file: str, key: str) -> None:
    revoke(here.user, entity, key)


def with_accepted(review: Review, known: Mapping[str, AcceptedFinding]) -> Review:
    """The review with what was accepted since taken out of its findings, its counts and its marks."""
    numbers = {each["number"] for each in review["findings"] if each.get("key") in known}
    if not numbers:
        return review
    grades = {each["number"]: each["severity"] for each in review["findings"]}
    left = [each for each in review["findings"] if each["number"] not in numbers]
    return review | {
        "findings": left,
        "accepted_since": [each for each in review["findings"] if each["number"] in numbers],
        "grades": {grade: sum(each["severity"] == grade for each in left) for grade in review["grades"]},
        "pages": [_page(page, numbers, grades, left) for page in review["pages"]],
    }


def _page(page: Review, numbers: set[int], grades: Mapping[int, str], left: list[Review]) -> Review:
    places = {
        (each["number"], place["anchor"])
        for each in left
        for place in each["places"]
        if place["page"] == page["number"]
    }
    told = page | {"spots": min(page["spots"], len(places))}
    if "boxes" in page:
        told["boxes"] = [
            box | {"severity": ACCEPTED} if box.get("finding") in numbers else box for box in page["boxes"]
        ]
    else:
        told["pieces"] = [_piece(piece, numbers, grades) for piece in page["pieces"]]
    return told


def _piece(piece: Review, numbers: set[int], grades: Mapping[int, str]) -> Review:
    if not numbers & set(piece.get("findings", ())):
        return piece
    standing = [number for number in piece["findings"] if number not in numbers]
    gravest = min((grades[number] for number in standing), key=rank, default=ACCEPTED)
    return piece | {"findings": standing or piece["findings"], "severity": gravest}
