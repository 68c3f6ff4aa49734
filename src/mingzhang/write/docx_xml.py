"""Small pieces of WordprocessingML: runs, paragraphs, and pieces of a page that know their height."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.write.plain_text import escape

_AMBIGUOUS = frozenset("“”‘’—…·×÷°§±①②③④⑤⑥⑦⑧⑨⑩")
"""Characters that stand in Latin and Chinese fonts alike; Word needs to be told that they are Chinese here."""


@dataclass(slots=True)
class Piece:
    """A paragraph or a table on its way to the page; heights in points.

    `lines` are the heights that no page break may divide; `repeated` is what a table repeats on each new page.
    `section` is put into the paragraph's properties when it closes a section.
    """

    xml: str
    lines: tuple[float, ...]
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    new_page: bool = False
    repeated: float = 0.0
    bookmark: str = ""


def run(text: str, *, bold: bool = False, missing: bool = False, extra: str = "") -> str:
    """One run; line ends and tabs in the text become breaks and tabs."""
    if not text:
        return ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if not _AMBIGUOUS.isdisjoint(text) else ""
    properties = hint + ("<w:b/><w:bCs/>" if bold else "") + extra
    if missing:
        properties += '<w:highlight w:val="yellow"/>'
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if "\n" not in text and "\t" not in text and "\r" not in text:
        return f'<w:r>{head}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    inside = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        inside.append("<w:br/>" if number else "")
        for place, part in enumerate(line.split("\t")):
            inside.append("<w:tab/>" if place else "")
            inside.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")
    return f"<w:r>{head}{''.join(inside)}</w:r>"


def paragraph(
    style: str,
    content: str,
    *,
    keep_next: bool = False,
    new_page: bool = False,
    tabs: str = "",
    spacing: str = "",
    indent: str = "",
    align: str = "",
    section: str = "",
) -> str:
    """One paragraph; the properties stand in the order the schema asks for."""
    properties = (
        f'<w:pStyle w:val="{style}"/>'
        + ("<w:keepNext/>" if keep_next else "")
        + ("<w:pageBreakBefore/>" if new_page else "")
        + tabs
        + spacing
        + indent
        + (f'<w:jc w:val="{align}"/>' if align else "")
        + section
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field with its result as runs, updated by Word on request."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def twips(points: float) -> int:
    """Points in twentieths."""
    return round(points * 20)
