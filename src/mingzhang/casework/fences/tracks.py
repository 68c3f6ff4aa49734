"""One person's positions in their order (轨迹判定): which of them decide, and what each says to every machine."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from mingzhang.casework.fences.alarms import AlarmKind, Event
from mingzhang.casework.fences.judging import Level
from mingzhang.casework.fences.machines import Machine, step
from mingzhang.casework.fences.planes import METRES_A_DEGREE
from mingzhang.casework.fences.rules import Confirmation, Rules
from mingzhang.casework.fences.silence import silent_from
from mingzhang.casework.fences.states import NEVER, Doubt, Head, Place
from mingzhang.casework.positions.quality import WEAK, Flag
from mingzhang.casework.positions.tables import Positions

_WEAK, _MOCKED = int(WEAK), int(Flag.MOCKED)

Hits = Mapping[int, Sequence[tuple[str, int]]]
"""Forbidden areas that positions fall in: row → (key, level)."""


def follow(
    person: int, head: Head, rows: Positions, levels: Sequence[int], hits: Hits, rules: Rules
) -> tuple[Head, list[Event]]:
    """Take a person's rows, later than the head and in order, one by one: where that leaves the person, and what it says."""
    track = _Track(person, head, rules)
    for number, (_, at, _, longitude, latitude, accuracy, flags, battery, worn, _) in enumerate(
        rows.tolist()
    ):
        track.take(
            Place(at, longitude, latitude, accuracy),
            flags,
            battery,
            worn,
            levels[number],
            hits.get(number, ()),
        )
    return track.head(), track.events


def unreachable(before: Place, place: Place, fastest: float) -> bool:
    """Whether nobody can have come from one place to the other in time (metres a second), given what both know of themselves."""
    east = (place.longitude - before.longitude) * math.cos(math.radians(place.latitude))
    metres = math.hypot(east, place.latitude - before.latitude) * METRES_A_DEGREE
    return metres - before.accuracy - place.accuracy > fastest * (place.at - before.at) / 1000


class _Track:
    def __init__(self, person: int, head: Head, rules: Rules) -> None:
        self.person, self.rules = person, rules
        self.last_at, self.anchor, self.doubt = head.last_at, head.anchor, head.doubt
        self.machines = {(kind, subject): machine for kind, subject, machine in head.machines}
        self.events: list[Event] = []

    def head(self) -> Head:
        machines = tuple(
            (kind, subject, machine) for (kind, subject), machine in sorted(self.machines.items())
        )
        return Head(self.last_at, self.anchor, self.doubt, machines)

    def take(
        self, place: Place, flags: int, battery: int, worn: int, level: int, hits: Sequence[tuple[str, int]]
    ) -> None:
        """One position; of several at one moment the first."""
        if place.at == self.last_at:
            return
        self._silence(place.at)
        self._device(place.at, flags, battery, worn)
        if not flags & (_WEAK | _MOCKED):
            if self._decides(place):
                self._strong(place.at, level, dict(hits))
        elif not flags & _MOCKED:
            self._weak(place.at, level, dict(hits))
        self.last_at = place.at

    def _silence(self, at: int) -> None:
        if self.last_at == NEVER:
            return
        found = silent_from(self.last_at, at, self.rules.silence, self.rules.duty_hours)
        if found is not None:
            began = self.last_at
            self.events.append(Event(self.person, AlarmKind.SILENT, "", began, False, found))
            self.events.append(Event(self.person, AlarmKind.SILENT, "", began, True, at))

    def _device(self, at: int, flags: int, battery: int, worn: int) -> None:
        """What the device says of itself, whatever its place is worth."""
        rules = self.rules
        self._step(AlarmKind.MOCKED, "", at, bool(flags & _MOCKED), rules.device)
        if worn >= 0:
            self._step(AlarmKind.REMOVED, "", at, not worn, rules.device)
        if battery >= 0:
            low = True if battery <= rules.low_battery else None
            self._step(
                AlarmKind.LOW_BATTERY,
                "",
                at,
                False if battery >= rules.charged_battery else low,
                rules.device,
            )

    def _decides(self, place: Place) -> bool:
        """Whether a person can have come here; positions that cannot be are believed once enough of them agree."""
        if self.anchor is None or not unreachable(self.anchor, place, self.rules.fastest):
            self.anchor, self.doubt = place, None
            return True
        if self.doubt is None or unreachable(self.doubt.last, place, self.rules.fastest):
            self.doubt = Doubt(place.at, 1, place)
        else:
            self.doubt = Doubt(self.doubt.since, self.doubt.points + 1, place)
        if self.doubt.points < self.rules.jump_points:
            return False
        self.events.append(Event(self.person, AlarmKind.JUMPED, "", self.doubt.since, False, place.at))
        self.events.append(Event(self.person, AlarmKind.JUMPED, "", self.doubt.since, True, place.at))
        self.anchor, self.doubt = place, None
        return True

    def _strong(self, at: int, level: int, hits: Mapping[str, int]) -> None:
        rules = self.rules
        self._step(AlarmKind.LEFT, "", at, _sure(level), rules.confirmation)
        if level == Level.RIGHT:
            self._step(AlarmKind.LEFT_UNVERIFIED, "", at, False, rules.unverified)
        for key in self._subjects(hits):
            level = hits.get(key, Level.RIGHT)
            self._step(AlarmKind.ENTERED, key, at, _sure(level), rules.confirmation)
            pointing = {Level.POINTING: True, Level.RIGHT: False}.get(Level(level))
            self._step(AlarmKind.ENTERED_UNVERIFIED, key, at, pointing, rules.unverified)

    def _weak(self, at: int, level: int, hits: Mapping[str, int]) -> None:
        self._step(AlarmKind.LEFT_UNVERIFIED, "", at, _sure(level), self.rules.unverified)
        for key in self._subjects(hits):
            verdict = _sure(hits.get(key, Level.RIGHT))
            self._step(AlarmKind.ENTERED_UNVERIFIED, key, at, verdict, self.rules.unverified)

    def _subjects(self, hits: Mapping[str, int]) -> list[str]:
        """Forbidden areas that this position is in, or that something is suspected of."""
        entered = (AlarmKind.ENTERED, AlarmKind.ENTERED_UNVERIFIED)
        return sorted({*hits, *(subject for kind, subject in self.machines if kind in entered)})

    def _step(
        self, kind: AlarmKind, subject: str, at: int, verdict: bool | None, asked: Confirmation
    ) -> None:
        before: Machine | None = self.machines.get((kind, subject))
        if before is None and not verdict:
            return
        after = step(before, at, verdict, asked)
        if after.machine is None:
            self.machines.pop((kind, subject), None)
        else:
            self.machines[kind, subject] = after.machine
        if after.raised and after.machine is not None:
            self.events.append(Event(self.person, kind, subject, after.machine.began, False, at))
        elif after.ended_at is not None and before is not None:
            self.events.append(Event(self.person, kind, subject, before.began, True, after.ended_at))


def _sure(level: int) -> bool | None:
    return {Level.RIGHT: False, Level.WRONG: True}.get(Level(level))
