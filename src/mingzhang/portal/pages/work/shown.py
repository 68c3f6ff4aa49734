"""A text of the work report as shown: bound figures, numbers typed by hand and figures that moved are marked."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.records.models import WorkPart
from mingzhang.records.work.figures import Figures, unbound_numbers


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `kind` is `bound`, `typed`, `missing` or blank, `title` says where it comes from."""

    text: str
    kind: str = ""
    title: str = ""


def marked(figures: Figures, body: str) -> list[list[Piece]]:
    """Lines of a text in pieces."""
    found = []
    for line in body.splitlines():
        pieces: list[Piece] = []
        position = 0
        for number in unbound_numbers(line):
            pieces += _plain(figures, line[position : number.start])
            pieces.append(Piece(number.text, "typed", "手填的数字，没有与台账或账簿关联"))
            position = number.end
        pieces += _plain(figures, line[position:])
        found.append(pieces)
    return found


def _plain(figures: Figures, text: str) -> list[Piece]:
    pieces = []
    for span in figures.spans(text):
        if span.missing:
            pieces.append(Piece(span.text, "missing", "无法识别或还没有数据"))
        elif span.figure is not None:
            pieces.append(Piece(span.text, "bound", f"取自 {span.figure.coordinate}"))
        else:
            pieces.append(Piece(span.text))
    return pieces


def moved_figures(figures: Figures, part: WorkPart) -> list[tuple[str, str, str]]:
    """What an approved part's figures print now where it differs from the approval."""
    if part.state != WorkPart.State.APPROVED:
        return []
    return figures.moved(part.figures, part.body)
