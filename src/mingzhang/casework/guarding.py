"""What every line's guards begin with (条件的共用部分): a field as it will be, a refusal with its name, a time that is not over yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mingzhang.casework.definitions import View
from mingzhang.documents import Problem


def said(record: View, payload: View, name: str) -> Any:
    """A field as the step leaves it: what is entered, else what the record says."""
    return payload[name] if name in payload else record.get(name)


def rows_said(record: View, payload: View, name: str) -> list[Mapping[str, Any]]:
    """The rows of a field as the step leaves them."""
    return list(said(record, payload, name) or ())


def refused_by(guard: str, what: str, where: str, remedy: str) -> Problem:
    """A refusal that names its guard."""
    return Problem(f"E-GUARD:{guard}", what, where, remedy)


def not_yet_over(record: View, family: str, guard: str, words: str, today: date) -> Problem | None:
    """A refusal while the family's newest deadline has not run out."""
    due = (record.get("deadlines") or {}).get(family)
    if due is not None and today <= due:
        return refused_by(guard, f"{words}的期限到{due:%Y-%m-%d}，尚未届满", "期限", "期限届满后再办理。")
    return None
