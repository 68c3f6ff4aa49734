"""Whose turn it is, on a form (轮值提示): the first of each field that takes turns is filled in, with the next ones and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from mingzhang.casework.definitions import Kind
from mingzhang.portal.pages.casework.asking import Form
from mingzhang.records.casework.turns import Next, next_in_turn, turn_fields


def whose_turn(
    kind: Kind, form: Form, stated: Mapping[str, Any], *, mine: bool
) -> list[tuple[str, list[Next]]]:
    """(field, who is next) for the fields of the form that take turns; a fresh form gets the first filled in, one that came back (`mine`) stays as typed."""
    found = []
    names = {field.name for field in form.fields}
    for rows, field in turn_fields(kind):
        if (rows or field.name) not in names:
            continue
        following = next_in_turn(kind, rows, field, stated, timezone.localdate())
        if not following:
            continue
        found.append((field.chinese, following))
        if not mine:
            _fill(form, rows, {field.name: following[0].key, **following[0].fills})
    return found


def _fill(form: Form, rows: str, values: Mapping[str, Any]) -> None:
    if not rows:
        form.stated = {**{name: str(value) for name, value in values.items()}, **form.stated}
        return
    known = list(form.stated.get(rows) or [{}])
    if not known[-1]:
        known[-1] = {name: str(value) for name, value in values.items()}
        form.stated = {**form.stated, rows: known}
