"""All registers, and one as a list."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, download
from mingzhang.portal.pages.registers.shown import book_named, cells, cells_of_content, exported, units_here
from mingzhang.portal.paging import page_of
from mingzhang.portal.showing import show
from mingzhang.records.keeping.registers import REGISTERS, counted
from mingzhang.records.keeping.rows import voided
from mingzhang.records.policy import Action


@page(Action.VIEW_BOOKS, Action.KEEP_REGISTERS)
def overview(here: Here) -> HttpResponse:
    """Every register with what the report of the year counts in it."""
    units = units_here(here)
    return show(
        here,
        "registers/overview.html",
        registers=[(book, counted(book, units, here.year)) for book in REGISTERS.values()],
    )


@page(Action.VIEW_BOOKS, Action.KEEP_REGISTERS)
def listing(here: Here, register: str) -> HttpResponse:
    """The rows of a register, newest first."""
    book, units = book_named(register), units_here(here)
    which = here.request.GET.get("show", "")
    if which == "voided":
        return _voided(here, register)
    which = which if which in dict(book.views) else book.views[0][0]
    kind = here.request.GET.get("format")
    if kind in FORMATS:
        header = ("单位", *(entry.chinese for entry in book.fields))
        lines = exported(book, book.rows(units, here.year, which))
        return download(
            here, f"{here.entity.short_name or here.entity.name}{book.chinese}", header, lines, kind
        )
    rows, more = page_of(book.rows(units, here.year, which), book.begins, here.request.GET.get("after", ""))
    return show(
        here,
        "registers/listing.html",
        book=book,
        which=which,
        rows=[(row, cells(book, row)) for row in rows],
        more=more,
        counted=counted(book, units, here.year),
        by_unit=not here.entity.keeps_books,
        may_keep=here.entity.keeps_books and here.may(Action.KEEP_REGISTERS),
    )


def _voided(here: Here, register: str) -> HttpResponse:
    """What was taken out, with the reasons."""
    book = book_named(register)
    entries = [entry for unit in units_here(here) for entry in voided(book, unit)]
    return show(
        here,
        "registers/voided.html",
        book=book,
        entries=[(entry, cells_of_content(book, entry.before or {})) for entry in entries],
    )
