"""The history of imports, the form to hand a file over, and blank files to fill in."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.imports.asking import kinds_offered, wish_of
from mingzhang.portal.showing import show
from mingzhang.records.imports.blank_files import OFFERED, write_blank
from mingzhang.records.imports.history import batches
from mingzhang.records.imports.uploads import SUFFIXES
from mingzhang.records.jobs.importing import hand_over
from mingzhang.records.jobs.starting import visible_to, with_progress
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.publishing import edition_of

_JOBS = 8
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Action.IMPORT, Action.VIEW_BOOKS)
def imports(here: Here) -> HttpResponse:
    """What was taken in, and the form for another file."""
    if here.request.method != "POST":
        return _shown(here)
    file = here.request.FILES.get("file")
    if file is None or not file.name:
        missing = Problem("file_missing", "没有选择文件", "上传", "选择要导入的文件，再提交。")
        return _shown(here, RefusedError(missing))
    stated = here.request.POST
    try:
        job = hand_over(
            here.user,
            here.entity,
            wish_of(stated),
            (file.name, file.size or 0, file.file),
            stated.get("key", ""),
        )
    except RefusedError as refused:
        return _shown(here, refused)
    return redirect("import_check", entity=here.entity.code, year=here.year, number=job.pk)


@page(Action.IMPORT)
def blank(here: Here, kind: str) -> HttpResponse:
    """A blank file of a kind."""
    if kind not in OFFERED:
        raise Http404(f"没有“{kind}”的空白导入表")
    with TemporaryDirectory(prefix="mingzhang-blank-") as folder:
        path = write_blank(kind, Path(folder), here.entity, here.year, edition_of(here.entity))
        content = io.BytesIO(path.read_bytes())
    return FileResponse(content, as_attachment=True, filename=path.name, content_type=_EXCEL)


def _shown(here: Here, refused: RefusedError | None = None) -> HttpResponse:
    below = here.entity.below(here.access.organisation.entities)
    before = here.request.GET.get("before", "")
    rows, more = batches(below, int(before) if before.isdecimal() and len(before) < 19 else None)
    jobs = visible_to(here.user).filter(kind="import_file", owner=here.user, entity=here.entity)
    return show(
        here,
        "imports/imports.html",
        status=422 if refused else 200,
        problems=refused.problems if refused else (),
        kinds=kinds_offered(),
        kind=(here.request.POST if refused else here.request.GET).get("kind", ""),
        accepted=",".join(SUFFIXES),
        key=new_key(),
        may_import=here.may(Action.IMPORT),
        blanks=OFFERED,
        jobs=with_progress(jobs.order_by("-id")[:_JOBS]),
        rows=rows,
        more=more,
    )
