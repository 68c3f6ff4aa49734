"""The evaluator (评估): states and a batch of positions in, states and changes of alarms out; a pure function, the same in a request, a worker, over an archive.

What stands is a function of the set of positions taken, not of how they came: in whatever batches, order (within `Rules.lateness`) and number of copies.
A batch in order moves a person on; a position that comes late plays the last hours again, and what they say now replaces what they said before.
Most persons are where they should be: whoever is calm and sends nothing that stirs is moved on by arrays, the others step by step.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingzhang.casework.fences.alarms import AlarmKind, Change, Event, differences
from mingzhang.casework.fences.judging import Judgement, Level, judge
from mingzhang.casework.fences.planes import rough_metres
from mingzhang.casework.fences.plans import Plan
from mingzhang.casework.fences.rules import Rules
from mingzhang.casework.fences.silence import silent_from
from mingzhang.casework.fences.states import NEVER, Chunk, Head, PersonState, Place
from mingzhang.casework.fences.tracks import Hits, follow, unreachable
from mingzhang.casework.positions.quality import UNTIMED, WEAK, Flag
from mingzhang.casework.positions.tables import Positions, empty_table, in_order

_CHUNK = 64
_DOUBTFUL = int(WEAK | Flag.MOCKED)
_NEAR = 0.99
"""Arrays find a speed near the limit already; step by step it is decided."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch does: new states of those it touched, changes in the order found, and rows that came too late to decide anything (copies of old ones among them)."""

    states: Mapping[int, PersonState]
    changes: Sequence[Change]
    too_late: Positions


def evaluate(
    states: Mapping[int, PersonState], rows: Positions, plan: Plan, rules: Rules, again: Collection[int] = ()
) -> Outcome:
    """Take a batch (POSITION rows in any order, with any copies) for persons with these states; who has none begins with it.

    Rows without a sound place or time are left aside. `again`: persons whose fences changed, whose last hours are judged anew. Nothing given is changed.
    """
    rows = in_order(rows[(rows["flags"] & int(UNTIMED)) == 0])
    judged = judge(rows, plan, rules)
    starts = np.flatnonzero(np.diff(rows["person"], prepend=np.int64(NEVER)))
    ends = np.append(starts[1:], len(rows))[: len(starts)]
    stirred = (
        np.logical_or.reduceat(_stirring(rows, judged, rules), starts) if len(rows) else np.empty(0, bool)
    )
    batch = _Batch(states, rows, judged, rules)
    firsts, lasts = _deciding(rows, starts, ends)
    for person, start, end, stirs, first, last in zip(
        rows["person"][starts].tolist(),
        starts.tolist(),
        ends.tolist(),
        stirred.tolist(),
        firsts,
        lasts,
        strict=True,
    ):
        batch.take(person, start, end, stirs, first, last)
    for person in again:
        if person in states and person not in batch.replayed:
            batch.replayed[person] = (batch.states.get(person, states[person]), 0, empty_table())
    batch.replay(plan)
    return Outcome(
        batch.states, batch.changes, np.concatenate(batch.too_late) if batch.too_late else empty_table()
    )


def watch_silence(states: Mapping[int, PersonState], rules: Rules, now: int) -> Outcome:
    """Whose device has been silent too long by now (milliseconds). Ask it every few minutes; asked again it says nothing twice."""
    silent: dict[int, PersonState] = {}
    changes: list[Change] = []
    for person, state in states.items():
        if state.silent_at is None and now - state.head.last_at > rules.silence * 1000:
            after, events = _silenced(person, state, rules, now)
            if events:
                silent[person] = after
                changes += [Change(event) for event in events]
    return Outcome(silent, changes, empty_table())


