"""The frozen files of a published version, each compared with its digest before it is handed out."""

from __future__ import annotations

import logging
from pathlib import PurePath
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.caching import FILE_SECONDS, keepable
from mingzhang.portal.pages.reports.finding import publication_of
from mingzhang.portal.showing import render
from mingzhang.records.models import Publication
from mingzhang.records.published import ChangedFileError, NoSuchFileError, frozen, package

log = logging.getLogger("mingzhang.published")

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SHOWN = (".html", ".pdf")
"""Opened by the browser; everything else is saved, and so are these where `?save` asks for it."""
_ALONE = (
    "sandbox allow-scripts allow-popups; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For the self-contained page: it runs apart from this site; its own policy lets in just its own script and style."""


@anybody
def one(request: HttpRequest, entity: str, year: int, version: int, name: str) -> HttpResponse:
    """One file."""
    publication = publication_of(entity, year, version)
    try:
        content, digest = frozen(publication, name)
    except NoSuchFileError as unknown:
        raise Http404 from unknown
    except ChangedFileError as changed:
        return changed_page(request, publication, changed)
    suffix = PurePath(name).suffix
    answer = HttpResponse(content, content_type=_TYPES.get(suffix, "application/octet-stream"))
    _named(answer, PurePath(name).name, shown=suffix in _SHOWN and "save" not in request.GET)
    if suffix == ".html":
        answer["Content-Security-Policy"] = _ALONE
    answer["X-Content-SHA256"] = digest
    return keepable(request, answer, FILE_SECONDS, digest)


@anybody
def package_of(request: HttpRequest, entity: str, year: int, version: int) -> HttpResponse:
    """The open-data package as one zip."""
    publication = publication_of(entity, year, version)
    try:
        content = package(publication)
    except NoSuchFileError as unknown:
        raise Http404 from unknown
    except ChangedFileError as changed:
        return changed_page(request, publication, changed)
    answer = HttpResponse(content, content_type="application/zip")
    _named(answer, f"{publication.entity.name}{year}年度决算开放数据.zip", shown=False)
    return keepable(request, answer, FILE_SECONDS)


def changed_page(request: HttpRequest, publication: Publication, changed: ChangedFileError) -> HttpResponse:
    """Say that a frozen file was changed, instead of handing it out; the log says which."""
    log.error("a frozen file was changed: %s", changed.problem.where)
    return render(
        request,
        "reports/changed.html",
        status=503,
        here=here_of(request),
        publication=publication,
        problem=changed.problem,
    )


def _named(answer: HttpResponse, name: str, *, shown: bool) -> None:
    how = "inline" if shown else "attachment"
    answer["Content-Disposition"] = f"{how}; filename*=utf-8''{quote(name)}"
