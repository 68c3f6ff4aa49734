"""Other records of the same person or matter (同一对象的其他记录) out of the books, as a kind's `siblings` declare them for its guards.

They are read whatever the person who takes the step may see: the law asks the step, not the reader, and only a guard's answer comes back.
"""

from __future__ import annotations

from typing import Any

from mingzhang.casework.definitions import Kind, View
from mingzhang.casework.siblings import ALWAYS, COMMON, Siblings, anchor_key, anchor_of
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.registers import Registers
from mingzhang.records.casework.values import decoded


def siblings_of(record: Record, kind: Kind, values: View, registers: Registers) -> Siblings:
    """The declared fields of all records of the same anchor but the record itself, by kind, the oldest first; of the anchor's own kind the anchor."""
    anchor = anchor_key(kind, record.key, values)
    found = {}
    for name, fields in kind.siblings.items():
        other = kind_of(f"{kind.line}.{name}")
        rows = registers.sharing(other, anchor, anchor_of(kind)) if anchor else []
        found[name] = tuple(_view(each, other, fields) for each in rows if each.key != record.key)
    return found


def hold_together(record: Record, kind: Kind, values: View) -> None:
    """Let steps that read siblings of one anchor follow one another: it is locked to the end of the transaction."""
    if kind.siblings and (anchor := anchor_key(kind, record.key, values)):
        Record.objects.select_for_update(of=("self",)).filter(key=anchor).first()


def _view(record: Record, kind: Kind, fields: tuple[str, ...]) -> dict[str, Any]:
    own = {field.name: field for field in kind.fields}
    return {
        name: getattr(record, name) if name in COMMON else decoded(own[name], record.content.get(name))
        for name in (*ALWAYS, *fields)
    }
