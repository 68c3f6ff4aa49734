"""The list of tables, one table, and its spreadsheet."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from mingzhang.facts import Coordinate
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.tables.asked import asked_of, form_named, shown, views_of
from mingzhang.portal.showing import show
from mingzhang.records.live import live
from mingzhang.records.live_tables import document_of, edition_choices, filled
from mingzhang.records.policy import Action
from mingzhang.write.html_view import View
from mingzhang.write.xlsx import tables_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Action.VIEW_ACCOUNTS)
def listing(here: Here) -> HttpResponse:
    """The tables of the edition, with the two totals that they are about."""
    asked, now = asked_of(here), live(here.entity, here.year)
    rows = [
        (form, filled(now, here.entity, asked.edition, form, asked.money).table)
        for form in asked.edition.forms
    ]
    printer = now.printer(asked.edition.name)
    totals = [
        (name, printer.figure(Coordinate(concept, (), here.entity.code, str(here.year))))
        for name, concept in (
            ("本年收入", "revenue"),
            ("本年支出", "expenditure"),
            ("年末结转和结余", "closing_balance"),
        )
    ]
    return show(
        here, "tables/listing.html", rows=rows, asked=asked, totals=totals, editions=_editions(here, asked)
    )


@page(Action.VIEW_ACCOUNTS)
def one(here: Here, form: str) -> HttpResponse:
    """One table; every figure opens what stands behind it."""
    asked = asked_of(here)
    chosen = form_named(asked, form)
    found = shown(here, asked, chosen)
    document = document_of(live(here.entity, here.year), here.entity, asked.edition, found.table)
    return show(
        here,
        "tables/one.html",
        form=chosen,
        found=found,
        block=View(document, {}, {}).blocks[0],
        asked=asked,
        views=views_of(here),
        editions=_editions(here, asked),
    )


@page(Action.VIEW_ACCOUNTS)
def download(here: Here, form: str) -> HttpResponse:
    """The table as a spreadsheet."""
    asked = asked_of(here)
    found = shown(here, asked, form_named(asked, form))
    document = document_of(live(here.entity, here.year), here.entity, asked.edition, found.table)
    answer = HttpResponse(tables_bytes(document), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.title)}.xlsx"
    return answer


def _editions(here: Here, asked) -> list:
    return edition_choices(here.year, asked.usual)
