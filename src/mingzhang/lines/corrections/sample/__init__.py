"""A year of community corrections (示例年度的社区矫正): persons with their terms, a year of duties, leaves, sanctions, alarms; invented, the same each time."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.casework.sampling import SampleRecord, Scene
from mingzhang.lines.corrections.sample.alarms import alarms
from mingzhang.lines.corrections.sample.devices import devices, fences, orders
from mingzhang.lines.corrections.sample.duties import activities, sheets
from mingzhang.lines.corrections.sample.life import assessments, exits, leaves, searches
from mingzhang.lines.corrections.sample.persons import episode_of, persons_of
from mingzhang.lines.corrections.sample.sanctions import reviews, sanctions, sanctions_of


def records(scene: Scene) -> Iterator[SampleRecord]:
    """Devices and persons first, then what happens to them; what is pointed at before what points at it."""
    dice = scene.random("corrections")
    persons = persons_of(scene, dice)
    planned = sanctions_of(scene, dice, persons)
    bands = list(devices(scene))
    yield from bands
    for person in persons:
        yield episode_of(scene, dice, person)
    yield from fences(scene, persons)
    yield from reviews(scene, dice, planned)
    yield from sanctions(planned)
    yield from orders(scene, dice, persons, planned, bands)
    yield from leaves(scene, dice, persons)
    yield from exits(scene, persons)
    yield from searches(scene, planned)
    yield from assessments(scene, dice)
    yield from alarms(scene, dice, persons, planned)
    yield from sheets(scene, dice, persons)
    yield from activities(scene, dice, persons)
