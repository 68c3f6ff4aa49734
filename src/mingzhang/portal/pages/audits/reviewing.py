"""What is shown of an audit: its progress, the list of its reports, one report's review with addresses, its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse

from mingzhang.audit.telling.words import STATES
from mingzhang.documents import Problem
from mingzhang.documents.problems import SEVERITIES
from mingzhang.records.audits import Kept, kept
from mingzhang.records.jobs.starting import with_progress
from mingzhang.records.models import Job

WINDOW = 80
"""So many pages are shown at once."""
_LABELS = {
    "html": "审核页（网页）", "pdf": "批注本（PDF）", "docx": "审核意见表（Word）",
    "xlsx": "问题与数字清单（Excel）", "json": "核对结果（JSON）",
}  # fmt: skip
_TYPES = {
    ".html": "text/html; charset=utf-8", ".pdf": "application/pdf", ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doors:
    """The addresses of one audit: `family` is `audit` for staff and `check` for the public; `stated` names the audit."""

    family: str
    stated: dict[str, Any]

    @property
    def whole(self) -> str:
        """The audit."""
        return self._to("result")

    @property
    def progress(self) -> str:
        """How far it is."""
        return self._to("progress")

    @property
    def cancel(self) -> str:
        """Stop it."""
        return self._to("cancel")

    def file(self, number: int | str) -> str:
        """The review of one report."""
        return self._to("file", file=number)

    def picture(self, number: int, page: int) -> str:
        """The picture of a page."""
        return self._to("picture", file=number, page=page)

    def accept(self, number: int) -> str:
        """Accept a finding of a report."""
        return self._to("accept", file=number)

    def revoke(self, number: int) -> str:
        """Take an acceptance back."""
        return self._to("revoke", file=number)

    def download(self, number: int, place: int) -> str:
        """One of the files of a report's audit."""
        return self._to("download", file=number, place=place)

    def _to(self, page: str, /, **stated: Any) -> str:
        return reverse(f"{self.family}_{page}", kwargs={**self.stated, **stated})


def doors_of(job: Job) -> Doors:
    """The addresses of an audit of staff."""
    return Doors("audit", {"number": job.pk})


def review_of(job: Job, number: str) -> dict[str, Any]:
    """The review of one report as it was kept. Raises Http404."""
    report, _ = _report(job, number)
    try:
        return report.review()
    except FileNotFoundError as gone:
        raise Http404 from gone


def stated_of(job: Job, doors: Doors) -> dict[str, Any]:
    """What the page of a whole audit needs."""
    with_progress([job])
    return {
        "job": job,
        "doors": doors,
        "reports": list(enumerate(kept(job), 1)),
        "problems": [Problem(**each) for each in job.problems],
        "undone": job.result.get("undone"),
        "severities": SEVERITIES,
    }


def review_stated(
    job: Job,
    doors: Doors,
    number: str,
    window: str = "",
    seen: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """What the page of one report's review needs, `seen` as its reader sees it; pages beyond the window are a step away."""
    report, place = _report(job, number)
    if report.problem:
        return {"job": job, "doors": doors, "number": place, "problems": [report.problem], "review": None}
    review = review_of(job, number)
    review = seen(review) if seen else review
    first = int(window) if window.isdecimal() and int(window) else 1
    first = min(first, max(len(review["pages"]), 1))
    shown = review["pages"][first - 1 : first - 1 + WINDOW]
    return {
        "job": job,
        "doors": doors,
        "number": place,
        "several": len(kept(job)) > 1,
        "problems": [],
        "review": review,
        "pages": shown,
        "first": first,
        "last": first + len(shown) - 1,
        "window": WINDOW,
        "window_of": {page["number"]: (at // WINDOW) * WINDOW + 1 for at, page in enumerate(review["pages"])},
        "files": [
            (_label(shape, path), doors.download(place, at))
            for at, (shape, path) in enumerate(report.files, 1)
        ],
        "severities": SEVERITIES,
        "states": STATES,
    }


def picture(job: Job, number: str, page: str) -> HttpResponse:
    """The picture of a page as a file that browsers may keep: it never changes."""
    report, _ = _report(job, number)
    path = report.picture(int(page)) if page.isdecimal() and len(page) < 6 else None
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def download(job: Job, number: str, place: str) -> HttpResponse:
    """One of the files of an audit, to be saved."""
    report, _ = _report(job, number)
    files = report.files
    at = int(place) if place.isdecimal() and len(place) < 4 else 0
    if not 0 < at <= len(files) or not files[at - 1][1].is_file():
        raise Http404
    path = files[at - 1][1]
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type=_TYPES[path.suffix]
    )


def _label(shape: str, path: Path) -> str:
    return "批注本（Word）" if path.name.endswith(".批注.docx") else _LABELS[shape]


def _report(job: Job, number: str) -> tuple[Kept, int]:
    """One report of an audit that has ended."""
    reports = kept(job)
    at = int(number) if number.isdecimal() and len(number) < 6 else 0
    if not 0 < at <= len(reports):
        raise Http404
    return reports[at - 1], at
