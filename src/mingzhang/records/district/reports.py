"""The report of a department as an overseer audits it: what was published, else the draft as it would look."""

from __future__ import annotations

from mingzhang.documents.problems import ProblemError
from mingzhang.pipeline import file_name
from mingzhang.records.live import live
from mingzhang.records.models import Entity
from mingzhang.records.publication_checks import APPROVED, computed_fen
from mingzhang.records.published import NoSuchFileError, files_offered, frozen, newest_publications
from mingzhang.records.publishing import edition_of
from mingzhang.write.html import html_text

_AUDITED = (".pdf", ".html", ".docx")
"""Formats of a published report, the best to audit first: a PDF has pages to show."""


def report_of(department: Entity, year: int) -> tuple[str, bytes] | None:
    """Name and content of its report for a year; None where it has handed in nothing.

    A published file that is no longer what was published is not audited as if it were: the draft is.
    """
    published = newest_publications().filter(entity=department, year=year).first()
    if published is not None:
        offered = [entry["path"] for entry in files_offered(published)]
        for suffix in _AUDITED:
            for name in offered:
                if name.endswith(suffix) and "/" not in name:
                    try:
                        return name, frozen(published, name)[0]
                    except (ProblemError, NoSuchFileError):
                        continue
    now = live(department, year)
    if not any(computed_fen(department, year, now, concept) for _, concept, _ in APPROVED):
        return None
    document = now.composition(department, edition_of(department)).document
    return f"{file_name(department.name)}{year}年度部门决算（草稿）.html", html_text(document).encode()
