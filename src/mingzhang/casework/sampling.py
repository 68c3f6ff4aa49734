"""What a sample year is made of (示例数据): records with the steps that they went through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A step of the state table, taken on a day by somebody of a role."""

    action: str
    on: date
    role: str
    payload: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """A record of a kind ("line.kind"), opened on a day; `key` lets others point at it ("@key" in a field)."""

    kind: str
    key: str
    opened_on: date
    role: str
    fields: Mapping[str, Any]
    steps: tuple[SampleStep, ...] = ()
    organisation: str = ""
    """Name of the organisation that keeps it."""
    area: str = ""
    """Code of the area."""
    channel: str = ""
    opening: str = ""
    """The action that opens it, where the state table has several."""


@dataclass(frozen=True, slots=True)
class SampleReturn:
    """A monthly return of an organisation: item → number."""

    form: str
    organisation: str
    year: int
    month: int
    values: Mapping[str, int]
