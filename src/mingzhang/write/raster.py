"""SVG → PNG by Typst: small files, the bundled fonts, and Python stays free while it draws."""

from __future__ import annotations

import typst

from mingzhang.write.fonts import typst_fonts, uncovered

_SOURCE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg")"""
_CSS_PIXELS_AN_INCH = 96


def svg_to_png(svg: str, scale: float) -> bytes:
    """Draw an SVG with `scale` pixels to a CSS pixel; the same SVG gives the same bytes."""
    png: bytes = typst.compile(
        _SOURCE,
        format="png",
        ppi=_CSS_PIXELS_AN_INCH * scale,
        sys_inputs={"svg": svg},
        font_paths=typst_fonts(with_system_fonts=bool(uncovered(svg))),
        ignore_system_fonts=True,
    )
    return png
