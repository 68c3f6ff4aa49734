"""Files of a record (附件): added, sent to the browser to be saved, taken off with a reason."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.pages.casework.tabs import READING
from mingzhang.portal.showing import done, tell
from mingzhang.records.casework.attachments import attach, opened
from mingzhang.records.casework.attachments import remove as take_off
from mingzhang.records.casework.models import Attachment
from mingzhang.records.proposals.kind import RefusedError


@casework(*READING, work=True)
def add(here: Here, key: str) -> HttpResponse:
    """Add a file."""
    record = found(here, key)
    if here.request.method != "POST":
        raise Http404
    file = here.request.FILES.get("file")
    try:
        if file is None or not file.name:
            raise RefusedError(Problem("E-EVID", "没有选择文件", "附件", "选择文件，再添加。"))
        row = attach(
            here.user,
            record,
            file.name,
            file.size or 0,
            file.file,
            proves=here.request.POST.get("proves", ""),
        )
        done(here, f"已添加附件：{row.name}")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_record", **at(record))


@casework(*READING)
def take(here: Here, key: str, number: int) -> HttpResponse:
    """Send a file, to be saved and never shown as a page."""
    row = found(here, key).attachments.filter(pk=number, removed_why="").first()
    return sent(row, "没有这个附件")


def sent(row: Attachment | None, missing: str) -> FileResponse:
    """A file in clear, to be saved; 404 where it is not there or does not open."""
    if row is None:
        raise Http404(missing)
    try:
        content = opened(row.sm3)
    except FileNotFoundError:
        raise Http404(missing) from None
    except ProblemError as no:
        raise Http404(f"附件打不开：{no.problem.remedy}") from None
    return FileResponse(BytesIO(content), as_attachment=True, filename=row.name, content_type=row.media)


@casework(*READING, work=True)
def remove(here: Here, key: str, number: int) -> HttpResponse:
    """Take a file off, with the reason; the course keeps telling of it."""
    record = found(here, key)
    row = record.attachments.filter(pk=number).first()
    if row is None or here.request.method != "POST":
        raise Http404("没有这个附件")
    try:
        take_off(here.user, record, row, here.request.POST.get("reason", ""))
        done(here, f"已移除附件：{row.name}")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_record", **at(record))
