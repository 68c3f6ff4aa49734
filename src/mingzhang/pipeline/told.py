"""An audit → the files people are given: review page, annotated copy, table of opinions, workbook, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from mingzhang.audit.result import Audit
from mingzhang.audit.telling.suffixes import COMMENTED, SUFFIXES


def tell(
    audit: Audit, path: Path, shape: str, stem: Path, pictures: Sequence[bytes] | None = None
) -> Iterator[Path]:
    """Write one format beside a stem; the files written, none where a report cannot have the format.

    `path` is the report that was audited, `pictures` those of its pages where they are at hand.
    """
    target = stem.with_name(f"{stem.name}{SUFFIXES[shape]}")
    medium = audit.document.medium if audit.document else ""
    if shape == "pdf":
        if medium != "pdf":
            return
        from mingzhang.audit.telling.annotated import annotated_pdf

        target.write_bytes(annotated_pdf(path.read_bytes(), audit.ordered))
    elif shape == "html":
        from mingzhang.audit.telling.html import review_page

        if pictures is None:
            pictures = _pictures(path) if medium == "pdf" else []
        target.write_text(review_page(audit, pictures), encoding="utf-8")
    elif shape == "xlsx":
        from mingzhang.audit.telling.xlsx import write_xlsx

        write_xlsx(target, audit)
    elif shape == "docx":
        from mingzhang.audit.telling.opinion import write_opinion

        write_opinion(target, audit, date.today())
        if medium == "docx":
            yield _commented(audit, path, stem.with_name(f"{stem.name}{COMMENTED}"))
    else:
        target.write_text(json.dumps(audit.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    yield target


def _pictures(path: Path) -> list[bytes]:
    from mingzhang.audit.telling.pictures import page_pictures

    return list(page_pictures(path.read_bytes()))


def _commented(audit: Audit, path: Path, target: Path) -> Path:
    from mingzhang.audit.telling.comments import commented_docx
    from mingzhang.read.reports.docx import docx_runs

    content = path.read_bytes()
    now = datetime.now(UTC)
    target.write_bytes(commented_docx(content, docx_runs(content), audit.ordered, audit.shown, now))
    return target
