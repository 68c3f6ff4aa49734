"""The groups of business events (业务事项分组), in the order of a menu."""

from __future__ import annotations

import tomllib
from functools import cache

from mingzhang.catalogue.loading.files import CODES
from mingzhang.forms import EventGroup, PlainEvent


@cache
def event_groups() -> tuple[EventGroup, ...]:
    """All groups."""
    data = tomllib.loads((CODES / "event_groups.toml").read_text(encoding="utf-8"))
    return tuple(
        EventGroup(
            group["name"],
            tuple(
                PlainEvent(event["template"], event["plain"], tuple(event["words"].split()))
                for event in group["events"]
            ),
        )
        for group in data["groups"]
    )
