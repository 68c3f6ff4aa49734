"""False alarms and missed exits: generated tracks with the noise of a city, for point-in-polygon and for the evaluator.

    python benchmarks/false_alarms.py [persons] [days]     # 200 persons, 30 days; SEED in this file

Everybody has a position every ten minutes. Two fifths live within 500 m of the boundary, the others well inside. Noise: open sky, street canyons and rooms
follow one another, errors within each drift together and are larger than the device says; a part of the positions is by base stations; now and
then one is kilometres off with a good accuracy. Real exits: half an hour to six hours, up to 10 km beyond the boundary.

An alarm is false where the person was never outside during it; an exit is missed where it went more than 500 m beyond, lasted 40 minutes or more, and no
alarm falls into it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import shapely

from measure import Page, machine
from mingzhang.casework.fences import (
    AlarmKind,
    Confirmation,
    Effect,
    Fence,
    Rules,
    alarms_of,
    evaluate,
    plan_of,
    polygon,
    standing,
)
from mingzhang.casework.positions import Flag, empty_table

SEED = 7
START = 1_614_441_600_000
STEP = 600_000
MIDDLE = (114.4, 30.5)
EAST, NORTH = 95_958.0, 110_858.0
"""Metres a degree there."""

CLEAR_METRES, CLEAR_STEPS = 500.0, 4
SKIES = ("open", "canyon", "room")
CHANGE = np.array([[0.90, 0.06, 0.04], [0.12, 0.80, 0.08], [0.03, 0.02, 0.95]])
ERROR = np.array([6.0, 45.0, 30.0])
"""Standard deviation in metres under each sky."""

SAID = np.array([1.0, 0.45, 0.8])
"""The accuracy stated, as a part of twice that."""


class Track(NamedTuple):
    """A person's month: rows as received, and how far outside the person really was at each, in metres."""

    rows: Any
    outside: Any


class Span(NamedTuple):
    """An alarm, or an exit, from one time to another (milliseconds)."""

    since: int
    until: int
    confirmed: int


def boundary(draw: np.random.Generator) -> Any:
    """A city some 24 km across with a ragged edge, in metres around its middle."""
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    rough = (
        12_000 + 900 * np.sin(5 * angles) + 350 * np.sin(17 * angles + 1) + draw.uniform(-60, 60, len(angles))
    )
    return shapely.polygons(np.column_stack([rough * np.cos(angles), rough * np.sin(angles)]))


def home(city: Any, near: bool, draw: np.random.Generator) -> Any:
    """A home within 20 to 500 m of the boundary, or within the inner two thirds."""
    while True:
        edge = shapely.get_coordinates(
            shapely.line_interpolate_point(city.exterior, draw.uniform(0, city.length))
        )[0]
        length = np.hypot(*edge)
        place = edge * (1 - draw.uniform(20, 500) / length) if near else edge * draw.uniform(0, 0.67)
        if city.contains(shapely.Point(place)):
            return place


def walked(city: Any, near: bool, days: int, draw: np.random.Generator) -> Any:
    """Where the person really is, one place a step: home, work and errands inside, and now and then outside."""
    steps = days * 144
    here, work = home(city, near, draw), home(city, False, draw)
    hour = np.arange(steps) % 144 / 6
    place = np.where(((hour > 8.5) & (hour < 17.5))[:, None], work, here)
    place = place + draw.normal(0, 15, (steps, 2))
    for day in range(days):
        if draw.random() < 0.5:
            start, length = day * 144 + draw.integers(108, 126), draw.integers(3, 12)
            errand = here + draw.normal(0, 1500, 2)
            if city.contains(shapely.Point(errand)):
                place[start : start + length] = errand + draw.normal(
                    0, 20, place[start : start + length].shape
                )
        if draw.random() < 0.03:
            start, length = day * 144 + draw.integers(48, 110), draw.integers(3, 37)
            edge = shapely.get_coordinates(
                shapely.line_interpolate_point(city.exterior, draw.uniform(0, city.length))
            )[0]
            beyond = edge * (1 + draw.uniform(300, 10_000) / np.hypot(*edge))
            place[start : start + length] = beyond + draw.normal(0, 60, place[start : start + length].shape)
    return place


def seen(place: Any, person: int, draw: np.random.Generator) -> Any:
    """The rows that the device sends of it."""
    steps = len(place)
    sky = np.zeros(steps, int)
    for step in range(1, steps):
        sky[step] = draw.choice(3, p=CHANGE[sky[step - 1]])
    drift = np.zeros((steps, 2))
    fresh = draw.normal(0, 1, (steps, 2))
    for step in range(1, steps):
        drift[step] = 0.7 * drift[step - 1] + np.sqrt(1 - 0.49) * fresh[step]
    error = drift * ERROR[sky][:, None]
    accuracy = 2 * ERROR[sky] * SAID[sky] * draw.lognormal(0, 0.25, steps)
    flags = np.zeros(steps, int)
    station = draw.random(steps) < np.where(sky == 2, 0.25, 0.04)
    error[station] = draw.normal(0, 900, (int(station.sum()), 2))
    accuracy[station] = draw.uniform(400, 1500, int(station.sum()))
    flags[station] = int(Flag.NETWORK | Flag.COARSE)
    astray = draw.random(steps) < 0.0015
    astray[1:] |= astray[:-1] & (draw.random(steps - 1) < 0.3)
    error[astray] = draw.normal(0, 9000, (int(astray.sum()), 2))
    accuracy[astray], flags[astray] = draw.uniform(8, 30, int(astray.sum())), 0
    rows = empty_table(steps)
    rows["person"], rows["at"] = person, START + np.arange(steps) * STEP
    rows["longitude"], rows["latitude"] = (
        MIDDLE[0] + (place + error)[:, 0] / EAST,
        MIDDLE[1] + (place + error)[:, 1] / NORTH,
    )
    rows["accuracy"], rows["flags"], rows["battery"], rows["worn"] = accuracy, flags, 80, 1
    return rows


