"""The report with what is still missing, and the audit of the draft."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang import pipeline
from mingzhang.compose import Composition
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.tables.asked import Asked, asked_of
from mingzhang.portal.showing import show
from mingzhang.records.draft_findings import draft_audit
from mingzhang.records.imports.text_rows import text_names
from mingzhang.records.live import Live, live
from mingzhang.records.models import Text
from mingzhang.records.policy import Action
from mingzhang.write.html_view import HeadingView, TableView, View


@page(Action.VIEW_ACCOUNTS)
def draft(here: Here) -> HttpResponse:
    """The report as it will look."""
    asked, now = asked_of(here), live(here.entity, here.year)
    composition = now.composition(here.entity, asked.edition.name)
    view, may_write = _view(now, here, asked), here.may(Action.WRITE_REASON)
    return show(
        here,
        "report/draft.html",
        view=view,
        article=lambda caller: now.once(("article", here.entity.code, asked.edition.name, may_write), caller),
        asked=asked,
        missing=composition.missing,
        noticed=[problem for problem in composition.problems if problem.code != "missing_text"],
        anchor=Anchors(composition),
        others=_other_texts(here, composition),
        formats=pipeline.FORMATS,
        may_write=may_write,
    )


@page(Action.VIEW_ACCOUNTS)
def audit(here: Here) -> HttpResponse:
    """What an auditor would find in it; a part of the report's page, a page of its own without a script."""
    asked, now = asked_of(here), live(here.entity, here.year)
    found = draft_audit(now, here.entity, asked.edition.name)
    view = _view(now, here, asked)
    return show(
        here,
        "report/audit_body.html" if here.request.htmx else "report/audit.html",
        found=found,
        sections=_sections(view),
        asked=asked,
    )


def _view(now: Live, here: Here, asked: Asked) -> View:
    """The report as a page shows it."""
    document = now.composition(here.entity, asked.edition.name).document
    return now.once(("view", here.entity.code, asked.edition.name), lambda: View(document, {}, {}))


class Anchors:
    """The anchor of each key of the user's words: given out once, where the key first stands."""

    def __init__(self, composition: Composition) -> None:
        keys = [span.key for block in composition.document.blocks for span in getattr(block, "spans", ())]
        self._anchors = {
            key: f"words-{place}" for place, key in enumerate(dict.fromkeys(filter(None, keys)), 1)
        }
        self._given: set[str] = set()

    def of(self, key: str) -> str:
        """The anchor; blank where the report has no place for the key."""
        return self._anchors.get(key, "")

    def first(self, key: str) -> str:
        """The anchor where it is asked for the first time, blank from then on."""
        if key in self._given:
            return ""
        self._given.add(key)
        return self.of(key)


def _sections(view: View) -> dict[str, str]:
    """The anchor of each heading by its text."""
    found: dict[str, str] = {}
    for block in view.blocks:
        heading = (
            block
            if isinstance(block, HeadingView)
            else block.heading
            if isinstance(block, TableView)
            else None
        )
        if heading is not None:
            found.setdefault(heading.text, heading.anchor)
    return found


def _other_texts(here: Here, composition: Composition) -> list[tuple[str, str]]:
    """(name, heading) of texts that are written and do not stand as paragraphs of their own, such as those in sentences."""
    shown = {span.key for block in composition.document.blocks for span in getattr(block, "spans", ())}
    held = (
        Text.objects.filter(entity=here.entity, year=here.year)
        .order_by("name")
        .values_list("name", flat=True)
    )
    return [(name, text_names().get(name, "")) for name in held if name not in shown]
