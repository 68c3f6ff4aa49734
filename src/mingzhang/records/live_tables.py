"""The public tables live (决算表): a form filled, its units side by side, and compared with last year and the budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.catalogue.loading import editions
from mingzhang.compose import Printer, compose_table
from mingzhang.compose.material import UNDATED
from mingzhang.documents import Document, Metadata, Table, TableCell, TableRow
from mingzhang.facts import ACTUAL, ADJUSTED_BUDGET, INITIAL_BUDGET, Coordinate, Measure
from mingzhang.forms import Edition, Form
from mingzhang.numbers import Unit
from mingzhang.records.form_lines import FormLine, columns_of, is_known, lines_of
from mingzhang.records.live import Live
from mingzhang.records.models import ELIMINATIONS, Entity

COMPARED = (
    "本年决算",
    "上年决算",
    "增减额",
    "增减（%）",
    "年初预算",
    "完成年初预算（%）",
    "全年预算",
    "完成全年预算（%）",
)
"""What a comparison shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as shown; `choices` are the value columns that a reader may choose from, `chosen` the one shown."""

    table: Table
    choices: tuple[str, ...] = ()
    chosen: str = ""


def edition_choices(year: int, own: str) -> list[Edition]:
    """The editions that a year may be shown in, the department's own first."""
    others = [edition_named(name) for name in editions() if name != own]
    return [edition_named(own), *(each for each in others if _valid(each, year))]


def _valid(edition: Edition, year: int) -> bool:
    first, last = edition.fiscal_years
    return first <= year and (last is None or year <= last)


def filled(live: Live, entity: Entity, edition: Edition, form: Form, money: Unit) -> Shown:
    """The form filled, as it will be published; in 元 where asked."""
    body = "单位" if entity.keeps_books else "部门"

    def fill() -> Shown:
        printer = live.printer(edition.name, money)
        return Shown(compose_table(form, printer, entity.code, live.year, entity.name, body))

    return live.once(("filled", entity.code, edition.name, form.name, money), fill)


def document_of(live: Live, entity: Entity, edition: Edition, table: Table) -> Document:
    """A table as a document of its own, for writers and pages."""
    known = Metadata(entity.name, live.year, edition.name, UNDATED, watermark=entity.department().watermark)
    return Document(f"{entity.name}{live.year}年度{table.title}", known, (table,))


def side_by_side(
    live: Live, department: Entity, edition: Edition, form: Form, money: Unit, column: str
) -> Shown:
    """A department's units, what they pay each other taken out, and the whole."""
    printer = live.printer(edition.name, money)
    members = [*department.units(), *department.children.filter(kind=ELIMINATIONS), department]
    places = [(member.code, str(live.year)) for member in members]
    choices = columns_of(form)
    chosen = column if column in choices else choices[0]
    rows = [
        (line, [line.cell(chosen).at(*place) for place in places])
        for line in lines_of(form, printer.store, places)
        if is_known(line, chosen, printer.store, places)
    ]
    names = [_column_name(member, department) for member in members]
    title = f"{form.title}·单位与汇总"
    return Shown(_table(form, title, department, names, rows, printer), tuple(choices), chosen)


def compared(live: Live, entity: Entity, edition: Edition, form: Form, money: Unit, column: str) -> Shown:
    """This year beside the last one and beside both budgets."""
    printer = live.printer(edition.name, money)
    this, last = str(live.year), str(live.year - 1)
    choices = columns_of(form)
    chosen = column if column in choices else choices[0]
    rows = []
    for line in lines_of(form, printer.store, [(entity.code, this), (entity.code, last)]):
        cell = line.cell(chosen)
        if cell.measure == ACTUAL:
            asked = comparison(cell.at(entity.code, this), last)
            if any(printer.store.value(coordinate) for coordinate in asked):
                rows.append((line, asked))
    title = f"{form.title}·与上年和预算比较"
    return Shown(_table(form, title, entity, COMPARED, rows, printer), tuple(choices), chosen)


def comparison(own: Coordinate, last: str) -> list[Coordinate]:
    """The coordinates of `COMPARED` for an actual."""
    return [
        own,
        own.during(last),
        own.measured(Measure("change", last)),
        own.measured(Measure("growth", last)),
        own.measured(INITIAL_BUDGET),
        own.measured(Measure("completion", "initial_budget")),
        own.measured(ADJUSTED_BUDGET),
        own.measured(Measure("completion", "adjusted_budget")),
    ]


def _column_name(member: Entity, department: Entity) -> str:
    if member.kind == ELIMINATIONS:
        return "内部抵销"
    return "汇总" if member.pk == department.pk else member.short_name or member.name


def _table(
    form: Form,
    title: str,
    entity: Entity,
    names: Iterable[str],
    rows: Iterable[tuple[FormLine, list[Coordinate]]],
    printer: Printer,
) -> Table:
    heads = [TableCell(name, align="center", bold=True) for name in ("项目", *names)]
    body: list[TableRow] = []
    group = ""
    for line, coordinates in rows:
        if line.group != group:
            group = line.group
            body.append(TableRow((TableCell(group, columns=len(heads), bold=True),), "total"))
        strong = line.style in ("class", "subtotal", "total")
        label = TableCell(line.label, bold=strong, indent=line.level)
        figures = [_number(printer, coordinate, bold=strong) for coordinate in coordinates]
        body.append(TableRow((label, *figures), "total" if line.style == "total" else "body"))
    return Table(
        title=title,
        header=(TableRow(tuple(heads), "header"),),
        body=tuple(body),
        widths=(4.0, *[1.7] * (len(heads) - 1)),
        number=form.number,
        entity=entity.name,
        unit=printer.money.chinese,
        landscape=True,
        empty=not body,
        name=form.name,
    )


def _number(printer: Printer, coordinate: Coordinate, *, bold: bool) -> TableCell:
    figure = printer.figure(coordinate, in_table=True)
    if figure is None:
        return TableCell(align="right")
    return TableCell(figure.text if figure.value else "", figure, align="right", bold=bold)
