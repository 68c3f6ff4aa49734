"""Kept rows (其他记录): each is as its last seal says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, TrailEntry, TrailRow
from mingzhang.records.trail import content
from mingzhang.records.trail.digests import content_digest
from mingzhang.records.trail.kept import KEPT, Kept, kind_of
from mingzhang.records.verifying.merging import merged
from mingzhang.records.verifying.wording import changed, entry_place, foreign, gone

_Seals = list[tuple[int, int, str, str]]
"""(key of the row, entry, name, digest), the last of a row last."""


def verify_rows(proved: Counter[str]) -> Iterator[Problem]:
    """Every row of every kept table."""
    names = dict(Entity.objects.values_list("id", "name"))
    for kind, kept in KEPT.items():
        model = apps.get_model(kept.app, kind)
        seals = TrailRow.objects.filter(kind=kind).order_by("key", "id")
        pairs = merged(
            _last(seals.values_list("key", "entry_id", "name", "digest").iterator(chunk_size=5000)),
            lambda seal: seal[0],
            model._default_manager.order_by("pk").iterator(chunk_size=2000),
            lambda row: row.pk,
        )
        for seal, rows in pairs:
            row = next(iter(rows), None)
            proved[f"条{kept.chinese}"] += row is not None
            yield from _compare(kept, seal, row, names)


def _last(seals: Iterator[tuple[int, int, str, str]]) -> Iterator[tuple[int, int, str, str]]:
    """The last seal of every row."""
    before = None
    for seal in seals:
        if before is not None and before[0] != seal[0]:
            yield before
        before = seal
    if before is not None:
        yield before


def _compare(
    kept: Kept, seal: tuple[int, int, str, str] | None, row: Model | None, names: dict[int, str]
) -> Iterator[Problem]:
    if row is not None:
        where = names.get(getattr(row, kept.entity), "") if kept.entity else ""
        what = f"{kept.chinese}“{kept.name(row)}”"
        if seal is None or not seal[3]:
            yield foreign(what, where or "全系统")
        elif content_digest(row, kept.without) != seal[3]:
            entry = _entry(seal)
            yield changed(f"{what}{_fields(row, entry)}", "，".join(filter(None, (where, _place(entry)))))
    elif seal is not None and seal[3]:
        yield gone(f"{kept.chinese}“{seal[2]}”", _place(_entry(seal)))


def _entry(seal: tuple[int, int, str, str]) -> TrailEntry | None:
    return TrailEntry.objects.select_related("chain").filter(pk=seal[1]).first()


def _place(entry: TrailEntry | None) -> str:
    if entry is None:
        return "所指的留痕不存在"
    return entry_place(entry)


def _fields(row: Model, entry: TrailEntry | None) -> str:
    """Which fields differ, where the entry tells of this row alone and states them."""
    if entry is None or entry.key != f"{kind_of(row)}:{row.pk}" or not isinstance(entry.after, dict):
        return ""
    now: dict[str, Any] = content(row)
    told = [
        f"{name}：留痕为{then}，现为{now[name]}"
        for name, then in entry.after.items()
        if name in now and now[name] != then
    ]
    return f"（{'；'.join(told)[:200]}）" if told else ""
