"""What has been published, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.showing import render
from mingzhang.records.models import Publication


@anybody
def home(request: HttpRequest) -> HttpResponse:
    """All published reports, the newest version of each."""
    newest: dict[tuple[int, int], Publication] = {}
    for publication in Publication.objects.select_related("entity").order_by(
        "-year", "entity__order", "version"
    ):
        newest[publication.entity_id, publication.year] = publication
    return render(request, "public/home.html", here=here_of(request), publications=list(newest.values()))
