"""Printed tables as data: every cell of a department's nine tables, and the addresses under which cells are compared."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
DEPARTMENTS = ("social_work", "finance")


@dataclass(frozen=True)
class GridCell:
    """One cell of a table as it stands on paper.

    `kind` is `title`, `unit`, `header` (all the texts above one column, from the top down), `label`, `value` or
    `note`. `line` counts body rows; `block` is `left` or `right` where lists stand side by side; `row` is the row's
    own name: its code, else its label.
    """

    table: str
    page: int
    kind: str
    line: int
    block: str
    column: int
    row: str
    text: str


@dataclass(frozen=True)
class Address:
    """Where a cell belongs, whatever the page breaks and whatever the number of code columns.

    `nth` counts rows of the same name in a block; `place` counts the block's value columns, 0 is its label.
    """

    table: str
    kind: str
    block: str = ""
    row: str = ""
    nth: int = 1
    place: int = 0


def printed_cells(department: str) -> list[GridCell]:
    """Every printed cell of a department, in reading order."""
    with (HERE / department / "printed.csv").open(encoding="utf-8", newline="") as file:
        return [
            GridCell(
                row["table"],
                int(row["page"]),
                row["kind"],
                int(row["line"] or 0),
                row["block"],
                int(row["column"] or 0),
                row["row"],
                row["text"],
            )
            for row in csv.DictReader(file)
        ]


def row_name(labels: Iterable[str]) -> str:
    """The name of a row from its label cells: the code, whether in one cell or three, else the words.

    >>> row_name(["201", "06", "", "财政事务"]), row_name(["20106", "财政事务"]), row_name(["", "", "", "合计"])
    ('20106', '20106', '合计')
    """
    parts = list(labels)
    code = "".join(parts[:-1])
    return code if re.fullmatch(r"\d+", code) else "".join(parts)


def addressed(cells: Iterable[GridCell]) -> dict[Address, str]:
    """The texts of one table by address. Rows in which nothing at all is printed are left out."""
    cells = list(cells)
    table = cells[0].table
    places = _places([cell for cell in cells if cell.kind in ("label", "value")])
    texts: dict[Address, str] = {}
    for cell in cells:
        if cell.kind in ("title", "unit"):
            texts[Address(table, cell.kind)] = cell.text
        elif cell.kind == "note":
            texts[Address(table, "note", row=cell.text)] = cell.text
        elif cell.kind == "header":
            block, place = places.get(cell.column, ("", 0))
            address = Address(table, "header", block, place=place)
            texts[address] = f"{texts[address]}／{cell.text}" if address in texts else cell.text
    return texts | _addressed_body(cells, places)


def _addressed_body(cells: list[GridCell], places: dict[int, tuple[str, int]]) -> dict[Address, str]:
    lines: dict[int, list[GridCell]] = defaultdict(list)
    for cell in cells:
        if cell.kind in ("label", "value"):
            lines[cell.line].append(cell)
    labelled = any(cell.kind == "label" for cell in cells)
    texts: dict[Address, str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for line in lines.values():
        if labelled and not any(cell.text for cell in line):
            continue
        for block, row in dict.fromkeys((cell.block, cell.row) for cell in line):
            seen[block, row] += 1
            address = Address(cells[0].table, "label", block, row, seen[block, row])
            own = [cell for cell in line if (cell.block, cell.row) == (block, row)]
            if labelled:
                texts[address] = "".join(cell.text for cell in own if cell.kind == "label")
            for cell in own:
                if cell.kind == "value":
                    texts[replace(address, kind="value", place=places[cell.column][1])] = cell.text
    return texts


def _places(body: list[GridCell]) -> dict[int, tuple[str, int]]:
    """Of each grid column: its block, and its number among the block's value columns (0 for label columns)."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for column, block in sorted({(cell.column, cell.block) for cell in body if cell.kind == "value"}):
        blocks[block].append(column)
    places = {
        column: (block, number)
        for block, columns in blocks.items()
        for number, column in enumerate(columns, 1)
    }
    for cell in body:
        places.setdefault(cell.column, (cell.block, 0))
    return places
