"""Tables of the DOCX: native, with fixed columns, merged cells, repeated header rows and whole rows."""

from __future__ import annotations

from itertools import pairwise

from mingzhang.documents import Table
from mingzhang.write.column_fit import Fit
from mingzhang.write.docx_styles import cell_style
from mingzhang.write.docx_xml import Piece, paragraph, run, twips
from mingzhang.write.plain_text import escape
from mingzhang.write.table_grid import Placed

_HEADER_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
_ALIGNMENTS = frozenset({"left", "right", "center"})


def table_piece(table: Table, fit: Fit, *, together: bool, with_next: bool) -> Piece:
    """The table as a piece of the page.

    `together` keeps a small table on one page, `with_next` keeps its last row with the note below.
    """
    count = len(fit.body)
    edges = [0, *(twips(sum(fit.widths[: index + 1])) for index in range(len(fit.widths)))]
    widths = [right - left for left, right in pairwise(edges)]
    rows = [
        *_rows(fit.header, fit.header_heights, widths, fit.size, header=True, kept=[True] * len(fit.header)),
        *_rows(
            fit.body,
            fit.body_heights,
            widths,
            fit.size,
            header=False,
            kept=[with_next if index == count - 1 else together for index in range(count)],
        ),
    ]
    caption = f'<w:tblCaption w:val="{escape(table.title)}"/>' if table.title else ""
    properties = (
        f'<w:tblPr><w:tblStyle w:val="DisclosureTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{caption}</w:tblPr>"
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    repeated = sum(fit.header_heights)
    heights = [*fit.header_heights, *fit.body_heights]
    first = len(fit.header_heights) + 1
    lines = (fit.height,) if together else (sum(heights[:first]), *heights[first:])
    return Piece(
        f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>",
        lines,
        keep_next=together and with_next,
        repeated=repeated,
    )


def _rows(
    lines: list[list[Placed]],
    heights: tuple[float, ...],
    widths: list[int],
    size: float,
    *,
    header: bool,
    kept: list[bool],
) -> list[str]:
    """Rows of the header or of the body, cells reaching down marked in each row they cover."""
    reaching: dict[int, Placed] = {}
    rows = []
    for index, line in enumerate(lines):
        starting = {placed.column: placed for placed in line}
        cells = []
        column = 0
        while column < len(widths):
            placed = starting.get(column) or reaching[column]
            width = sum(widths[column : column + placed.columns])
            cells.append(
                _cell(placed, width, size, header=header, first=column in starting, kept=kept[index])
            )
            if column in starting and placed.rows > 1:
                reaching[column] = placed
            column += placed.columns
        marks = f'<w:cantSplit/><w:trHeight w:val="{twips(heights[index])}" w:hRule="atLeast"/>'
        marks += "<w:tblHeader/>" if header else ""
        rows.append(f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>")
    return rows


def _cell(placed: Placed, width: int, size: float, *, header: bool, first: bool, kept: bool) -> str:
    cell = placed.cell
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{placed.columns}"/>' if placed.columns > 1 else "")
        + ("" if placed.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>")
        + (_HEADER_SHADE if header else "")
        + '<w:vAlign w:val="center"/>'
    )
    align = cell.align if cell.align in _ALIGNMENTS and cell.align != "left" else ""
    indent = f'<w:ind w:left="{twips(size * cell.indent)}"/>' if cell.indent > 0 else ""
    content = run(cell.text, bold=cell.bold) if first else ""
    inside = paragraph(cell_style(size), content, keep_next=kept, indent=indent, align=align)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