def runs(wrong: Any) -> list[Span]:
    """Unbroken runs of steps."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], wrong.astype(int), [0]])))
    return [
        Span(START + int(first) * STEP, START + int(last - 1) * STEP, START + int(first) * STEP)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def naive(track: Track, city: Any, *, buffer: float = 0.0, filtered: bool = False) -> list[Span]:
    """Every run of positions outside is an alarm; `buffer` in metres beyond the boundary; `filtered` leaves out base stations and bad accuracies."""
    rows = track.rows[track.rows["flags"] == 0] if filtered else track.rows
    east, north = (rows["longitude"] - MIDDLE[0]) * EAST, (rows["latitude"] - MIDDLE[1]) * NORTH
    wide = shapely.buffer(city, buffer) if buffer else city
    shapely.prepare(wide)
    wrong = ~shapely.contains_xy(wide, east, north)
    steps = np.zeros(len(track.rows), bool)
    steps[(rows["at"] - START) // STEP] = wrong
    if filtered:
        known = np.zeros(len(track.rows), bool)
        known[(rows["at"] - START) // STEP] = True
        last = np.maximum.accumulate(np.where(known, np.arange(len(known)), 0))
        steps = steps[last]
    return runs(steps)


def judged(found: Iterable[Span], track: Track) -> tuple[int, int, list[float], int]:
    """False alarms, missed exits, minutes from an exit to its alarm, and clear exits there were."""
    alarms = list(found)
    out = track.outside > 0
    false = sum(
        not out[(span.since - START) // STEP : (span.until - START) // STEP + 1].any() for span in alarms
    )
    exits = [
        span
        for span in runs(out)
        if track.outside[(span.since - START) // STEP : (span.until - START) // STEP + 1].max() > CLEAR_METRES
        and (span.until - span.since) // STEP + 1 >= CLEAR_STEPS + 1
    ]
    delays: list[float] = []
    missed = 0
    for each in exits:
        said = [
            alarm.confirmed for alarm in alarms if alarm.since <= each.until and alarm.until >= each.since
        ]
        missed += not said
        if said:
            delays.append(max(0.0, (min(said) - each.since) / 60_000))
    return false, missed, delays, len(exits)


def main(persons: int, days: int) -> None:
    """Generate, ask all, print."""
    draw = np.random.default_rng(SEED)
    city = boundary(draw)
    shapely.prepare(city)
    shape = polygon([(MIDDLE[0] + x / EAST, MIDDLE[1] + y / NORTH) for x, y in shapely.get_coordinates(city)])
    tracks = []
    for person in range(persons):
        place = walked(city, person % 5 < 2, days, draw)
        points = shapely.points(place)
        outside = np.where(shapely.contains_xy(city, *place.T), 0.0, shapely.distance(city, points))
        tracks.append(Track(seen(place, person, draw), outside))
    plan = plan_of([Fence(f"city-{person}", Effect.PERMITTED, shape, person) for person in range(persons)])
    every = np.concatenate([track.rows for track in tracks])
    end = START + days * 144 * STEP

    def ours(rules: Rules, kind: AlarmKind) -> Any:
        said = alarms_of(standing(evaluate({}, every, plan, rules).changes))
        return lambda number, track: [
            Span(alarm.began, (alarm.ended or end) - STEP, alarm.confirmed)
            for alarm in said
            if alarm.person == number and alarm.kind is kind
        ]

    methods: dict[str, Any] = {
        "point in polygon, every position": lambda number, track: naive(track, city),
        "point in polygon, good positions only": lambda number, track: naive(track, city, filtered=True),
        "point in polygon + 200 m, good positions only": lambda number, track: naive(
            track, city, buffer=200, filtered=True
        ),
        "ours, two positions over ten minutes enough": ours(
            Rules(confirmation=Confirmation(seconds=600)), AlarmKind.LEFT
        ),
        "**ours**": ours(Rules(), AlarmKind.LEFT),
        "ours: checks (待核) besides": ours(Rules(), AlarmKind.LEFT_UNVERIFIED),
    }
    months = persons * days / 30
    table = [
        "| method | alarms a person-month | false a person-month | of people near the boundary | missed of clear exits | median delay, minutes |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, find in methods.items():
        all_alarms = false = near = missed = exits = 0
        delays: list[float] = []
        for number, track in enumerate(tracks):
            alarms = find(number, track)
            wrong, lost, late, clear = judged(alarms, track)
            all_alarms, false, missed, exits = (
                all_alarms + len(alarms),
                false + wrong,
                missed + lost,
                exits + clear,
            )
            near += wrong if number % 5 < 2 else 0
            delays += late
        table.append(
            f"| {name} | {all_alarms / months:.2f} | {false / months:.3f} | {near / (months * 0.4):.3f} |"
            f" {'' if '待核' in name else f'{missed} of {exits}'} | {'' if '待核' in name else f'{median(delays):.0f}'} |"
        )
    page = Page(
        "false_alarms",
        "False alarms",
        [machine(), f"{persons} persons, {days} days, seed {SEED}"],
        tables=["\n".join(table)],
    )
    page.notes.append(f"load {os.getloadavg()[0]:.1f}")
    page.finish()


if __name__ == "__main__":
    main(*([int(each) for each in sys.argv[1:3]] or [200, 30]))
