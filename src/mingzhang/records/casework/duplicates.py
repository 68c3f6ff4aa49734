"""Second entries of one fact (重复登记): told by a keyed digest of the fields that the kind calls unique."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mingzhang.casework.definitions import Kind, Shape
from mingzhang.casework.predicates import is_empty
from mingzhang.casework.predicates import values as values_at
from mingzhang.documents import Problem
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.sealing import index_digest, index_digests, keys
from mingzhang.records.trail.digests import canonical


def mark(record: Record, kind: Kind, values: Mapping[str, Any]) -> None:
    """Give a record the digest of its unique fields, by the current key; blank where the kind has none or one is blank."""
    text = _text(kind, values, record.occurred_on)
    record.fingerprint_key = keys().current if text else ""
    record.fingerprint = index_digest(text, _purpose(kind), record.fingerprint_key) if text else ""


def duplicate_of(record: Record, kind: Kind, values: Mapping[str, Any]) -> Problem | None:
    """What is already entered with the same unique fields, by whichever key it was marked."""
    text = _text(kind, values, record.occurred_on)
    if not text:
        return None
    digests = index_digests(text, _purpose(kind))
    same = Record.objects.filter(line=record.line, kind=record.kind, fingerprint__in=digests)
    found = same.exclude(pk=record.pk).order_by("pk").first()
    if found is None:
        return None
    return Problem(
        "E-DUP", f"已有相同的记录：{found}", "重复登记", "打开原记录核对；确实不是同一件的，写明理由再登记。"
    )


def _text(kind: Kind, values: Mapping[str, Any], occurred_on: date) -> str:
    """The unique fields as one text, of an activity with its day; blank where they do not tell one record from another."""
    stated = [
        sorted(map(canonical, values_at(values, name)))
        for name in kind.unique
        if not all(map(is_empty, values_at(values, name)))
    ]
    if not kind.unique or len(stated) < len(kind.unique):
        return ""
    return canonical([occurred_on.isoformat() if kind.shape is Shape.ACTIVITY else "", *stated])


def _purpose(kind: Kind) -> str:
    return f"unique:{kind.name}"


def taken_in_before(record: Record) -> Iterator[Problem]:
    """Whether the outside system's own number has entered already; a reason does not let it pass, a correction or the next import changes it."""
    if not record.source_ref:
        return
    same = Record.objects.filter(
        line=record.line, kind=record.kind, source_system=record.source_system, source_ref=record.source_ref
    )
    if (found := same.exclude(pk=record.pk).first()) is not None:
        what = f"外部编号“{record.source_ref}”已经登记：{found}"
        yield Problem("E-DUP", what, "外部编号", "打开原记录更正，不要再登记。")
