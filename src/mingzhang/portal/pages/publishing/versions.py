"""The published versions, what differs between two of them, and their frozen files."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import show
from mingzhang.records.live import live
from mingzhang.records.models import Proposal, Publication
from mingzhang.records.policy import Action
from mingzhang.records.published import ChangedFileError, NoSuchFileError, files_offered, frozen
from mingzhang.records.version_differences import moved_figures, rewritten

_SHOWN = 300
"""Figures of a comparison that are shown."""


@page(Action.VIEW_ACCOUNTS)
def listing(here: Here) -> HttpResponse:
    """All versions, and two of them held against each other."""
    versions = list(_versions(here))
    by_number = {str(version.version): version for version in versions}
    now = by_number.get(here.request.GET.get("now", "")) or (versions[0] if versions else None)
    before = by_number.get(here.request.GET.get("before", "")) or (versions[1] if len(versions) > 1 else None)
    moved = changed = None
    spoiled = []
    if now and before and now.pk != before.pk:
        moved = moved_figures(before, now, live(here.entity, here.year).store.vocabulary)
        try:
            changed = rewritten(before, now)
        except ChangedFileError as found:
            spoiled.append(found.problem)
    notes = {
        proposal.result.get("version"): proposal.payload.get("note", "")
        for proposal in Proposal.objects.filter(
            kind="publication", entity=here.entity, year=here.year, state=Proposal.State.DONE
        )
    }
    return show(
        here,
        "publishing/versions.html",
        versions=[
            (version, list(files_offered(version)), notes.get(version.version, "")) for version in versions
        ],
        now=now,
        before=before,
        moved=moved[:_SHOWN] if moved is not None else None,
        moved_count=len(moved or ()),
        changed=changed,
        spoiled=spoiled,
    )


@page(Action.VIEW_ACCOUNTS)
def download(here: Here, number: int, name: str) -> HttpResponse:
    """A file of a version as it was frozen; only what its manifest lists, never outside its folder."""
    version = _versions(here).filter(version=number).first()
    try:
        if version is None:
            raise NoSuchFileError(name)
        content, _ = frozen(version, name)
    except NoSuchFileError as missing:
        raise Http404(f"第{number}版没有文件“{name}”") from missing
    except ChangedFileError as changed:
        messages.error(here.request, changed.problem.in_chinese())
        return redirect("versions", entity=here.entity.code, year=here.year)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(PurePosixPath(name).name)}"
    return answer


def _versions(here: Here):
    return Publication.objects.filter(entity=here.entity, year=here.year).order_by("-version")
