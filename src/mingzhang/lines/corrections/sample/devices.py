"""Wristbands, kiosks, recorders, fences of the sample (示例终端和围栏), and the orders by which wristbands are worn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import cos, pi, sin
from random import Random
from typing import Any

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.sampling import SampleRecord, SampleStep, Scene, later
from mingzhang.lines.corrections.sample.persons import Supervised
from mingzhang.lines.corrections.sample.sanctions import Planned

WORN, KIOSKS, RECORDERS = 21, 4, 12
CENTRE = (113.2, 31.05)
"""The invented city, in degrees of WGS-84."""

AREAS = (
    ("云岭区长途汽车站周边（示例）", 0.021, -0.012, 260),
    ("示例学校周边", -0.016, 0.018, 220),
    ("示例酒吧街", 0.008, 0.026, 320),
)
"""Areas that everybody keeps out of: name, degrees from the centre, radius in metres."""


def devices(scene: Scene) -> Iterator[SampleRecord]:
    """Wristbands first, in the order in which they are worn."""
    start, keeper = date(scene.year, 1, 4), f"{scene.areas[0].name}司法局"
    stated = [
        *(("电子腕带", f"WD-{number:03d}", "") for number in range(1, WORN + 4)),
        *(
            ("自助矫正终端", f"ZZ-{number:02d}", f"TY-{scene.year - 1}-{number:03d}")
            for number in range(1, KIOSKS + 1)
        ),
        *(
            ("执法记录仪", f"JL-{number:02d}", f"TY-{scene.year - 1}-{number + 40:03d}")
            for number in range(1, RECORDERS + 1)
        ),
    ]
    for kind, number, asset in stated:
        fields = {"device_kind": kind, "device_no": number, "keeper": keeper}
        yield SampleRecord(
            "corrections.device",
            f"device_{number}",
            start,
            "COR",
            fields | ({"asset_no": asset} if asset else {}),
        )


def fences(scene: Scene, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    """The city, which everybody may move in, the areas of all, and the forbidden areas of some by court order."""
    start = date(scene.year, 1, 4)
    corners = [
        [
            round(CENTRE[0] + 0.19 * (1 + 0.13 * sin(3 * turn)) * cos(turn), 6),
            round(CENTRE[1] + 0.15 * (1 + 0.1 * cos(2 * turn)) * sin(turn), 6),
        ]
        for turn in (2 * pi * number / 40 for number in range(40))
    ]
    city = json.dumps({"type": "Polygon", "coordinates": [[*corners, corners[0]]]})
    yield SampleRecord(
        "corrections.fence", "fence_city", start, "COR",
        {"name": "江城市市区", "effect": "允许活动区域", "shape": city, "datum": "WGS-84", "ground": "所居住的市、县"},
    )  # fmt: skip
    for number, (name, east, north, radius) in enumerate(AREAS):
        yield SampleRecord(
            "corrections.fence", f"fence_{number}", start, "COR", _circle(name, east, north, radius)
        )
    banned = [each for each in persons if each.place % 43 == 9]
    for person in banned:
        east, north = (person.place % 7 - 3) * 0.009, (person.place % 5 - 2) * 0.011
        fields = _circle("禁止进入场所（示例）", east, north, 180) | {
            "episode": f"@{person.key}",
            "ground": "禁止令",
        }
        on = max(start, person.admitted)
        if on <= date(scene.year, 12, 24):
            yield SampleRecord("corrections.fence", f"fence_of_{person.place}", on, "COR", fields)


def _circle(name: str, east: float, north: float, radius: int) -> dict[str, Any]:
    return {
        "name": name, "effect": "禁止进入区域", "centre_longitude": f"{CENTRE[0] + east:.6f}", "centre_latitude": f"{CENTRE[1] + north:.6f}",
        "radius": radius, "datum": "WGS-84", "ground": "其他",
    }  # fmt: skip


def orders(
    scene: Scene,
    dice: Random,
    persons: Sequence[Supervised],
    planned: Sequence[Planned],
    bands: Sequence[SampleRecord],
) -> Iterator[SampleRecord]:
    """Twenty-one wear one in the year: who was warned, who broke a prohibition or left; each for three months at most."""
    reasons = {
        "违反报告规定": "拒不按照规定报告自己的活动情况，被给予警告",
        "违反外出规定": "无正当理由，未经批准离开所居住的市、县",
        "违反禁止令": "违反人民法院禁止令",
    }
    warned = {
        each.person.place: each for each in planned if each.measure == "警告" and each.conduct in reasons
    }
    for place, each in enumerate(list(warned.values())[:WORN]):
        asked = later(each.decided, 3)
        since = later(asked, 2)
        until = added_months(since, 3) - timedelta(days=1)
        yield SampleRecord(
            "corrections.location_order", f"order_{place}", asked, "COR",
            {"episode": f"@{each.person.key}", "person": each.person.who, "device_kind": "电子腕带", "ground": reasons[each.conduct], "facts": "示例：事实和依据。"},
            tuple(_worn(scene, since, until, bands[place])), area=each.person.area, organisation=each.person.street,
        )  # fmt: skip


def _worn(scene: Scene, since: date, until: date, band: SampleRecord) -> Iterator[SampleStep]:
    yield SampleStep("approve", since, "HEAD", {"positioned_from": since, "positioned_to": until})
    yield SampleStep("put_on", since, "COR", {"told_on": since, "device": f"@{band.key}"})
    if later(until, 0) <= date(scene.year, 12, 31):
        yield SampleStep(
            "remove", later(until, 0), "COR", {"removed_on": later(until, 0), "why_removed": "期满"}
        )
