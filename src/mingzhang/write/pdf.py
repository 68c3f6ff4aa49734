"""PDF: a tagged PDF/A-3 for archiving, typeset from data by a Typst template, with machine-readable facts attached."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from pathlib import Path

import typst

from mingzhang.documents import Chart, Document, Heading, Problem
from mingzhang.write.charts import chart_svg
from mingzhang.write.fonts import SUBSTITUTE, font_problem, typst_fonts, uncovered, unprintable
from mingzhang.write.pdf_layout import lay_out
from mingzhang.write.visible_text import visible
from mingzhang.write.watermark import watermark_png

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_CHINA = timezone(timedelta(hours=8))
_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def write_pdf(
    document: Document,
    path: Path,
    attachments: Mapping[str, bytes] | None = None,
    charts: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Write a document as PDF/A-3a, and PDF/UA-1 where its headings allow.

    `attachments` are files to be carried along: name → bytes; `charts` are charts already drawn: name → SVG.
    Characters that no font has are printed as 〓 and returned as a problem. The same input gives the same bytes as
    long as the bundled fonts cover it; other characters are drawn with the fonts of the machine.
    """
    data = lay_out(document)
    files = dict(attachments or {})
    data["files"] = [_attachment(place, name) for place, name in enumerate(files)]
    drawn = charts or {}
    drawings = [
        drawn.get(block.name) or chart_svg(block) for block in document.blocks if isinstance(block, Chart)
    ]
    words = json.dumps(data, ensure_ascii=False) + "".join(drawings)
    foreign, missing = uncovered(words), unprintable(words)
    data["fallback"] = _system_families() if len(foreign) > len(missing) else []
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        root = Path(folder)
        shutil.copy(TEMPLATE, root / TEMPLATE.name)
        for place, content in enumerate(files.values()):
            (root / f"attachment-{place}").write_bytes(content)
        if document.metadata.watermark:
            (root / "watermark.png").write_bytes(watermark_png(visible(document.metadata.watermark)))
        for place, svg in enumerate(drawings):
            (root / f"chart-{place}.svg").write_text(_printable(svg, missing), encoding="utf-8")
        written = _printable(json.dumps(data, ensure_ascii=False), missing)
        (root / "data.json").write_text(written, encoding="utf-8")
        path.write_bytes(_compile(root, document, with_system_fonts=bool(data["fallback"])))
    return [font_problem(missing, path.name)] if missing else []


def _compile(root: Path, document: Document, *, with_system_fonts: bool) -> bytes:
    published = document.metadata.published_on
    pdf: bytes = typst.compile(
        str(root / TEMPLATE.name),
        root=str(root),
        font_paths=typst_fonts(with_system_fonts=with_system_fonts),
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"] if _well_nested(document) else ["a-3a"],
        timestamp=datetime(published.year, published.month, published.day, tzinfo=_CHINA),
    )
    return pdf


def _well_nested(document: Document) -> bool:
    """Whether headings step down one level at a time from the first, as PDF/UA asks."""
    levels = [0, *(block.level for block in document.blocks if isinstance(block, Heading))]
    return bool(document.title) and all(below <= above + 1 for above, below in pairwise(levels))


@cache
def _system_families() -> list[str]:
    """Families of the machine that may help out, those made for Chinese first."""
    families = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).families()
    chinese = [name for name in families if "CJK SC" in name or "Source Han" in name or "Sim" in name]
    return chinese + [name for name in families if name not in chinese]


def _attachment(place: int, name: str) -> dict[str, str]:
    kind = _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    return {"file": f"attachment-{place}", "name": name, "type": kind}


def _printable(text: str, missing: str) -> str:
    return text.translate({ord(character): SUBSTITUTE for character in missing}) if missing else text
