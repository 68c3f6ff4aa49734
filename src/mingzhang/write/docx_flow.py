"""The text of a DOCX: blocks become pieces of pages, gathered in upright and turned sections."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mingzhang.documents import Block, Chart, Contents, Heading, PageBreak, Paragraph, Table
from mingzhang.write.column_fit import fit_table
from mingzhang.write.docx_page import LANDSCAPE, PORTRAIT, Page
from mingzhang.write.docx_picture import picture_run, picture_size
from mingzhang.write.docx_styles import BY_IDENTIFIER
from mingzhang.write.docx_table import table_piece
from mingzhang.write.docx_xml import Piece, paragraph, run, twips
from mingzhang.write.plain_text import clean, ems

_STYLE_OF_KIND = {"body": "BodyText", "list": "ListItem", "note": "TableNote", "caption": "Caption"}
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}\Z")
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")
"""Where Word and WPS put a quarter em between Chinese and Latin."""
_PICTURE_WIDTH, _PICTURE_HEIGHT = 400.0, 225.0
_SMALL_TABLE = 0.4
"""Share of a page up to which a table in the text stays in one piece."""
CONTENTS_DEPTH = 2


@dataclass(slots=True)
class Entry:
    """A heading for the contents."""

    level: int
    text: str
    bookmark: str


@dataclass(slots=True)
class Flow:
    """The text being laid out: its sections, the headings met, and the pictures and type sizes used."""

    year: int
    picture_of: Callable[[Chart], bytes]
    sections: list[tuple[Page, list[Piece]]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    cell_sizes: list[tuple[float, float]] = field(default_factory=list)
    contents_at: list[tuple[int, int]] = field(default_factory=list)
    """(section, piece) places where the contents stand inside the text."""
    anchors: set[str] = field(default_factory=set)
    break_pending: bool = False

    def fill(self, blocks: Sequence[Block], relation: Callable[[int], str]) -> None:
        """Lay out all blocks in order; `relation` names the package's relation to a picture."""
        turned = _turned(blocks)
        for index, block in enumerate(blocks):
            self._turn(LANDSCAPE if turned[index] else PORTRAIT)
            if isinstance(block, PageBreak):
                self.break_pending = True
            elif isinstance(block, Heading):
                self._heading(block, *_table_below(blocks, index))
            elif isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Table):
                self._table(block, _heading_above(blocks, index))
            elif isinstance(block, Chart):
                self._chart(block, relation)
            elif isinstance(block, Contents):
                self.contents_at.append((len(self.sections) - 1, len(self.sections[-1][1])))
                self._add(Piece("", ()))

    # -- placing ---------------------------------------------------------------------------------------------

    def _turn(self, page: Page) -> None:
        """Begin a section where the page turns; a new section is a new page already."""
        if not self.sections or self.sections[-1][0] is not page:
            self.sections.append((page, []))
            self.break_pending = False

    def _add(self, piece: Piece) -> None:
        self.sections[-1][1].append(piece)

    def _page(self) -> Page:
        return self.sections[-1][0]

    def _new_page(self, wanted: bool = False) -> bool:
        """Whether the next paragraph begins a page; the first of a section does so anyway."""
        new = (self.break_pending or wanted) and bool(self.sections[-1][1])
        self.break_pending = False
        return new

    def _line(self, style_name: str, content: str, text: str, **details: str | bool) -> Piece:
        """A paragraph in a style, with its height as the style and its length give it."""
        style = BY_IDENTIFIER[style_name]
        wanted = bool(details.pop("new_page", False))
        new_page = self._new_page(wanted)
        first = 2.0 if style.first_line and not details.get("indent") else 0.0
        lines = text_lines(text, self._page().text_width / style.size, first)
        spacing = {name: str(value) for name, value in details.items() if name != "keep_next"}
        keep_next = bool(details.get("keep_next", False)) or style.keep_next
        xml = paragraph(
            style_name, content, new_page=new_page, keep_next=bool(details.get("keep_next", False)), **spacing
        )
        piece = Piece(xml, (style.line,) * lines, style.before, style.after, keep_next, new_page)
        self._add(piece)
        return piece

    # -- blocks ----------------------------------------------------------------------------------------------

    def _heading(self, heading: Heading, table: Table | None, leads: bool) -> None:
        """A heading; one that names the table right below stands over it, and the first of such a run on a new page."""
        level = min(max(heading.level, 1), 4)
        number = len(self.entries) + 1
        bookmark = f"_Toc{number:08d}"
        marks = [bookmark]
        if _ANCHOR.match(heading.anchor) and heading.anchor.lower() not in self.anchors:
            self.anchors.add(heading.anchor.lower())
            marks.append(heading.anchor)
        start = "".join(
            f'<w:bookmarkStart w:id="{2 * number + place}" w:name="{name}"/>'
            for place, name in enumerate(marks)
        )
        end = "".join(f'<w:bookmarkEnd w:id="{2 * number + place}"/>' for place in range(len(marks)))
        titled = table is not None and _names(heading, table)
        details: dict[str, str | bool] = {"new_page": leads and table is not None and _has_own_page(table)}
        if titled:
            details |= {"indent": '<w:ind w:firstLineChars="0" w:firstLine="0"/>', "align": "center"}
        content = f"{start}{run(heading.text)}{end}"
        piece = self._line(f"Heading{level}", content, heading.text, **details)
        piece.bookmark = bookmark
        self.entries.append(Entry(level, clean(heading.text), bookmark))

    def _paragraph(self, block: Paragraph) -> None:
        content = "".join(run(span.text, bold=span.bold, missing=span.missing) for span in block.spans)
        self._line(_STYLE_OF_KIND.get(block.kind, "BodyText"), content, block.text)

    def _table(self, table: Table, heading: Heading | None) -> None:
        if table.title and not (heading and _names(heading, table)):
            own = _has_own_page(table) and heading is None
            self._line("TableTitle", run(table.title), table.title, new_page=own)
        if table.number:
            self._line("TableNumber", run(table.number), table.number)
        if table.entity or table.unit:
            self._furniture(table)
        if self.break_pending:
            self._line("TableEnd", "", "", keep_next=True)
        notes = [note for note in table.notes if note.strip()]
        if not table.header and not table.body:
            self._notes(notes)
            return
        fit = fit_table(table, self._page().text_width, self._room_for_table(table, notes))
        self.cell_sizes.append((fit.size, fit.leading))
        together = fit.height <= self._page().text_height * _SMALL_TABLE
        self._add(table_piece(table, fit, together=together, with_next=bool(notes)))
        self._notes(notes)

    def _notes(self, notes: Sequence[str]) -> None:
        """Notes below a table; without any, a thin line keeps two tables apart."""
        for note in notes:
            self._line("TableNote", run(note), note)
        if not notes:
            self._line("TableEnd", "", "")

    def _furniture(self, table: Table) -> None:
        """Entity, year and unit on one line above the table."""
        width = self._page().text_width
        entity = f"编制单位：{table.entity}" if table.entity else ""
        unit = (
            f"{'金额单位' if table.unit.endswith('元') else '计量单位'}：{table.unit}" if table.unit else ""
        )
        right = f'<w:tab w:val="right" w:pos="{twips(width)}"/>'
        em = BY_IDENTIFIER["TableFurniture"].size
        if (ems(entity) + 3) * em > width / 2:  # no room for the year in the middle
            self._line("TableFurniture", run(f"{entity}\t{unit}"), "", tabs=f"<w:tabs>{right}</w:tabs>")
            return
        tabs = f'<w:tabs><w:tab w:val="center" w:pos="{twips(width / 2)}"/>{right}</w:tabs>'
        self._line("TableFurniture", run(f"{entity}\t{self.year}年度\t{unit}"), "", tabs=tabs)

    def _room_for_table(self, table: Table, notes: Sequence[str]) -> float:
        """Height of the page left for a table: what stands above it on its page and its notes are taken off."""
        page, above = self._page(), 0.0
        for piece in reversed(self.sections[-1][1]):
            if not piece.keep_next:
                break
            above += piece.before + sum(piece.lines) + piece.after
            if piece.new_page:
                break
        style = BY_IDENTIFIER["TableNote"]
        below = sum(text_lines(note, page.text_width / style.size, 0.0) for note in notes) * style.line
        return max(page.text_height - above - max(below, 8.0) - 6.0, page.text_height / 4)

    def _chart(self, chart: Chart, relation: Callable[[int], str]) -> None:
        png = self.picture_of(chart)
        size = picture_size(png, min(_PICTURE_WIDTH, self._page().text_width), _PICTURE_HEIGHT)
        self.pictures.append(png)
        number = len(self.pictures)
        description = chart.description or chart.caption or chart.name
        content = picture_run(number, f"图表{number}", description, relation(number - 1), size)
        piece = self._line("Figure", content, "")
        piece.lines = (size[1] + 4.0,)
        self._line("Caption", run(chart.caption), chart.caption)


