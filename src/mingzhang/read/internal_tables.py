"""Internal final-accounts tables (财决 series) as data: what each sheet holds, made into forms to read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mingzhang.facts import Cell, Measure, Vocabulary
from mingzhang.forms import Column, Edition, Form, Row


@dataclass(frozen=True, slots=True)
class InternalTable:
    """One internal table: its form, the fixed rows of each side, and the names of columns that may be absent.

    `form` is None for tables that no public table is taken from.
    """

    number: str
    title: str
    form: Form
    sides: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    is_read: bool = True


def internal_tables(
    data: Mapping[str, Any], edition: Edition, vocabulary: Vocabulary
) -> tuple[InternalTable, ...]:
    """Make the tables from their data file (`catalogue/internal_tables.toml`, parsed) for an edition and a year."""
    fund = _three_public_fund(edition)
    read = [_table(entry, edition, vocabulary, fund) for entry in data["tables"]]
    others = [
        InternalTable(entry["number"], entry["title"], _named(entry), is_read=False)
        for entry in data["not_read"]
    ]
    return (*read, *others)


def _named(entry: Mapping[str, Any]) -> Form:
    return Form(entry["number"], entry["title"], "functional", number=entry["number"])


def _table(entry: Mapping[str, Any], edition: Edition, vocabulary: Vocabulary, fund: str) -> InternalTable:
    columns = [_column(column, place, fund) for place, column in enumerate(entry["columns"])]
    optional = {
        column.name
        for column, given in zip(columns, entry["columns"], strict=True)
        if given.get("optional", False)
    }
    if base := entry.get("economic_columns"):
        detailed = _economic_columns(Cell.parse(base), vocabulary)
        columns += detailed
        optional |= {column.name for column in detailed}
    own = {side: tuple(_row(row, fund) for row in rows) for side, rows in entry.get("rows", {}).items()}
    sides: dict[str, tuple[Row, ...]] = {}
    if entry["layout"] == "two_sided":
        public = edition.form(entry["feeds"])
        shared = {"left": public.rows, "right": public.right_rows}
        if entry.get("any_side"):
            shared = {"left": own["left"], "right": own["left"]}
        sides = {**shared, **own}
    form = Form(
        name=entry["number"],
        title=entry["title"],
        layout=entry["layout"],
        columns=tuple(columns),
        number=entry["number"],
        column_numbers=True,
    )
    return InternalTable(entry["number"], entry["title"], form, sides, frozenset(optional))


def _column(given: Mapping[str, Any], place: int, fund: str) -> Column:
    role = given.get("role", "value")
    cell = Cell.parse(given["cell"].replace("$fund", fund)) if "cell" in given else None
    if "measure" in given:
        cell = Cell("", (), Measure(given["measure"]))
    return Column(
        name=given.get("name", f"{role}_{place}"),
        header=tuple(given["header"]),
        cell=cell,
        dimensions=tuple(sorted(given.get("dimensions", {}).items())),
        role=role,
        side=given.get("side", ""),
    )


def _row(given: Mapping[str, Any], fund: str) -> Row:
    cell = given.get("cell")
    return Row(given["label"], Cell.parse(cell.replace("$fund", fund)) if cell else None)


def _economic_columns(base: Cell, vocabulary: Vocabulary) -> list[Column]:
    """A column for each economic 类 and 款, under the year's names."""
    tree = vocabulary.dimensions["economic"]
    columns = []
    for code in tree.walk():
        if len(code) == 3 and code.isdigit():
            header = (tree.label(code), "小计")
        elif len(code) == 5 and code.isdigit():
            header = (tree.label(code[:3]), tree.label(code))
        else:
            continue
        columns.append(Column(code, header, base.where(economic=code)))
    return columns


def _three_public_fund(edition: Edition) -> str:
    """The fund that the edition's three-public form speaks of."""
    cells = [column.cell for column in edition.form("three_public").columns if column.cell]
    return dict(cells[0].dimensions).get("fund", "fiscal")
