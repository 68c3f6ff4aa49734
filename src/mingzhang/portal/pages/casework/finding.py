"""The record of an address (地址中的业务记录): only one within the person's scope exists."""

from __future__ import annotations

from django.http import Http404

from mingzhang.portal.access import Here
from mingzhang.records.casework.models import Record


def found(here: Here, key: str) -> Record:
    """The record of the line and kind with this key. Raises Http404 where there is none in scope."""
    assert here.line is not None
    assert here.kind is not None
    record = (
        here.case.records()
        .filter(line=here.line.id, kind=here.kind.id, key=key)
        .select_related("owner", "area", "organisation", "parent")
        .first()
    )
    if record is None:
        raise Http404(f"没有这件{here.kind.chinese}")
    return record


def at(record: Record) -> dict[str, str]:
    """What the address of a record states."""
    return {"line": record.line, "kind": record.kind, "key": record.key}
