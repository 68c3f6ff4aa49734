"""Published versions looked through (查公开版本)."""

from __future__ import annotations

from mingzhang.records.models import Publication


def publications_page(
    entity: str, year: int | None, before: int | None, size: int
) -> tuple[list[Publication], int | None]:
    """A page of published versions, without their figures, the newest first, and before which to go on."""
    found = (
        Publication.objects.select_related("entity").defer("figures", "manifest", "changes").order_by("-id")
    )
    if entity:
        found = found.filter(entity__code=entity)
    if year is not None:
        found = found.filter(year=year)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None
