"""Edit a reason, a text or a missing figure where it stands in the report."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mingzhang.facts import Cell, Coordinate, Measure
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.tables.asked import asked_of
from mingzhang.portal.showing import done, show
from mingzhang.records.live import Live, live
from mingzhang.records.movers import largest_parts
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.words import Words, words_at, write


@page(Action.WRITE_REASON)
def edit(here: Here) -> HttpResponse:
    """The form with the figures that the words are about; saved with the version that was seen."""
    now, asked = live(here.entity, here.year), asked_of(here)
    stated = here.request.POST if here.request.method == "POST" else here.request.GET
    key = stated.get("key", "")[:300]
    known = now.store.vocabulary
    try:
        held = words_at(here.entity, here.year, key, known)
    except RefusedError as refused:
        raise Http404(str(refused)) from refused
    if here.request.method != "POST":
        return _form(here, asked, now, held, held.body, held.version)
    body, version = stated.get("body", ""), stated.get("version", "")
    try:
        write(here.user, here.entity, here.year, key, body, version, known)
    except RefusedError as refused:
        latest = words_at(here.entity, here.year, key, known)
        return _form(here, asked, now, held, body, latest.version, refused)
    done(here, f"已保存：{held.title}")
    at = reverse("report_draft", kwargs={"entity": here.entity.code, "year": here.year})
    if here.request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = f"{at}?{asked.query()}"
        return answer
    return HttpResponseRedirect(f"{at}?{asked.query()}")


def _form(
    here: Here,
    asked,
    now: Live,
    held: Words,
    body: str,
    version: str,
    refused: RefusedError | None = None,
) -> HttpResponse:
    htmx = here.request.htmx
    return show(
        here,
        "report/words_body.html" if htmx else "report/words.html",
        status=422 if refused and not htmx else 200,
        held=held,
        body=body,
        version=version,
        refused=refused.problems if refused else (),
        figures=_figures(held, here, now, asked.edition.name) if held.sort == "reason" else [],
        asked=asked,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A figure beside the form."""

    name: str
    coordinate: str
    text: str
    part: bool = False


def _figures(held: Words, here: Here, now: Live, edition: str) -> list[_Shown]:
    """The figures that a reason is about, and the largest parts of the change."""
    cell = Cell.parse(held.key)
    if cell.measure.of == "last_year":
        cell = cell.measured(Measure(cell.measure.kind, str(here.year - 1)))
    coordinate = cell.at(here.entity.code, str(here.year))
    printer, names = now.printer(edition), {"": "本年决算"}
    own = coordinate.measured(Measure("actual"))
    asked: list[tuple[str, Coordinate]] = [(names[""], own)]
    if coordinate.measure.of.isdigit():
        asked += [("上年决算", own.during(coordinate.measure.of)), ("增减额", coordinate)]
        asked.append(("增减幅度", own.measured(Measure("growth", coordinate.measure.of))))
    elif coordinate.measure.of:
        asked += [("预算", own.measured(Measure(coordinate.measure.of))), ("增减额", coordinate)]
    found = [
        _Shown(name, str(each), f"{figure.text}{figure.unit}")
        for name, each in asked
        if (figure := printer.figure(each)) is not None
    ]
    for label, part, _ in largest_parts(coordinate, now.store):
        if (figure := printer.figure(part)) is not None:
            found.append(_Shown(label, str(part), f"{figure.text}{figure.unit}", part=True))
    return found
