"""What the evaluator remembers of a person (评估状态): where its machines stand, and the last hours of positions, to play them again when one comes late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from mingzhang.casework.fences.alarms import AlarmKind, Event
from mingzhang.casework.fences.machines import Machine
from mingzhang.casework.positions.tables import POSITION, Positions

NEVER = -(2**62)


class Place(NamedTuple):
    """A place at a time (milliseconds), in degrees, with its accuracy in metres."""

    at: int
    longitude: float
    latitude: float
    accuracy: float


class Doubt(NamedTuple):
    """Positions that the person cannot have come to, though they agree with each other: since when, how many, the last."""

    since: int
    points: int
    last: Place


class Head(NamedTuple):
    """Where a person stands after a position: its time, the last place that decided, what is in doubt, and the machines that run."""

    last_at: int = NEVER
    anchor: Place | None = None
    doubt: Doubt | None = None
    machines: tuple[tuple[AlarmKind, str, Machine], ...] = ()

    @property
    def calm(self) -> bool:
        """Whether nothing is suspected."""
        return not self.machines and self.doubt is None


class Chunk(NamedTuple):
    """Positions taken together: where the person stood before, the rows, what they said, and the time of the last of them."""

    before: Head
    rows: Positions
    events: tuple[Event, ...]
    until: int


class PersonState(NamedTuple):
    """A person's state: immutable; keep it whole, give it back with the next positions. `silent_at`: when a silence was found that no position has ended."""

    head: Head = Head()
    chunks: tuple[Chunk, ...] = ()
    silent_at: int | None = None


def begun(at: int) -> PersonState:
    """The state of a person watched from a moment (milliseconds), so that a device that never speaks is silent too; earlier positions do not count."""
    return PersonState(Head(last_at=at))


def as_plain(state: PersonState) -> dict[str, Any]:
    """The state as JSON can hold it."""
    return {
        "head": _plain_head(state.head),
        "chunks": [
            {
                "before": _plain_head(chunk.before),
                "rows": [
                    [None if value == np.inf else value for value in row] for row in chunk.rows.tolist()
                ],
                "events": [list(event) for event in chunk.events],
                "until": chunk.until,
            }
            for chunk in state.chunks
        ],
        "silent_at": state.silent_at,
    }


def from_plain(plain: Mapping[str, Any]) -> PersonState:
    """The state that `as_plain` wrote."""
    chunks = tuple(
        Chunk(
            _head(each["before"]),
            np.array(
                [tuple(np.inf if value is None else value for value in row) for row in each["rows"]], POSITION
            ),
            tuple(Event(event[0], AlarmKind(event[1]), *event[2:]) for event in each["events"]),
            each["until"],
        )
        for each in plain["chunks"]
    )
    return PersonState(_head(plain["head"]), chunks, plain["silent_at"])


def _plain_head(head: Head) -> dict[str, Any]:
    return {
        "last_at": head.last_at,
        "anchor": head.anchor and list(head.anchor),
        "doubt": head.doubt and [head.doubt.since, head.doubt.points, list(head.doubt.last)],
        "machines": [[kind, subject, list(machine)] for kind, subject, machine in head.machines],
    }


def _head(plain: Mapping[str, Any]) -> Head:
    doubt = plain["doubt"]
    return Head(
        plain["last_at"],
        Place(*plain["anchor"]) if plain["anchor"] else None,
        Doubt(doubt[0], doubt[1], Place(*doubt[2])) if doubt else None,
        tuple((AlarmKind(kind), subject, Machine(*machine)) for kind, subject, machine in plain["machines"]),
    )
