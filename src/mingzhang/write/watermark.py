"""The watermark (水印) of printed pages: a picture, so that its words do not mix into the text of the page."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from mingzhang.write.fonts import SANS
from mingzhang.write.raster import svg_to_png


@lru_cache(maxsize=8)
def watermark_png(words: str) -> bytes:
    """Light grey words rising from the lower left, on a transparent square."""
    size = min(120, int(780 / max(1, len(words))))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">'
        f'<text x="400" y="400" transform="rotate(-38 400 400)" text-anchor="middle" dominant-baseline="central" '
        f'font-family="{SANS}" font-weight="bold" font-size="{size}" letter-spacing="{size // 8}" '
        f'fill="#1f2933" fill-opacity="0.07">{escape(words)}</text></svg>'
    )
    return svg_to_png(svg, scale=1.5)
