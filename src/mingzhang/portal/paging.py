"""Paging by keys (翻页): the next page begins after the last row shown, whatever has been added meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

PAGE = 50


def page_of(rows: QuerySet[Any], field: str, after: str) -> tuple[Sequence[Any], str]:
    """Fifty rows of a list ordered by a day and the number, both falling; and what asks for the following ones."""
    day, _, number = after.partition("_")
    try:
        last = date.fromisoformat(day) if day else None
        beyond = int(number) if number else 0
    except ValueError:
        last = None
    if last is not None:
        beneath = Q(**{f"{field}__lt": last}) | Q(**{field: last, "pk__lt": beyond})
        rows = rows.filter(beneath, **{f"{field}__lte": last})  # the bound by which an index begins there
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    more = f"{getattr(shown[-1], field).isoformat()}_{shown[-1].pk}" if len(found) > PAGE else ""
    return shown, more
