"""Word files (DOCX): paragraphs with their automatic numbers, tables with their spans, text boxes and notes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingzhang.documents import Block, Document, Run, TableCell
from mingzhang.read.reports.archive import Archive
from mingzhang.read.reports.breaks import write_paragraphs
from mingzhang.read.reports.docx_numbering import Numbering, W
from mingzhang.read.reports.docx_text import Paragraphs, Styles
from mingzhang.read.reports.pages import Grid, PageText, cell, raw_document
from mingzhang.read.reports.plain import Piece
from mingzhang.read.reports.sources import content

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "/officeDocument"
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ["sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink"]
)
_WIDEST = 200


def read_docx(source: Path | bytes, name: str = "") -> Document:
    """Read a Word file; `page.text` is its text in reading order, cells parted by tabs.

    Deleted text is left out, inserted text is in; page heads and feet are left out.
    """
    return _read(source, name).document()


def docx_runs(source: Path | bytes) -> list[Run]:
    """Every run of text with its offsets in the page that `read_docx` gives, to find figures again in the file."""
    return list(_read(source, "").runs())


def _read(source: Path | bytes, name: str) -> _Reading:
    raw, name = content(source, name)
    archive = Archive(raw, name)
    part = _main_part(archive)
    root = archive.xml(part)
    if root is None or root.find(f"{W}body") is None:
        raise archive.refused("file_broken", "这个 Word 文件没有正文，或由不支持的格式保存")
    folder = posixpath.dirname(part)
    reading = _Reading(
        archive,
        part,
        Styles.of(archive.xml(f"{folder}/styles.xml")),
        Numbering.of(archive.xml(f"{folder}/numbering.xml")),
    )
    reading.blocks.extend(reading.flow(root.find(f"{W}body")))
    return reading


def _main_part(archive: Archive) -> str:
    relations = archive.xml("_rels/.rels")
    for each in relations.iter(_RELATION) if relations is not None else ():
        if (each.get("Type") or "").endswith(_MAIN):
            return (each.get("Target") or "").lstrip("/")
    return "word/document.xml"


@dataclass
class _Reading:
    """One pass over the file, writing the page and gathering its blocks."""

    archive: Archive
    part: str
    styles: Styles
    numbering: Numbering
    page: PageText = field(default_factory=PageText)
    blocks: list[Block] = field(default_factory=list)
    seen: list[tuple[int, Any, str, str]] = field(default_factory=list)
    """The offset of each element of text, its part of the file and the note it stands in."""
    note: str = ""
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """{footnotes or endnotes: {id: its element}}, read when first referred to."""

    def document(self) -> Document:
        """The raw document."""
        return raw_document(self.archive.name, self.blocks, (self.page.page(1),), "docx")

    def runs(self) -> Iterator[Run]:
        """The runs of text, in the order they were read."""
        numbers: dict[Any, int] = {}
        for start, element, part, note in self.seen:
            if element not in numbers:
                root = element.getroottree().getroot()
                numbers.update((each, number) for number, each in enumerate(root.iter("*")))
            yield Run(start, start + len(element.text), part, numbers[element], note)

    def flow(self, container: Any) -> Iterator[Block]:
        """The blocks of a body, a text box, a note or a cell that holds a table."""
        waiting: Paragraphs | None = None
        number = ""
        for element in _blocks(container):
            if element.tag == f"{W}tbl":
                yield from self._table(element)
                continue
            shown = waiting or Paragraphs()
            number = number if waiting else self.styles.number(element, self.numbering)
            shown.add(element)
            waiting = shown if _mark_deleted(element) else None
            if waiting is None:
                yield from self._paragraph(shown, number)
        if waiting is not None:
            yield from self._paragraph(waiting, number)

    def _paragraph(self, shown: Paragraphs, number: str) -> Iterator[Block]:
        text = shown.text
        if text.strip():
            self._remember(shown, self.page.first + self.page.length + len(number))
            yield from write_paragraphs(self.page, number + text)
        yield from self._hanging(shown)

    def _hanging(self, shown: Paragraphs) -> Iterator[Block]:
        """Text boxes and notes of a paragraph."""
        for box in shown.boxes:
            yield from self.flow(box)
        for kind, name in shown.notes:
            note = self._note(kind, name)
            if note is not None:
                main, self.part = self.part, f"{posixpath.dirname(self.part)}/{kind}.xml"
                self.note = name
                yield from self.flow(note)
                self.part, self.note = main, ""

    def _note(self, kind: str, name: str) -> Any:
        if kind not in self.notes:
            root = self.archive.xml(f"{posixpath.dirname(self.part)}/{kind}.xml")
            self.notes[kind] = {each.get(f"{W}id"): each for each in root} if root is not None else {}
        return self.notes[kind].pop(name, None)

    def _remember(self, shown: Paragraphs, at: int) -> None:
        for text, element in shown.pieces:
            if element is not None:
                self.seen.append((at, element, self.part, self.note))
            at += len(text)

    def _table(self, table: Any) -> Iterator[Block]:
        grid, after = Grid(), list[Any]()
        rows = [row for row in _rows(table) if row.find(f"{W}trPr/{W}del") is None]
        if len(rows) == 1 and len(list(_cells(rows[0]))) == 1:
            yield from self.flow(next(_cells(rows[0])))
            return
        laid: list[list[tuple[TableCell, int, bool]]] = []
        for row in rows:
            cells, hanging = self._row(row)
            laid.append(cells)
            after.extend(hanging)
        for at, cells in enumerate(laid):
            grid.add(
                [_spanned(each, column, at, laid) for each, column, goes_on in cells if not goes_on],
                self.archive.name,
            )
        found = grid.table()
        if found:
            yield found
        for nested in after:
            yield from self._table(nested) if nested.tag == f"{W}tbl" else self.flow(nested)

    def _row(self, row: Any) -> tuple[list[tuple[TableCell, int, bool]], list[Any]]:
        """Cells with their grid column and whether each only goes on from above; and what hangs on them."""
        cells: list[tuple[TableCell, int, bool]] = []
        after: list[Any] = []
        column = _whole(row, "trPr/w:gridBefore", 0)
        if column:
            cells.append((TableCell(columns=column), 0, False))
        for each in _cells(row):
            columns = _whole(each, "tcPr/w:gridSpan", 1)
            merge = each.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val") in (None, "continue")
            if goes_on:
                cells.append((TableCell(columns=columns), column, True))
            else:
                if cells and any(not passed for _, _, passed in cells):
                    self.page.write("\t")
                cells.append((self._cell(each, columns, after), column, False))
            column += columns
        self.page.write("\n")
        return cells, after

    def _cell(self, element: Any, columns: int, after: list[Any]) -> TableCell:
        pieces: list[Piece] = []
        for each in _blocks(element):
            if each.tag == f"{W}tbl":
                after.append(each)
                continue
            shown = Paragraphs()
            number = self.styles.number(each, self.numbering)
            shown.add(each)
            after.extend(shown.boxes)
            if not shown.text.strip():
                continue
            if pieces:
                self.page.write("\n")
            self._remember(shown, self.page.first + self.page.length + len(number))
            pieces.append(self.page.write(number + shown.text.replace("\t", " ")))
        return cell(pieces, columns)


def _spanned(
    each: TableCell, column: int, at: int, laid: list[list[tuple[TableCell, int, bool]]]
) -> TableCell:
    """The cell with the rows below that go on from it."""
    rows = 1
    for below in laid[at + 1 :]:
        if not any(passed and place == column for _, place, passed in below):
            break
        rows += 1
    return each if rows == 1 else TableCell(each.text, columns=each.columns, rows=rows, located=each.located)


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs and tables of a container, content controls and insertions opened."""
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))


def _rows(table: Any) -> Iterator[Any]:
    return _direct(table, f"{W}tr")


def _cells(row: Any) -> Iterator[Any]:
    return _direct(row, f"{W}tc")


def _direct(container: Any, wanted: str) -> Iterator[Any]:
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == wanted:
            yield element
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))


def _mark_deleted(paragraph: Any) -> bool:
    """Whether the paragraph's end is struck out, so that the next one joins it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _whole(element: Any, path: str, otherwise: int) -> int:
    found = element.find(f"{W}{path.replace('w:', W)}")
    text = (found.get(f"{W}val") or "") if found is not None else ""
    return (
        min(int(text), _WIDEST)
        if text.isdigit() and len(text) < 7
        else _WIDEST
        if text.isdigit()
        else otherwise
    )
