"""One character of a document changed, as read: page text, paragraph, heading or cell alike."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.documents import Block, Document, Heading, Page, Paragraph, Span, Table, TableCell, Text


def changed(document: Document, offset: int, digit: str) -> Document:
    """The document with another character at a document-wide offset."""
    return replace(
        document,
        pages=tuple(_page(page, offset, digit) for page in document.pages),
        blocks=tuple(_block(block, offset, digit) for block in document.blocks),
    )


def _page(page: Page, offset: int, digit: str) -> Page:
    at = offset - page.first
    if not 0 <= at < len(page.text):
        return page
    return replace(page, text=page.text[:at] + digit + page.text[at + 1 :])


def _text(located: Text | None, offset: int, digit: str) -> Text | None:
    if located is None or offset not in located.offsets:
        return None
    at = list(located.offsets).index(offset)
    return Text(located.text[:at] + digit + located.text[at + 1 :], located.offsets)


def _block(block: Block, offset: int, digit: str) -> Block:
    if isinstance(block, Paragraph) and (text := _text(block.located, offset, digit)):
        return replace(block, spans=(Span(text.text),), located=text)
    if isinstance(block, Heading) and (text := _text(block.located, offset, digit)):
        return replace(block, text=text.text, located=text)
    if isinstance(block, Table):
        rows = tuple(
            replace(row, cells=tuple(_cell(cell, offset, digit) for cell in row.cells)) for row in block.body
        )
        return replace(block, body=rows)
    return block


def _cell(cell: TableCell, offset: int, digit: str) -> TableCell:
    text = _text(cell.located, offset, digit)
    return cell if text is None else replace(cell, text=text.text, located=text)
