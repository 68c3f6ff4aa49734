"""The DOCX an office sends up: cover, filled contents, styled headings, native tables, pictures of charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from mingzhang.documents import Chart, Contents, Document
from mingzhang.write.docx_flow import CONTENTS_DEPTH, Entry, Flow, text_lines
from mingzhang.write.docx_package import BODY_PARTS, COVER_PARTS, package, picture_relation
from mingzhang.write.docx_page import PORTRAIT, Page, pages_of
from mingzhang.write.docx_styles import BY_IDENTIFIER, NAMESPACES, styles_xml
from mingzhang.write.docx_xml import Piece, paragraph, run, twips
from mingzhang.write.zip_times import zip_bytes

_ROMAN = '<w:pgNumType w:fmt="upperRoman" w:start="1"/>'
_CONTENTS_SIZES = ((14.0, 26.0), (14.0, 23.0), (14.0, 20.0), (12.0, 18.0), (12.0, 16.0))
"""Type size and line height of the contents, roomiest first."""
_FROM_ONE = '<w:pgNumType w:start="1"/>'


def write_docx(document: Document, path: Path, charts: Mapping[str, bytes] | None = None) -> None:
    """Write a document as DOCX; the same document gives the same bytes.

    `charts` are PNG pictures by chart name; those not given are drawn.
    """
    path.write_bytes(docx_bytes(document, charts))


def docx_bytes(document: Document, charts: Mapping[str, bytes] | None = None) -> bytes:
    """Return the DOCX file of a document."""
    flow = Flow(document.metadata.year, _pictures(charts or {}))
    blocks = document.blocks
    in_front = bool(blocks) and isinstance(blocks[0], Contents)
    flow.fill(blocks[1:] if in_front else blocks, picture_relation)
    if not flow.sections:
        flow.sections.append((PORTRAIT, []))
    entries = [entry for entry in flow.entries if entry.level <= CONTENTS_DEPTH]
    for section, place in flow.contents_at:
        flow.sections[section][1][place] = Piece("", _contents_lines(entries))
    pages = pages_of(flow.sections)
    contents = _contents(entries, pages)
    for section, place in flow.contents_at:
        flow.sections[section][1][place] = Piece(contents, ())

    front: list[tuple[Page, list[Piece], str]] = [
        (PORTRAIT, _cover(document), PORTRAIT.properties(COVER_PARTS))
    ]
    if in_front and contents:
        front.append((PORTRAIT, [Piece(contents, ())], PORTRAIT.properties(BODY_PARTS, _ROMAN)))
    body = [
        (page, pieces, page.properties(() if index else BODY_PARTS, "" if index else _FROM_ONE))
        for index, (page, pieces) in enumerate(flow.sections)
    ]
    text = _text([*front, *body])
    styles = styles_xml(flow.cell_sizes, _contents_size(len(entries)), document.metadata.language)
    return zip_bytes(package(document, text, styles, flow.pictures), document.metadata.published_on)


def _pictures(charts: Mapping[str, bytes]) -> Callable[[Chart], bytes]:
    def picture_of(chart: Chart) -> bytes:
        given = charts.get(chart.name)
        if given is not None:
            return given
        from mingzhang.write.charts import chart_png  # loads Typst: only where it is asked for

        return chart_png(chart)

    return picture_of


def _text(sections: Sequence[tuple[Page, list[Piece], str]]) -> str:
    """The main part; every section but the last closes inside its last paragraph."""
    parts: list[str] = []
    for index, (_, pieces, properties) in enumerate(sections):
        last = index == len(sections) - 1
        parts.extend(piece.xml for piece in pieces[:-1])
        closing = pieces[-1].xml if pieces else paragraph("SectionEnd", "")
        if not closing.startswith("<w:p>"):
            parts.append(closing)
            closing = paragraph("SectionEnd", "")
        parts.append(closing if last else closing.replace("</w:pPr>", f"{properties}</w:pPr>", 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {NAMESPACES}>'
        f"<w:body>{''.join(parts)}{sections[-1][2]}</w:body></w:document>"
    )


# -- cover -----------------------------------------------------------------------------------------------------


def _cover(document: Document) -> list[Piece]:
    metadata = document.metadata
    department = metadata.department
    rest = document.title.removeprefix(department).strip()
    titles = (
        [("CoverName", department), ("Title", rest)]
        if rest and rest != document.title
        else [("Title", document.title)]
    )
    lines = [(style, text, 150.0 if index == 0 else 24.0) for index, (style, text) in enumerate(titles)]
    if metadata.subtitle:
        lines.append(("Subtitle", metadata.subtitle, 30.0))
    if metadata.watermark:
        lines.append(("Subtitle", f"【{metadata.watermark}】", 12.0))
    used = sum(
        before + BY_IDENTIFIER[style].line * _cover_lines(style, text) for style, text, before in lines
    )
    version = f"（第{metadata.version}版）" if metadata.version > 1 else ""
    lines.append(("CoverDate", metadata.author or department, max(60.0, PORTRAIT.text_height - used - 90.0)))
    lines.append(("CoverDate", f"{_chinese_date(metadata.published_on)}{version}", 0.0))
    return [Piece(_cover_line(*line), ()) for line in lines]


def _cover_lines(style: str, text: str) -> int:
    return text_lines(text, PORTRAIT.text_width / BY_IDENTIFIER[style].size, 0.0)


def _cover_line(style: str, text: str, before: float) -> str:
    line = twips(BY_IDENTIFIER[style].line)
    spacing = f'<w:spacing w:before="{twips(before)}" w:line="{line}" w:lineRule="exact"/>'
    return paragraph(style, run(text), spacing=spacing)


def _chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# -- contents --------------------------------------------------------------------------------------------------


def _contents_lines(entries: Sequence[Entry]) -> tuple[float, ...]:
    heading = BY_IDENTIFIER["TOCHeading"]
    _, line = _contents_size(len(entries))
    return (heading.line + heading.after, *(line for _ in entries)) if entries else ()


def _contents_size(count: int) -> tuple[float, float]:
    """Type size and line height that keep the contents on one page where that stays readable."""
    heading = BY_IDENTIFIER["TOCHeading"]
    room = PORTRAIT.text_height - heading.line - heading.after - 2.0
    return next((choice for choice in _CONTENTS_SIZES if choice[1] * count <= room), _CONTENTS_SIZES[0])


def _contents(entries: Sequence[Entry], pages: Mapping[str, int]) -> str:
    """The contents field with its entries already filled in; nothing where there is no heading."""
    if not entries:
        return ""
    lines = [paragraph("TOCHeading", run("目　录"))]
    for index, entry in enumerate(entries):
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            f' TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        link = (
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> PAGEREF {entry.bookmark} \\h </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(str(pages[entry.bookmark]))}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>'
        )
        last = index == len(entries) - 1
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if last else ""
        lines.append(paragraph(f"TOC{entry.level}", ("" if index else begin) + link + end))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"
    )
