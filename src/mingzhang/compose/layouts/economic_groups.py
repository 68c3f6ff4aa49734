"""Economic groups: 一般公共预算财政拨款基本支出决算表."""

from __future__ import annotations

from mingzhang.compose.layouts.draft import BLANK, Draft, Slot
from mingzhang.documents import TableCell, TableRow
from mingzhang.forms import Form


def economic_groups(form: Form, draft: Draft) -> list[float]:
    """Blocks of economic items side by side, their totals below. Returns relative column widths."""
    parts = sorted({group.part for group in form.groups})
    columns = [[row for group in form.groups if group.part == part for row in group.rows] for part in parts]
    titles = [next(group.label for group in form.groups if group.part == part) for part in parts]
    spans: list[TableCell] = []
    for title, same in _runs(titles):
        spans.append(TableCell(title, columns=3 * same, align="center", bold=True))
    if form.group_heads:
        draft.header.append(TableRow(tuple(spans), "header"))
    heads = [column.header[-1] for column in form.columns]
    draft.header.append(
        TableRow(tuple(TableCell(h, align="center", bold=True) for _ in parts for h in heads), "header")
    )
    for line in range(max(map(len, columns))):
        cells: list[TableCell | Slot] = []
        for place, rows in enumerate(columns):
            row = rows[line] if line < len(rows) else None
            if row is None:
                cells.extend((TableCell(), TableCell(), BLANK))
                continue
            strong = row.style == "class"
            cells.append(TableCell(row.code, bold=strong))
            cells.append(TableCell(row.label, indent=0 if strong else 1, bold=strong))
            cells.append(draft.number(row.cell, 3 * place + 2, bold=strong))
        draft.add(cells)
    _group_footer(form, draft, len(parts))
    return [1.1, 3.2, 1.5] * len(parts)


def _group_footer(form: Form, draft: Draft, parts: int) -> None:
    """人员经费合计 under the first block, 公用经费合计 under the rest."""
    if len(form.footer) != 2 or parts < 2:
        for row in form.footer:
            cells = [TableCell(row.label, columns=3 * parts - 1, align="center", bold=True)]
            draft.add([*cells, draft.number(row.cell, 3 * parts - 1, bold=True)], "total")
        return
    first, rest = form.footer
    width = 3 * parts
    draft.add(
        [
            TableCell(first.label, columns=2, align="center", bold=True),
            draft.number(first.cell, 2, bold=True),
            TableCell(rest.label, columns=width - 4, align="center", bold=True),
            draft.number(rest.cell, width - 1, bold=True),
        ],
        "total",
    )


def _runs(titles: list[str]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for title in titles:
        if runs and runs[-1][0] == title:
            runs[-1] = (title, runs[-1][1] + 1)
        else:
            runs.append((title, 1))
    return runs