class _Batch:
    """A batch being taken."""

    def __init__(
        self, before: Mapping[int, PersonState], rows: Positions, judged: Judgement, rules: Rules
    ) -> None:
        self.before, self.rows, self.judged, self.rules = before, rows, judged, rules
        self.levels: list[int] = judged.permitted.tolist()
        self.times: list[int] = rows["at"].tolist()
        self.states: dict[int, PersonState] = {}
        self.changes: list[Change] = []
        self.too_late: list[Positions] = []
        self.replayed: dict[int, tuple[PersonState, int, Positions]] = {}

    def take(
        self, person: int, start: int, end: int, stirs: bool, first: Place | None, last: Place | None
    ) -> None:
        """A person's rows from start to end, `first` and `last` of which decide."""
        state = self.before.get(person, _FRESH)
        head = state.head
        if self.times[start] <= head.last_at or state.silent_at is not None:
            self._late(person, state, self.rows[start:end])
            return
        if stirs or not head.calm or self._far(head, self.times[start], first):
            chunks = _followed(
                person,
                head,
                self.rows[start:end],
                self.levels[start:end],
                _hits(self.judged, start, end),
                self.rules,
            )
            self.states[person] = _moved(state, chunks, self.rules)
            self.changes += [Change(event) for chunk, _ in chunks for event in chunk.events]
            return
        until = self.times[end - 1]
        after = Head(until, last or head.anchor)
        self.states[person] = _moved(
            state, [(Chunk(head, self.rows[start:end], (), until), after)], self.rules
        )

    def _far(self, head: Head, at: int, first: Place | None) -> bool:
        """Whether the first row may follow a silence, or a place too far away."""
        if head.last_at != NEVER and at - head.last_at > self.rules.silence * 1000:
            return True
        return (
            first is not None
            and head.anchor is not None
            and unreachable(head.anchor, first, self.rules.fastest * _NEAR)
        )

    def _late(self, person: int, state: PersonState, rows: Positions) -> None:
        """Rows of which some are not later than what is known: what is too late is put aside, copies fall away, the rest is played again."""
        mark = state.head.last_at - self.rules.lateness * 1000
        mark = max(mark, state.chunks[0].before.last_at) if state.chunks else state.head.last_at
        late = rows["at"] <= mark
        if late.any():
            self.too_late.append(rows[late])
            rows = rows[~late]
        if len(rows):
            untils = [chunk.until for chunk in state.chunks]
            place = min(bisect_left(untils, int(rows["at"][0])), len(untils) - 1) if untils else 0
            self.replayed[person] = (state, place, rows)

    def replay(self, plan: Plan) -> None:
        """Play again what late rows fall into, all persons judged together."""
        windows: dict[int, Positions] = {}
        for person, (state, place, rows) in self.replayed.items():
            known = [chunk.rows for chunk in state.chunks[place:]]
            window = in_order(np.concatenate([*known, rows]))
            if (
                len(rows)
                and state.silent_at is None
                and known
                and np.array_equal(window, np.concatenate(known))
            ):
                continue
            windows[person] = window
        if not windows:
            return
        rows = np.concatenate(list(windows.values()))
        judged = judge(rows, plan, self.rules)
        start = 0
        for person, window in windows.items():
            end = start + len(window)
            state, place, _ = self.replayed[person]
            levels = judged.permitted[start:end].tolist()
            self._again(person, state, place, window, levels, _hits(judged, start, end))
            start = end

    def _again(
        self, person: int, state: PersonState, place: int, window: Positions, levels: list[int], hits: Hits
    ) -> None:
        head = state.chunks[place].before if state.chunks else state.head
        chunks = _followed(person, head, window, levels, hits, self.rules)
        said = [event for chunk in state.chunks[place:] for event in chunk.events]
        after = _moved(PersonState(head, state.chunks[:place]), chunks, self.rules)
        now = [event for chunk, _ in chunks for event in chunk.events]
        if state.silent_at is not None:
            after, silence = _silenced(person, after, self.rules, state.silent_at)
            now += silence
        self.states[person] = after
        self.changes += differences(said, now)


_FRESH = PersonState()


def _followed(
    person: int, head: Head, rows: Positions, levels: list[int], hits: Hits, rules: Rules
) -> list[tuple[Chunk, Head]]:
    """The rows taken step by step, in chunks, each with where it leaves the person."""
    chunks: list[tuple[Chunk, Head]] = []
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        below = {row - start: found for row, found in hits.items() if start <= row < start + _CHUNK}
        after, events = follow(person, head, part, levels[start : start + _CHUNK], below, rules)
        chunks.append((Chunk(head, part, tuple(events), after.last_at), after))
        head = after
    return chunks


