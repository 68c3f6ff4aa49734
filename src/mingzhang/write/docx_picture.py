"""Pictures of the DOCX: a PNG standing in the line, with its description for readers who cannot see it."""

from __future__ import annotations

import struct

from mingzhang.write.plain_text import escape

_EMU = 12700
"""English metric units in a point."""
_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006"


def picture_size(png: bytes, width: float, height: float) -> tuple[float, float]:
    """Size in points of a PNG that fills a box of this width and height without distortion.

    Raises ValueError where the bytes are not a PNG.
    """
    if png[:8] != b"\x89PNG\r\n\x1a\n" or png[12:16] != b"IHDR":
        raise ValueError("图表图片不是PNG格式，请重新生成图表")
    across, down = struct.unpack(">II", png[16:24])
    scale = min(width / across, height / down)
    return across * scale, down * scale


def picture_run(number: int, name: str, description: str, relation: str, size: tuple[float, float]) -> str:
    """The run that holds a picture; `number` is unique in the document."""
    across, down = round(size[0] * _EMU), round(size[1] * _EMU)
    return (
        "<w:r><w:drawing>"
        f'<wp:inline xmlns:wp="{_NAMESPACE}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="{escape(name)}" descr="{escape(description)}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_NAMESPACE}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_NAMESPACE}/main"><a:graphicData uri="{_NAMESPACE}/picture">'
        f'<pic:pic xmlns:pic="{_NAMESPACE}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="{escape(name)}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
