"""Which published version an address means."""

from __future__ import annotations

from django.http import Http404

from mingzhang.records.models import Publication


def publication_of(entity: str, year: int, version: int | None = None) -> Publication:
    """The version of an address, the newest where it names none. Raises Http404."""
    found = Publication.objects.filter(entity__code=entity, year=year).select_related(
        "entity", "entity__parent"
    )
    if version is not None:
        found = found.filter(version=version)
    publication = found.defer("figures").order_by("version").last()
    if publication is None:
        raise Http404
    return publication
