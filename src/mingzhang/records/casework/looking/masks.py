"""Personal fields of a record as anybody in scope sees them (个人信息遮盖): masked; opening one is another matter (`reading`)."""

from __future__ import annotations

import json

from mingzhang.casework.masking import masked
from mingzhang.records.casework.lines import kind_of_record
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.personal import opened
from mingzhang.records.casework.values import field_at


def masked_fields(record: Record) -> dict[str, str]:
    """The mask of each sealed field that holds something, by its path."""
    kind = kind_of_record(record)
    found: dict[str, str] = {}
    for path, text in opened(record).items():
        field = field_at(kind, path)
        mask = masked(field, json.loads(text)) if field is not None else ""
        if mask:
            found[path] = mask
    return found
