"""Styles of the DOCX: an official Chinese paper (GB/T 9704 body, 黑体 and 楷体 headings), as WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.write.docx_xml import twips
from mingzhang.write.plain_text import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SONG, HEI, FANGSONG, KAI = "宋体", "黑体", "仿宋", "楷体"
_LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes and heights in points. `line` is the fixed line height."""

    identifier: str
    name: str
    font: str
    size: float
    line: float
    before: float = 0.0
    after: float = 0.0
    bold: bool = False
    align: str = "both"
    first_line: bool = False
    left: float = 0.0
    outline: int | None = None
    keep_next: bool = False
    tabs: tuple[tuple[str, float, str], ...] = ()
    border: bool = False
    based_on: str = "Normal"
    follows: str = ""
    flexible: bool = False
    """The line grows with what stands in it, such as a picture."""
    cell: bool = False
    """Text of a table cell: no spacing between Chinese and digits."""


STYLES = (
    Style("Normal", "Normal", FANGSONG, 16, 28, based_on=""),
    Style("BodyText", "Body Text", FANGSONG, 16, 28, first_line=True),
    Style("ListItem", "List Item", FANGSONG, 16, 28, first_line=True),
    Style("Title", "Title", SONG, 36, 56, bold=True, align="center"),
    Style("Subtitle", "Subtitle", KAI, 18, 32, align="center"),
    Style("CoverName", "Cover Name", SONG, 26, 44, bold=True, align="center"),
    Style("CoverDate", "Cover Date", FANGSONG, 16, 30, align="center"),
    Style(
        "Heading1",
        "heading 1",
        HEI,
        18,
        30,
        after=12,
        align="center",
        outline=0,
        keep_next=True,
        follows="BodyText",
    ),
    Style(
        "Heading2",
        "heading 2",
        HEI,
        16,
        28,
        before=8,
        after=2,
        first_line=True,
        outline=1,
        keep_next=True,
        follows="BodyText",
    ),
    Style(
        "Heading3",
        "heading 3",
        KAI,
        16,
        28,
        bold=True,
        first_line=True,
        outline=2,
        keep_next=True,
        follows="BodyText",
    ),
    Style(
        "Heading4",
        "heading 4",
        FANGSONG,
        16,
        28,
        bold=True,
        first_line=True,
        outline=3,
        keep_next=True,
        follows="BodyText",
    ),
    Style("TOCHeading", "TOC Heading", HEI, 22, 40, after=12, align="center"),
    Style("Header", "header", SONG, 10.5, 15, align="center", border=True),
    Style("CoverHeader", "Cover Header", SONG, 10.5, 15, align="center"),
    Style("Footer", "footer", SONG, 14, 20, align="center"),
    Style("Figure", "Figure", FANGSONG, 16, 20, before=6, align="center", keep_next=True, flexible=True),
    Style("Caption", "caption", HEI, 12, 20, after=8, align="center"),
    Style("TableTitle", "Table Title", HEI, 16, 28, before=6, align="center", keep_next=True),
    Style("TableNumber", "Table Number", SONG, 10.5, 16, align="right", keep_next=True),
    Style("TableFurniture", "Table Furniture", SONG, 10.5, 18, align="left", keep_next=True),
    Style("TableNote", "Table Note", SONG, 10.5, 16, align="both"),
    Style("TableEnd", "Table End", SONG, 5, 8),
    Style("SectionEnd", "Section End", SONG, 1, 1),
)
BY_IDENTIFIER = {style.identifier: style for style in STYLES}
CELL_MARGIN = 57
"""Side margin of a table cell, in twips."""


def cell_style(size: float) -> str:
    """Identifier of the style of table text of a size."""
    return f"TableText{round(size * 10)}"


def contents_styles(size: float, line: float) -> tuple[Style, Style]:
    """Styles of the contents' two levels at a size and line height."""
    tabs = (("right", 442, "dot"),)
    return (
        Style("TOC1", "toc 1", HEI, size, line, align="left", tabs=tabs),
        Style("TOC2", "toc 2", FANGSONG, size, line, align="left", left=2 * size, tabs=tabs),
    )


def styles_xml(
    cell_sizes: Iterable[tuple[float, float]], contents: tuple[float, float], language: str
) -> str:
    """The styles part. `cell_sizes` are (size, leading) of the tables at hand, `contents` those of the contents."""
    cells = [
        Style(cell_style(size), f"Table Text {size:g}", SONG, size, leading, align="left", cell=True)
        for size, leading in sorted(set(cell_sizes))
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles {NAMESPACES}>'
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        f'<w:lang w:val="en-US" w:eastAsia="{escape(language)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{''.join(map(_style_xml, (*STYLES, *contents_styles(*contents), *cells)))}{_FIXED}</w:styles>"
    )


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{font}" w:cs="{_LATIN}"/>'


def _style_xml(style: Style) -> str:
    default = ' w:default="1"' if style.identifier == "Normal" else ""
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style.identifier}"><w:name w:val="{style.name}"/>'
        + (f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "")
        + (f'<w:next w:val="{style.follows}"/>' if style.follows else "")
        + f"<w:qFormat/><w:pPr>{_paragraph_properties(style)}</w:pPr><w:rPr>{_fonts(style.font)}"
        + ("<w:b/><w:bCs/>" if style.bold else "")
        + f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/></w:rPr></w:style>'
    )


def _paragraph_properties(style: Style) -> str:
    tabs = "".join(
        f'<w:tab w:val="{kind}"{f" w:leader={chr(34)}{leader}{chr(34)}" if leader else ""} w:pos="{twips(place)}"/>'
        for kind, place, leader in style.tabs
    )
    spacing = f'w:before="{twips(style.before)}" w:after="{twips(style.after)}" w:line="{twips(style.line)}"'
    rule = "atLeast" if style.flexible else "exact"
    indent = ""
    if style.first_line:
        indent = f'<w:ind w:firstLineChars="200" w:firstLine="{twips(style.size * 2)}"/>'
    elif style.left:
        indent = f'<w:ind w:left="{twips(style.left)}"/>'
    return (
        ("<w:keepNext/>" if style.keep_next else "")
        + '<w:widowControl w:val="0"/>'
        + (_HEADER_RULE if style.border else "")
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + ('<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if style.cell else "")
        + f'<w:snapToGrid w:val="0"/><w:spacing {spacing} w:lineRule="{rule}"/>'
        + indent
        + f'<w:jc w:val="{style.align}"/>'
        + ("" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>')
    )


_BUILT_IN = frozenset(
    (
        "Normal",
        "Body Text",
        "Title",
        "Subtitle",
        "TOC Heading",
        "toc 1",
        "toc 2",
        "header",
        "footer",
        "caption",
        "heading 1",
        "heading 2",
        "heading 3",
        "heading 4",
    )
)
_HEADER_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="808080"/></w:pBdr>'
_FIXED = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="DisclosureTable"><w:name w:val="Disclosure Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:left w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:right w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="404040"/>'
    '<w:insideV w:val="single" w:sz="4" w:space="0" w:color="404040"/></w:tblBorders>'
    f'<w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
