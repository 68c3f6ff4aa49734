"""Organisations with all under them (机构树)."""

from __future__ import annotations

from mingzhang.records.casework.models import Organisation


def and_below(organisation: Organisation | None) -> list[int]:
    """Keys of an organisation and of all under it; none for none."""
    found: list[int] = []
    waiting = [organisation.pk] if organisation else []
    while waiting:
        found += waiting
        waiting = list(
            Organisation.objects.filter(parent__in=waiting).exclude(pk__in=found).values_list("pk", flat=True)
        )
    return found
