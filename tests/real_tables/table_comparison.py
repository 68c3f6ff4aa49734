"""Compare composed tables with printed ones, cell by cell, and count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from mingzhang.documents import Table, TableRow
from mingzhang.forms import Form
from real_tables.printed_tables import Address, GridCell, addressed, row_name

ZEROS = ("", "0", "0.00")
"""Blank, 0 and 0.00 say the same in these forms."""


@dataclass(frozen=True)
class Difference:
    """One cell that does not say the same: as printed and as computed, blank where there is no such cell."""

    table: str
    kind: str
    row: str
    header: str
    printed: str
    computed: str


@dataclass(frozen=True)
class Comparison:
    """Of one table: how many value cells and texts (labels, headers, title, notes) are equal, and what is not."""

    table: str
    values: int
    values_equal: int
    texts: int
    texts_equal: int
    differences: tuple[Difference, ...]


def compare(printed: list[GridCell], composed: list[GridCell]) -> Comparison:
    """Compare one table. Every printed cell counts; a composed cell that the print lacks is a difference."""
    ours, theirs = addressed(composed), addressed(printed)
    differences = []
    counts = {"values": [0, 0], "texts": [0, 0]}
    for address in [*theirs, *(extra for extra in ours if extra not in theirs)]:
        same = _same(address, theirs.get(address, ""), ours.get(address, ""))
        if address in theirs:
            tally = counts["values" if address.kind == "value" else "texts"]
            tally[0] += 1
            tally[1] += same
        if not same:
            header = theirs.get(Address(address.table, "header", address.block, place=address.place), "")
            place = header if address.kind == "value" else address.block
            differences.append(
                Difference(
                    address.table,
                    address.kind,
                    address.row,
                    place,
                    theirs.get(address, ""),
                    ours.get(address, ""),
                )
            )
    differences += _order(theirs, ours)
    return Comparison(printed[0].table, *counts["values"], *counts["texts"], tuple(differences))


def _same(address: Address, printed: str, composed: str) -> bool:
    if address.kind == "value" and printed in ZEROS:
        return composed in ZEROS
    return printed == composed


def _order(theirs: dict[Address, str], ours: dict[Address, str]) -> list[Difference]:
    """Rows that both sides have must stand in one order."""
    common = [address for address in theirs if address.kind == "label" and address in ours]
    placed = [address for address in ours if address.kind == "label" and address in theirs]
    wrong = []
    for block in dict.fromkeys(address.block for address in common):
        printed = [address.row for address in common if address.block == block]
        composed = [address.row for address in placed if address.block == block]
        if printed != composed:
            table = common[0].table
            wrong.append(Difference(table, "order", block, "", " ".join(printed), " ".join(composed)))
    return wrong


def composed_cells(table: Table, form: Form, name: str, entity: str) -> list[GridCell]:
    """The cells of a composed table, as they would stand on paper, under the number `name` (`T01`)."""
    blocks = _blocks(form)
    cells = [GridCell(name, 0, "title", 0, "", 0, "", table.title)]
    cells.append(GridCell(name, 0, "unit", 0, "", 0, "", f"单位：{table.unit}"))
    grid = list(_grid(table.header))
    for column in sorted({column for row in grid for column in row}):
        path = [row[column] for row in grid if column in row]
        cells.append(GridCell(name, 0, "header", 0, "", column, "", "".join(path)))
    for line, row in enumerate(_grid(table.body), 1):
        for block, labels, values in blocks:
            key = row_name(row.get(column, "") for column in labels) if labels else "-"
            for kind, columns in (("label", labels), ("value", values)):
                cells += [
                    GridCell(name, 0, kind, line, block, column, key, row[column])
                    for column in columns
                    if column in row
                ]
    cells += [GridCell(name, 0, "note", 0, "", 0, "", note.replace(entity, "{部门}")) for note in table.notes]
    return cells


def _blocks(form: Form) -> list[tuple[str, list[int], list[int]]]:
    """(block, label columns, value columns) of a form's grid, columns counted from 1."""
    if form.layout == "two_sided":
        sides = []
        for side in ("left", "right"):
            own = [(place, column) for place, column in enumerate(form.columns, 1) if column.side == side]
            labels = [place for place, column in own if column.role == "label"]
            sides.append((side, labels, [place for place, column in own if column.role == "value"]))
        return sides
    if form.layout == "economic_groups":
        return [("left", [1, 2], [3]), ("right", [4, 5], [6])]
    if form.layout == "functional":
        labels = list(range(1, 5 if form.split_codes else 3))
        return [("", labels, [len(labels) + place for place in range(1, len(form.columns) + 1)])]
    return [("", [], list(range(1, len(form.columns) + 1)))]


def _grid(rows: tuple[TableRow, ...]) -> Iterator[dict[int, str]]:
    """Each row's texts by the column where the cell begins; the text of a header cell under all its columns."""
    reaching: dict[int, int] = {}
    for row in rows:
        free = (column for column in count(1) if reaching.get(column, 0) <= 0)
        texts: dict[int, str] = {}
        begun: dict[int, int] = {}
        for cell in row.cells:
            for part in range(cell.columns):
                column = next(free)
                begun[column] = cell.rows
                if part == 0 or row.kind == "header":
                    texts[column] = cell.text
        reaching = {column: rest - 1 for column, rest in {**reaching, **begun}.items()}
        yield texts
