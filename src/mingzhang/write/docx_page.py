"""Pages of the DOCX: their geometry, section properties, and which page each piece falls on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.write.docx_xml import Piece, twips

_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Page:
    """An A4 page turned either way, with its margins in millimetres (GB/T 9704 for the upright one)."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    landscape: bool = False

    @property
    def text_width(self) -> float:
        """Width between the margins, in points."""
        return (self.width - self.left - self.right) * _MILLIMETRE

    @property
    def text_height(self) -> float:
        """Height between the margins, in points."""
        return (self.height - self.top - self.bottom) * _MILLIMETRE

    def properties(self, parts: Sequence[tuple[str, str]], numbering: str = "") -> str:
        """The section's properties: (kind, relationship) of headers and footers, size, margins, page numbers."""
        references = "".join(
            f'<w:{kind}Reference w:type="default" r:id="{target}"/>' for kind, target in parts
        )
        width, height = twips(self.width * _MILLIMETRE), twips(self.height * _MILLIMETRE)
        orient = ' w:orient="landscape"' if self.landscape else ""
        margins = {
            "top": self.top,
            "right": self.right,
            "bottom": self.bottom,
            "left": self.left,
            "header": self.header,
            "footer": self.footer,
        }
        stated = " ".join(f'w:{side}="{twips(value * _MILLIMETRE)}"' for side, value in margins.items())
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
            f'<w:pgMar {stated} w:gutter="0"/>{numbering}<w:cols w:space="425"/></w:sectPr>'
        )


PORTRAIT = Page(210, 297, top=37, bottom=35, left=28, right=26, header=20, footer=25)
LANDSCAPE = Page(297, 210, top=27, bottom=20, left=20, right=20, header=16, footer=10, landscape=True)


def pages_of(sections: Sequence[tuple[Page, Sequence[Piece]]]) -> dict[str, int]:
    """The page, from 1, on which each bookmarked piece begins, by the heights the pieces state.

    Sections begin on new pages. Word and WPS number again on request; this numbering is for readers who only open
    the file.
    """
    pages: dict[str, int] = {}
    number = 0
    for page, pieces in sections:
        number += 1
        used = 0.0
        for index, piece in enumerate(pieces):
            needed = _chain(pieces, index)
            if used > 0 and (piece.new_page or used + min(needed, page.text_height) > page.text_height + 0.5):
                number += 1
                used = 0.0
            if piece.bookmark:
                pages[piece.bookmark] = number
            used += piece.before
            for line in piece.lines:
                if used > 0 and used + line > page.text_height + 0.5:
                    number += 1
                    used = piece.repeated
                used += line
            used += piece.after
    return pages


def _chain(pieces: Sequence[Piece], index: int) -> float:
    """Height that must stay together from a piece on: headings with the first line of what they head."""
    height = 0.0
    for piece in pieces[index:]:
        if not piece.keep_next:
            return height + piece.before + (piece.lines[0] if piece.lines else 0.0)
        height += piece.before + sum(piece.lines) + piece.after
    return height