def text_lines(text: str, ems_per_line: float, first_indent: float) -> int:
    """How many lines a paragraph takes.

    >>> text_lines("收入" * 20, 20, 2), text_lines("", 20, 0)
    (3, 1)
    """
    lines = 0
    for part in text.split("\n"):
        width = first_indent + ems(part) + 0.25 * len(_BETWEEN.findall(part))
        lines += max(1, math.ceil(width / math.floor(ems_per_line)))
    return lines


def _turned(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks stand on turned pages: landscape tables, with the headings and the page break right above them."""
    turned = [isinstance(block, Table) and block.landscape for block in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[index], Heading | PageBreak):
            turned[index] = turned[index + 1]
    return turned


def _table_below(blocks: Sequence[Block], index: int) -> tuple[Table | None, bool]:
    """The table under a run of headings, and whether the heading at `index` is the run's first."""
    below = next((block for block in blocks[index + 1 :] if not isinstance(block, Heading)), None)
    leads = index == 0 or not isinstance(blocks[index - 1], Heading)
    direct = isinstance(below, Table)
    return (below if isinstance(below, Table) else None), leads and direct


def _heading_above(blocks: Sequence[Block], index: int) -> Heading | None:
    above = blocks[index - 1] if index else None
    return above if isinstance(above, Heading) else None


def _names(heading: Heading, table: Table) -> bool:
    """Whether a heading says the table's title, so that it need not be printed twice."""
    return bool(table.title) and heading.text.strip().endswith(table.title)


def _has_own_page(table: Table) -> bool:
    """Whether a table is one of the official forms, each of which begins a page."""
    return bool(table.number or table.name)
