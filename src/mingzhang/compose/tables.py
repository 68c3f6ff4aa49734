"""Forms × facts → tables: the nine public tables, cell by cell, with live totals where the structure gives them."""

from __future__ import annotations

from mingzhang.compose.layouts import LAYOUTS, Draft
from mingzhang.compose.printer import Printer
from mingzhang.compose.sums import live_sums, tails
from mingzhang.documents import Table
from mingzhang.forms import Form
from mingzhang.numbers import TEN_THOUSAND_YUAN

TAIL_NOTE = "注：本表金额单位转换时可能存在尾数误差。"


def compose_table(
    form: Form, printer: Printer, entity: str, year: int, name: str, body: str = "部门"
) -> Table:
    """Fill a form for an entity and a year.

    The body has one grid column per form column; cells of unknown figures stay empty. `Table.empty` is set where
    no figure is other than zero; then the form's statement is added to the notes. `name` is the publisher's name,
    `body` what it is: notes speak of 部门 or 单位 accordingly.
    """
    draft = Draft(printer, entity, year)
    widths = LAYOUTS[form.layout](form, draft)
    empty = draft.figures == 0
    statement = [form.empty_statement] if empty and form.empty_statement else []
    notes = [_worded(note, name, body) for note in (*form.notes, *statement)]
    sums = live_sums(draft.grid, printer.store)
    if tails(draft.grid, sums, printer) and not any("尾数" in note for note in notes):
        notes.append(TAIL_NOTE)
    return Table(
        title=form.title,
        header=tuple(draft.header),
        body=tuple(draft.body),
        widths=tuple(widths),
        number=form.number,
        entity=name,
        unit=printer.money.chinese if form.unit == TEN_THOUSAND_YUAN.chinese else form.unit,
        notes=tuple(notes),
        landscape=form.landscape,
        empty=empty,
        name=form.name,
        sums=sums,
    )


def _worded(note: str, name: str, body: str) -> str:
    return name.join(part.replace("部门", body) for part in note.split("{部门}"))
