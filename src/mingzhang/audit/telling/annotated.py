"""An annotated copy of a PDF: a box with a note on every place of every finding; the pages stay as they are."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mingzhang.audit.remark import Remark
from mingzhang.audit.telling.words import graded
from mingzhang.documents import Box

_COLOURS = {"error": (0.80, 0.10, 0.10), "warning": (0.85, 0.50, 0.00), "notice": (0.10, 0.40, 0.75)}
_MARGIN = 1.5


def annotated_pdf(content: bytes, remarks: Sequence[Remark]) -> bytes:
    """The file with its findings as square annotations, each with its own appearance and a note to open."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, remark in enumerate(remarks, 1):
            for place in dict.fromkeys(remark.places):
                if place.box is not None and place.page <= len(pdf.pages):
                    page = pdf.pages[place.page - 1]
                    note = _note(pdf, page, place.box, number, remark)
                    page.obj.Annots = Array([*page.obj.get("/Annots", []), pdf.make_indirect(note)])
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _note(pdf: pikepdf.Pdf, page: pikepdf.Page, box: Box, number: int, remark: Remark) -> Dictionary:
    left, bottom, right, top = _unturned(page, box)
    rectangle = [left - _MARGIN, bottom - _MARGIN, right + _MARGIN, top + _MARGIN]
    width, height = rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]
    red, green, blue = _COLOURS[remark.severity]
    drawing = f"{red} {green} {blue} RG 1 w 0.5 0.5 {width - 1:.2f} {height - 1:.2f} re S"
    look = pdf.make_stream(drawing.encode())
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    told = [f"{number}. {graded(remark)}（{remark.verdict.value}）：{remark.message}"]
    told += [f"应为：{remark.computed}"] if remark.computed else []
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array(rectangle),
        C=Array([red, green, blue]),
        Contents=String("\n".join(told)),
        T=String("决算审核"),
        NM=String(f"mingzhang-{number}-{left:.0f}-{bottom:.0f}"),
        F=4,
        AP=Dictionary(N=look),
    )


def _unturned(page: pikepdf.Page, box: Box) -> tuple[float, float, float, float]:
    """A box as viewers show it, in the page's own coordinates."""
    x0, y0, x1, y1 = map(float, page.cropbox)
    points = []
    for across, down in ((box[0], box[1]), (box[2], box[3])):
        turned = int(page.obj.get("/Rotate", 0)) // 90 % 4
        points.append(
            (
                (x0 + across, y1 - down),
                (x0 + down, y0 + across),
                (x1 - across, y0 + down),
                (x1 - down, y1 - across),
            )[turned]
        )
    (a, b), (c, d) = points
    return min(a, c), min(b, d), max(a, c), max(b, d)
