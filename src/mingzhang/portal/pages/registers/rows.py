"""One row of a register: new, changed, disposed of, voided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import inputs, new_key, version_of
from mingzhang.portal.pages.registers.shown import book_named, cells, units_here
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.units import of_a_unit
from mingzhang.records.keeping.fields import WrongFieldsError
from mingzhang.records.keeping.registers import Book
from mingzhang.records.keeping.rows import add, change, dispose, typed_row, void
from mingzhang.records.models import TrailEntry
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError


@page(Action.KEEP_REGISTERS)
@of_a_unit
def new(here: Here, register: str) -> HttpResponse:
    """Enter a row."""
    book = book_named(register)
    if here.request.method != "POST":
        return _form(here, book, {}, key=new_key())
    stated = here.request.POST
    try:
        row = add(here.user, book, here.entity, stated, stated.get("key", ""))
    except RefusedError as refused:
        return _form(here, book, stated, refused, key=stated.get("key", ""))
    done(here, f"已登记：{book.chinese} {row}")
    if "another" in stated:
        return redirect("register_new", entity=here.entity.code, year=here.year, register=book.name)
    return _to_list(here, book)


@page(Action.VIEW_BOOKS, Action.KEEP_REGISTERS)
def one(here: Here, register: str, number: int) -> HttpResponse:
    """Look at a row, and change it."""
    book = book_named(register)
    row = _found(here, book, number)
    if here.request.method != "POST":
        return _form(here, book, typed_row(book, row), row=row)
    stated = here.request.POST
    try:
        changed = change(here.user, book, row, version_of(stated), stated)
    except RefusedError as refused:
        return _form(here, book, stated, refused, row=row)
    done(here, f"已保存：{book.chinese} {changed}")
    return _to_list(here, book)


@page(Action.KEEP_REGISTERS)
def dispose_of(here: Here, register: str, number: int) -> HttpResponse:
    """Note the day on which it went."""
    book, stated = book_named(register), here.request.POST
    row = _found(here, book, number)
    if here.request.method != "POST" or not book.ends:
        raise Http404
    try:
        gone = dispose(here.user, book, row, version_of(stated), stated.get(book.ends, ""))
    except RefusedError as refused:
        tell(here, refused)
        return _to_row(here, book, row)
    done(here, f"已登记处置：{book.chinese} {gone}")
    return _to_list(here, book)


@page(Action.KEEP_REGISTERS)
def void_one(here: Here, register: str, number: int) -> HttpResponse:
    """Take out a row that should not be there."""
    book, stated = book_named(register), here.request.POST
    row = _found(here, book, number)
    if here.request.method != "POST":
        raise Http404
    try:
        void(here.user, book, row, version_of(stated), stated.get("reason", ""))
    except RefusedError as refused:
        tell(here, refused)
        return _to_row(here, book, row)
    done(here, f"已作废：{book.chinese} {row}，原因和原内容留在“已作废”里")
    return _to_list(here, book)


def _found(here: Here, book: Book, number: int) -> Any:
    row = book.model._default_manager.filter(pk=number, entity__in=units_here(here)).first()
    if row is None:
        raise Http404(f"没有这条{book.chinese}")
    return row


def _form(
    here: Here,
    book: Book,
    stated: Mapping[str, str],
    refused: RefusedError | None = None,
    *,
    row: Any = None,
    key: str = "",
) -> HttpResponse:
    wrong = refused.fields if isinstance(refused, WrongFieldsError) else {}
    entity = row.entity if row else here.entity
    return show(
        here,
        "registers/row.html",
        status=422 if refused else 200,
        book=book,
        row=row,
        cells=cells(book, row) if row else [],
        inputs=inputs(book.fields, stated, wrong),
        problems=refused.problems if refused else (),
        key=key,
        version=version_of(stated) if refused else row.version if row else 0,
        may_keep=here.access.may(Action.KEEP_REGISTERS, entity),
        history=_history(row) if row else [],
    )


def _history(row: Model) -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(key=f"{type(row).__name__}:{row.pk}").order_by("id"))


def _to_list(here: Here, book: Book) -> HttpResponse:
    return redirect("register", entity=here.entity.code, year=here.year, register=book.name)


def _to_row(here: Here, book: Book, row: Any) -> HttpResponse:
    return redirect(
        "register_row", entity=here.entity.code, year=here.year, register=book.name, number=row.pk
    )