def _moved(state: PersonState, chunks: Sequence[tuple[Chunk, Head]], rules: Rules) -> PersonState:
    """The state after further chunks; those that no late row can reach any more are let go."""
    if not chunks:
        return state
    head = chunks[-1][1]
    kept = (*state.chunks, *(chunk for chunk, _ in chunks))
    mark = head.last_at - rules.lateness * 1000
    first = 0
    while first < len(kept) and kept[first].until <= mark:
        first += 1
    return PersonState(head, kept[first:])


def _silenced(person: int, state: PersonState, rules: Rules, now: int) -> tuple[PersonState, list[Event]]:
    """The state and what is said where the device has been silent too long by then."""
    last = state.head.last_at
    found = None if last == NEVER else silent_from(last, now, rules.silence, rules.duty_hours)
    if found is None:
        return state, []
    event = Event(person, AlarmKind.SILENT, "", last, False, found)
    chunks = state.chunks or (Chunk(state.head, empty_table(), (), last),)
    chunks = (*chunks[:-1], chunks[-1]._replace(events=(*chunks[-1].events, event)))
    return PersonState(state.head, chunks, now), [event]


def _stirring(rows: Positions, judged: Judgement, rules: Rules) -> NDArray[np.bool_]:
    """Which rows must be taken step by step: whatever could start a machine, follow a silence, or be too far from the one before."""
    stirs: NDArray[np.bool_] = judged.permitted == Level.WRONG
    stirs[judged.hit_rows] = True
    stirs |= (rows["flags"] & int(Flag.MOCKED)) != 0
    stirs |= (rows["worn"] == 0) | ((rows["battery"] >= 0) & (rows["battery"] <= rules.low_battery))
    together = rows["person"][1:] == rows["person"][:-1]
    apart = np.diff(rows["at"])
    stirs[1:] |= together & ((apart > rules.silence * 1000) | (apart == 0))
    deciding = np.flatnonzero((rows["flags"] & _DOUBTFUL) == 0)
    person, at, longitude, latitude, accuracy = (
        rows[name][deciding] for name in ("person", "at", "longitude", "latitude", "accuracy")
    )
    metres = (
        rough_metres(longitude[1:], latitude[1:], longitude[:-1], latitude[:-1])
        - accuracy[1:]
        - accuracy[:-1]
    )
    far = (metres > rules.fastest * _NEAR * np.diff(at) / 1000) & (person[1:] == person[:-1])
    stirs[deciding[1:][far]] = True
    return stirs


def _deciding(
    rows: Positions, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[list[Place | None], list[Place | None]]:
    """Of each person the first and the last row that can decide."""
    deciding = np.flatnonzero((rows["flags"] & _DOUBTFUL) == 0)
    first, last = np.searchsorted(deciding, starts), np.searchsorted(deciding, ends) - 1
    there = (last >= first).tolist()

    def places(which: NDArray[np.int64]) -> list[Place | None]:
        if not len(deciding):
            return [None] * len(starts)
        chosen = rows[deciding[np.clip(which, 0, len(deciding) - 1)]]
        columns = (chosen[name].tolist() for name in ("at", "longitude", "latitude", "accuracy"))
        return [Place(*each) if here else None for here, *each in zip(there, *columns, strict=True)]

    return places(first), places(last)


def _hits(judged: Judgement, start: int, end: int) -> Hits:
    """The forbidden areas that rows from start to end fall in, by the row counted from start."""
    first, last = np.searchsorted(judged.hit_rows, (start, end))
    found: dict[int, list[tuple[str, int]]] = {}
    for row, key, level in zip(
        judged.hit_rows[first:last].tolist(),
        judged.hit_keys[first:last],
        judged.hit_levels[first:last].tolist(),
        strict=True,
    ):
        found.setdefault(row - start, []).append((key, level))
    return found
