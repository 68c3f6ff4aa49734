"""Backups: the last ones, another one now, and downloading; for who administers the whole installation."""

from __future__ import annotations

from uuid import uuid4

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import show, tell
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.backup.kept import backup_named, backups_kept, note_download
from mingzhang.records.jobs.starting import start
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError


@page(Action.BACK_UP)
def listing(here: Here) -> HttpResponse:
    """The backups in the data folder, newest first; another one is made by a job."""
    if here.request.method == "POST":
        try:
            job = start("backup", here.user, None, {}, here.request.POST.get("key", ""), "备份账簿")
        except RefusedError as refused:
            tell(here, refused)
            return redirect("backup")
        return redirect("job", number=job.pk)
    everything = may_everywhere(here.access, Action.BACK_UP)
    return show(
        here,
        "administration/backup.html",
        everything=everything,
        backups=backups_kept() if everything else [],
        key=uuid4().hex,
    )


@page(Action.BACK_UP)
def download(here: Here, name: str) -> HttpResponse:
    """One backup as a file; who took it is recorded."""
    path = backup_named(name) if may_everywhere(here.access, Action.BACK_UP) else None
    if path is None:
        raise Http404
    note_download(path)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
