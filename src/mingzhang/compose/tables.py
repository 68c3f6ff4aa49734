"""Forms × facts → tables: the nine public tables, cell by cell, with live totals where the structure gives them."""

from __future__ import annotations

from mingzhang.compose.layouts import BLANK
from mingzhang.compose.plan import plan_of
from mingzhang.compose.printer import Printer
from mingzhang.compose.sums import have_tails, placed, true_sums
from mingzhang.documents import Figure, Table, TableCell
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
    period = str(year)
    plan = plan_of(form, printer.store, entity, period)
    coordinates = plan.coordinates(entity, period)
    figures = [printer.figure(coordinate, in_table=True) for coordinate in coordinates]
    known = tuple([number for number, figure in enumerate(figures) if figure is not None])
    values = [None if figure is None else figure.value for figure in figures]
    sums = true_sums(plan.additions(known), coordinates, values, printer.store)
    empty = not any(values)
    statement = [form.empty_statement] if empty and form.empty_statement else []
    notes = [_worded(note, name, body) for note in (*form.notes, *statement)]
    digits = ["" if figure is None else figure.text for figure in figures]
    if have_tails(sums, digits) and not any("尾数" in note for note in notes):
        notes.append(TAIL_NOTE)
    blank_zero = printer.style.blank_zero_cells
    cells = [_cell(figure, slot.bold, blank_zero) for figure, slot in zip(figures, plan.slots, strict=True)]
    return Table(
        title=form.title,
        header=plan.header,
        body=plan.rows(cells),
        widths=plan.widths,
        number=form.number,
        entity=name,
        unit=printer.money.chinese if form.unit == TEN_THOUSAND_YUAN.chinese else form.unit,
        notes=tuple(notes),
        landscape=form.landscape,
        empty=empty,
        name=form.name,
        sums=placed(sums, plan.slots),
    )


def _cell(figure: Figure | None, bold: bool, blank_zero: bool) -> TableCell:
    """The table cell of a figure; a zero may be left blank."""
    if figure is None:
        return BLANK
    return TableCell("" if blank_zero and not figure.value else figure.text, figure, align="right", bold=bold)


def _worded(note: str, name: str, body: str) -> str:
    return name.join(part.replace("部门", body) for part in note.split("{部门}"))
