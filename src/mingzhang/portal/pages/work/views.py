"""Lay out, write, edit and approve the parts of the work report, with figures that come from the records."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.work.shown import marked, moved_figures
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.typed import whole_number
from mingzhang.records.live import live
from mingzhang.records.models import TrailEntry, User, WorkPart
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.publishing import edition_of
from mingzhang.records.work import flow
from mingzhang.records.work.figures import Figures, unbound_numbers

_WORKING = (Action.WRITE_WORK, Action.EDIT_WORK, Action.APPROVE_WORK, Action.VIEW_ACCOUNTS)


@page(*_WORKING)
def listing(here: Here) -> HttpResponse:
    """All parts with where they stand; the office adds one and changes their order."""
    if here.request.method == "POST":
        stated = here.request.POST
        try:
            made = flow.add(
                here.user, here.entity, here.year, stated.get("heading", ""), stated.get("section", "")
            )
            done(here, f"已布置：{made.heading}（{made.section}）")
        except RefusedError as refused:
            tell(here, refused)
        return redirect("work", entity=here.entity.code, year=here.year)
    parts = list(_parts(here).select_related("author", "editor", "approver"))
    known = _figures(here) if parts else None
    rows = [
        (
            part,
            len(unbound_numbers(part.body)),
            moved_figures(known, part) if known else [],
        )
        for part in parts
    ]
    sections = sorted(set(User.objects.exclude(section="").values_list("section", flat=True)))
    return show(
        here,
        "work/listing.html",
        rows=rows,
        sections=sections,
        may_lay_out=here.may(Action.EDIT_WORK),
    )


@page(*_WORKING)
def part(here: Here, number: int) -> HttpResponse:
    """One part: written where the person may write or edit it now, else read."""
    found = _found(here, number)
    if here.request.method == "POST":
        return _written(here, found)
    return _shown(here, found, found.heading, found.body)


@page(*_WORKING)
def look(here: Here, number: int) -> HttpResponse:
    """The text as it will print, for the preview beside the editor."""
    found = _found(here, number)
    body = here.request.POST.get("body", found.body)
    return show(
        here, "work/look.html", paragraphs=marked(_figures(here), body), unbound=unbound_numbers(body)
    )


@page(*_WORKING)
def figures(here: Here) -> HttpResponse:
    """Figures that a text may use, by words of their name."""
    words = here.request.GET.get("words", "").strip()[:40]
    return show(here, "work/figures.html", offered=_figures(here).offered(words))


@page(*_WORKING)
def take(here: Here, number: int, step: str) -> HttpResponse:
    """Approve, send back, move up or down."""
    found = _found(here, number)
    if here.request.method != "POST" or step not in ("approve", "send_back", "up", "down"):
        raise Http404
    stated = here.request.POST
    version = whole_number(stated.get("version"))
    try:
        if step == "approve":
            flow.approve(here.user, found, version, _figures(here))
            done(here, f"已审定：{found.heading}")
        elif step == "send_back":
            flow.send_back(here.user, found, version, stated.get("remark", ""))
            done(here, f"已退回：{found.heading}")
        else:
            flow.move(here.user, found, step == "up")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("work", entity=here.entity.code, year=here.year)


def _written(here: Here, found: WorkPart) -> HttpResponse:
    stated = here.request.POST
    heading, body = stated.get("heading", ""), stated.get("body", "")
    version = whole_number(stated.get("version"))
    submit = "submit" in stated
    try:
        flow.write(here.user, found, version, heading, body, submit=submit)
    except RefusedError as refused:
        found.refresh_from_db()
        return _shown(here, found, heading, body, refused)
    done(here, f"已{'提交' if submit else '保存'}：{heading or found.heading}")
    if submit:
        return redirect("work", entity=here.entity.code, year=here.year)
    return redirect("work_part", entity=here.entity.code, year=here.year, number=found.pk)


def _shown(
    here: Here, found: WorkPart, heading: str, body: str, refused: RefusedError | None = None
) -> HttpResponse:
    known = _figures(here)
    access = here.access
    return show(
        here,
        "work/part.html",
        status=422 if refused else 200,
        part=found,
        heading=heading,
        body=body,
        refused=refused.problems if refused else (),
        paragraphs=marked(known, body),
        unbound=unbound_numbers(body),
        moved=moved_figures(known, found),
        writing=flow.may_write(access, found),
        editing=flow.may_edit(access, found),
        approving=flow.may_approve(access, found),
        returning=(found.state == WorkPart.State.SUBMITTED and here.may(Action.EDIT_WORK))
        or (
            found.state in (WorkPart.State.EDITED, WorkPart.State.APPROVED) and here.may(Action.APPROVE_WORK)
        ),
        history=TrailEntry.objects.filter(key=f"WorkPart:{found.pk}").order_by("id"),
    )


def _parts(here: Here):
    return WorkPart.objects.filter(entity=here.entity, year=here.year).order_by("order", "id")


def _found(here: Here, number: int) -> WorkPart:
    found = _parts(here).select_related("entity", "author", "editor", "approver").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _figures(here: Here) -> Figures:
    store = live(here.entity, here.year).store
    return Figures(store, edition_named(edition_of(here.entity)).style, here.entity.code, here.year)
