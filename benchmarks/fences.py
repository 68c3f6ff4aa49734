"""Positions against fences: a fence for each person at 418, 50,000 and 700,000 persons, and 10,000 forbidden areas for all.

    python benchmarks/fences.py [persons …]     # 418 50000 unless told otherwise; 700000 wants some 4 GB

The floor is shapely's own vectorised question on prepared shapes, one shape a position; the peer a loop over positions that asks the same one by one.
`judge` adds what is in force, how far outside in metres, and levels; `evaluate` is everything: order, copies, states, confirmation, alarms.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from measure import Page, Timing, machine, peak_megabytes
from mingzhang.casework.fences import Effect, Fence, Plan, Rules, circle, evaluate, plan_of
from mingzhang.casework.fences.judging import judge
from mingzhang.casework.positions import empty_table

SEED = 418
ZONES = 10_000
CORNERS = 24
START = 1_614_906_000_000
OUTSIDE = 0.01
"""The share of persons who spend the second half of their positions outside."""

RUNS = 5
SAMPLE = 20_000
"""Positions of the loop; it is slow."""


def fences_of(persons: int, draw: np.random.Generator) -> tuple[list[Fence], Any]:
    """An irregular polygon some 5 km across around each person's home, and the homes."""
    homes = np.column_stack([draw.uniform(113.7, 115.1, persons), draw.uniform(29.97, 31.3, persons)])
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    reach = draw.uniform(0.02, 0.03, (persons, CORNERS))
    corners = homes[:, None, :] + np.dstack([reach * np.cos(angles), reach * np.sin(angles)])
    shapes = shapely.polygons(corners)
    fences = [Fence(f"home-{person}", Effect.PERMITTED, shape, person) for person, shape in enumerate(shapes)]
    return fences, homes


def zones_of(draw: np.random.Generator) -> list[Fence]:
    """Forbidden areas of 100 to 300 m for everybody."""
    places = np.column_stack(
        [draw.uniform(113.7, 115.1, ZONES), draw.uniform(29.97, 31.3, ZONES), draw.uniform(100, 300, ZONES)]
    )
    return [Fence(f"zone-{number}", Effect.FORBIDDEN, circle(*place)) for number, place in enumerate(places)]


