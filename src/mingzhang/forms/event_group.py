"""Groups of business events (业务事项分组), as a menu shows them to people who do not think in account codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlainEvent:
    """An event in plain words; `template` names its voucher template, `words` are what people search for."""

    template: str
    plain: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events that belong together."""

    name: str
    events: tuple[PlainEvent, ...]
