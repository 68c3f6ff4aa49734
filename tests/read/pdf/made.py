"""PDF files for tests, typeset on the spot or drawn operator by operator."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import typst

from mingzhang.write.fonts import typst_fonts

_HEAD = '#set page(paper: "a4", margin: 2.5cm)\n#set text(font: "Mingzhang Serif", size: 12pt, lang: "zh")\n'


def typeset(body: str, head: str = _HEAD) -> bytes:
    """A PDF of Typst markup."""
    made = typst.compile((head + body).encode(), font_paths=typst_fonts(with_system_fonts=False))
    assert isinstance(made, bytes)
    return made


def drawn(*contents: str, size: tuple[int, int] = (595, 842), extra: Sequence[str] = ()) -> bytes:
    """A PDF whose pages have these content streams, with Helvetica as /F1."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    first = 4
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(contents)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] "
            f"/Resources << /Font << /F1 3 0 R >> {' '.join(extra)} >> /Contents {first + 2 * at + 1} 0 R >>"
        )
        packed = zlib.compress(content.encode())
        stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        objects += [page.encode(), stream]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