def positions(homes: Any, each: int, draw: np.random.Generator) -> Any:
    """So many positions of every person, ten minutes apart, around home; some spend the second half 8 km away."""
    persons = len(homes)
    rows = empty_table(persons * each)
    rows["person"] = np.repeat(np.arange(persons), each)
    number = np.tile(np.arange(each), persons)
    rows["at"] = START + number * 600_000
    place = homes[rows["person"]] + draw.normal(0, 0.004, (len(rows), 2))
    away = (draw.random(persons) < OUTSIDE)[rows["person"]] & (number >= each // 2)
    place[away, 0] += 0.08
    rows["longitude"], rows["latitude"] = place.T
    rows["accuracy"] = draw.uniform(5, 40, len(rows))
    rows["battery"], rows["worn"] = 80, 1
    return rows


def turns(works: dict[str, Callable[[], object]], runs: int) -> tuple[dict[str, Timing], dict[str, float]]:
    """The works in turns: their times on the clock, and the median of their processor seconds."""
    clock: dict[str, list[float]] = {name: [] for name in works}
    processor: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            started, worked = time.perf_counter(), time.process_time()
            work()
            clock[name].append(time.perf_counter() - started)
            processor[name].append(time.process_time() - worked)
    return (
        {name: Timing(name, tuple(seconds)) for name, seconds in clock.items()},
        {name: sorted(seconds)[len(seconds) // 2] for name, seconds in processor.items()},
    )


def row_of(what: str, rows: int, clock: Timing, processor: float, floor: float) -> str:
    """A line of the table: positions a second by the clock and by the processor, and beside the floor."""
    rate, worked = rows / min(clock.seconds) / 1e6, rows / processor / 1e6
    return f"| {what} | {rows:,} | {rate:.3g} | {worked:.3g} | {processor / rows / floor:.2f} |"


def loop(plan: Plan, rows: Any) -> Callable[[], object]:
    """The same question one position at a time, prepared shapes too."""
    few = rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]
    shapes = plan.degrees[plan.permitted.shape[few["person"]]]
    places = list(zip(shapes, few["longitude"].tolist(), few["latitude"].tolist(), strict=True))
    return lambda: [
        shape.contains(shapely.Point(longitude, latitude)) for shape, longitude, latitude in places
    ]


def personal(persons: int, page: Page, table: list[str]) -> None:
    """Each position against its own person's fence."""
    draw = np.random.default_rng(SEED)
    fences, homes = fences_of(persons, draw)
    started = time.process_time()
    plan = plan_of(fences)
    planned = time.process_time() - started
    rows = positions(homes, max(2, min(720, 1_000_000 // persons)), draw)
    rules = Rules()
    shapes = plan.degrees[plan.permitted.shape[rows["person"]]]
    kept: dict[str, Any] = {}

    def whole() -> None:
        kept["outcome"] = evaluate({}, rows, plan, rules)

    half = rows["at"] < START + (rows["at"].max() - START) / 2
    first, second = rows[half], rows[~half]
    states = evaluate({}, first, plan, rules).states
    works: dict[str, Callable[[], object]] = {
        "raw": lambda: shapely.contains_xy(shapes, rows["longitude"], rows["latitude"]),
        "judge": lambda: judge(rows, plan, rules),
        "evaluate": whole,
        "next batch": lambda: evaluate(states, second, plan, rules),
        "loop": loop(plan, rows),
    }
    clock, processor = turns(works, RUNS if persons <= 50_000 else 2)
    floor = processor["raw"] / len(rows)
    sizes = {"next batch": len(second), "loop": min(SAMPLE, len(rows))}
    names = {
        "raw": "raw shapely, one prepared shape a position (floor)",
        "judge": "judge",
        "evaluate": "evaluate, no states before",
        "next batch": "evaluate, the second half on the states of the first",
        "loop": "loop over positions (peer)",
    }
    for name, label in names.items():
        table.append(
            row_of(
                f"{persons:,} persons: {label}",
                sizes.get(name, len(rows)),
                clock[name],
                processor[name],
                floor,
            )
        )
    page.notes.append(
        f"{persons:,} persons: plan made in {planned:.1f} processor s; {len(kept['outcome'].changes):,} alarms said;"
        f" process {peak_megabytes():,.0f} MB at most so far."
    )


def shared(persons: int, table: list[str]) -> None:
    """Positions against 10,000 areas that hold for everybody."""
    draw = np.random.default_rng(SEED)
    _, homes = fences_of(persons, draw)
    plan = plan_of(zones_of(draw))
    rows = positions(homes, max(2, 500_000 // persons), draw)
    areas = plan.degrees[plan.shared.shape]
    rules = Rules()

    def raw() -> object:
        tree = shapely.STRtree(shapely.points(rows["longitude"], rows["latitude"]))
        return tree.query(areas, predicate="intersects")

    def other_way() -> object:
        return shapely.STRtree(areas).query(
            shapely.points(rows["longitude"], rows["latitude"]), predicate="intersects"
        )

    clock, processor = turns(
        {"raw": raw, "areas": other_way, "judge": lambda: judge(rows, plan, rules)}, RUNS
    )
    floor = processor["raw"] / len(rows)
    for name, label in (
        ("raw", "raw tree over the positions (floor)"),
        ("areas", "raw tree over the areas"),
        ("judge", "judge"),
    ):
        table.append(
            row_of(
                f"{ZONES:,} shared areas, {persons:,} persons: {label}",
                len(rows),
                clock[name],
                processor[name],
                floor,
            )
        )


def year(persons: int, page: Page) -> None:
    """A year of positions every ten minutes, played month by month on the states before, a twentieth of them sent twice, the rest of each month shuffled."""
    draw = np.random.default_rng(SEED)
    fences, homes = fences_of(persons, draw)
    plan = plan_of([*fences, *zones_of(draw)])
    rules = Rules()
    states: dict[int, Any] = {}
    worked, taken, changes = 0.0, 0, 0
    for month in range(12):
        rows = positions(homes, 30 * 144, draw)
        rows["at"] += month * 30 * 86_400_000
        rows = np.concatenate([rows, draw.choice(rows, len(rows) // 20)])
        draw.shuffle(rows)
        started = time.process_time()
        outcome = evaluate(states, rows, plan, rules)
        states |= outcome.states
        worked += time.process_time() - started
        taken, changes = taken + len(rows), changes + len(outcome.changes)
    page.notes.append(
        f"a year of {persons} persons, {taken:,} positions in shuffled months, own fences and {ZONES:,} areas: {worked:.0f} processor s,"
        f" {taken / worked / 1e6:.2f} M a second, {changes:,} alarms said and ended; {peak_megabytes():,.0f} MB at most so far."
    )


def main(sizes: list[int]) -> None:
    """Measure and print."""
    page = Page(
        "fences",
        "Positions against fences",
        [machine(), f"{CORNERS} corners a fence; {OUTSIDE:.0%} of persons leave"],
    )
    table = [
        "| what | positions | million a second, fastest by the clock | by the processor | ÷ floor |",
        "|---|--:|--:|--:|--:|",
    ]
    for persons in sizes:
        personal(persons, page, table)
    for persons in (418, 50_000):
        shared(persons, table)
    year(418, page)
    page.tables.append("\n".join(table))
    page.notes.append(f"load {os.getloadavg()[0]:.1f} at the end")
    page.finish()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [418, 50_000])
