"""The draft as a file in any format, marked as a draft on every page."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone

from mingzhang import pipeline
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.tables.asked import asked_of
from mingzhang.records.live import live
from mingzhang.records.material import material
from mingzhang.records.policy import Action
from mingzhang.records.publishing import DRAFT

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "package": "application/zip",
}


@page(Action.VIEW_ACCOUNTS)
def download(here: Here, kind: str) -> HttpResponse:
    """Written when asked for: a few hundred milliseconds a format."""
    if kind not in pipeline.FORMATS:
        raise Http404(f"没有“{kind}”这种格式")
    now, edition = live(here.entity, here.year), asked_of(here).edition
    composed = pipeline.disclose(now.store, edition, material(here.entity, here.year))
    composed = pipeline.marked(pipeline.dated(composed, timezone.localdate(), 0), DRAFT)
    with tempfile.TemporaryDirectory() as folder:
        written = pipeline.write(composed, now.store, Path(folder), formats=(kind,))
        files = written.files[:-1]
        content = _zipped(Path(folder), files) if kind == "package" else files[0].read_bytes()
    suffix = "zip" if kind == "package" else kind
    answer = HttpResponse(content, content_type=_TYPES[kind])
    name = quote(pipeline.file_name(f"{composed.document.title}（{DRAFT}）.{suffix}"))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _zipped(folder: Path, files: tuple[Path, ...]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.relative_to(folder).as_posix())
    return buffer.getvalue()
