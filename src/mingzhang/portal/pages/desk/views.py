"""The desk of a person, by what they may do."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang.portal.access import Here, everybody
from mingzhang.portal.showing import show
from mingzhang.records.duties import late, own_open, recent_changes
from mingzhang.records.proposals.flow import waiting_for
from mingzhang.records.shortcuts import shortcuts_of


@everybody
def desk(here: Here) -> HttpResponse:
    """What I pinned, what waits for me, what is late, what I have under way, what changed."""
    return show(
        here,
        "desk/desk.html",
        waiting=waiting_for(here.access),
        late=late(here.access),
        own=own_open(here.access),
        changes=recent_changes(here.access),
        shortcuts=shortcuts_of(here.user),
    )
