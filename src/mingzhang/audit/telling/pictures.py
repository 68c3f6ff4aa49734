"""Pictures of a PDF's pages for the review page: small enough to travel in one file."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2 as pdfium

_SCALE = 1.4
_SCALE_OF_MANY = 1.0
_MANY = 40
_QUALITY = 60
_MOST_PAGES = 300


def page_pictures(content: bytes) -> Iterator[bytes]:
    """Each page as JPEG, the first three hundred; coarser where there are many."""
    document = pdfium.PdfDocument(content)
    try:
        scale = _SCALE if len(document) <= _MANY else _SCALE_OF_MANY
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            picture = io.BytesIO()
            page.render(scale=scale).to_pil().convert("RGB").save(picture, "JPEG", quality=_QUALITY)
            page.close()
            yield picture.getvalue()
    finally:
        document.close()
