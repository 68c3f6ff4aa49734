"""The form and its report as files (自评表、自评报告)."""

from __future__ import annotations

from pathlib import Path

from mingzhang.compose.material import UNDATED
from mingzhang.compose.self_evaluation_report import Words, report_document
from mingzhang.documents import Metadata
from mingzhang.facts import FactStore
from mingzhang.records.models import Goals
from mingzhang.records.performance.evaluating import self_evaluation
from mingzhang.records.performance.evaluations import frozen_sheet, frozen_words, newest
from mingzhang.records.publishing import edition_of

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def written(goals: Goals, store: FactStore, form: str, folder: Path, name: str = "evaluation") -> Path:
    """Write the report with its form, as it was frozen; where nothing is submitted yet, a draft that says so on every page."""
    last = newest(goals)
    if last is not None:
        sheet, words = frozen_sheet(last), frozen_words(last)
    else:
        evaluation = self_evaluation(goals, store)
        sheet = evaluation.sheet()
        words = Words(sources={name: found.source for name, found in evaluation.found.items()})
    metadata = Metadata(
        goals.entity.name,
        goals.year,
        edition_of(goals.entity),
        sheet.filled_on or goals.approved_on or UNDATED,
        watermark=" ".join(filter(None, (goals.entity.department().watermark, "" if last else "草稿"))),
        author=goals.entity.name,
    )
    document = report_document(sheet, words, metadata)
    path = folder / f"{name}.{form}"
    _WRITERS[form](document, path)
    return path


def _pdf(document, path: Path) -> None:
    from mingzhang.write.pdf import write_pdf

    write_pdf(document, path, {})


def _docx(document, path: Path) -> None:
    from mingzhang.write.docx import write_docx

    write_docx(document, path)


def _html(document, path: Path) -> None:
    from mingzhang.write.html import write_html

    write_html(document, path)


def _xlsx(document, path: Path) -> None:
    from mingzhang.write.xlsx import write_xlsx

    write_xlsx(document, path)


_WRITERS = {"docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx}
