"""Where the sample's casework plays (示例的区划和机构): invented streets, communities, bodies and firms."""

from __future__ import annotations

import tomllib
from typing import Any

from mingzhang.casework.sampling import SampleArea, SampleOrganisation, Scene
from mingzhang.sample.planned import FOLDER, settings


def scene(year: int) -> Scene:
    """The scene of a year."""
    plan = tomllib.loads((FOLDER / "casework.toml").read_text(encoding="utf-8"))
    places = settings()["places"]
    return Scene(year, tuple(_areas(plan, places)), tuple(_organisations(plan, places)))


def _areas(plan: dict[str, Any], places: dict[str, Any]) -> list[SampleArea]:
    district = plan["district_code"]
    found = [SampleArea(district, plan["district"])]
    for place, street in enumerate(places["streets"], start=1):
        code = f"{district}{place:03d}"
        found.append(SampleArea(code, street, district))
        stem = street.removesuffix("街").removesuffix("乡")
        kind = "村" if street.endswith("乡") else "社区"
        found += [
            SampleArea(f"{code}{number:03d}", f"{stem}{name}{kind}", code)
            for number, name in enumerate(plan["communities"], start=1)
        ]
    return found


def _organisations(plan: dict[str, Any], places: dict[str, Any]) -> list[SampleOrganisation]:
    district = plan["district_code"]
    streets = [(f"{district}{place:03d}", street) for place, street in enumerate(places["streets"], start=1)]
    return [
        *(
            SampleOrganisation(f"{name}人民政府" if name.endswith("乡") else f"{name}道办事处", "街道", code)
            for code, name in streets
        ),
        *(SampleOrganisation(f"{name}司法所", "司法所", code) for code, name in streets),
        *(SampleOrganisation(f"{plan['district']}{body}", "行政机关", district) for body in plan["bodies"]),
        *(SampleOrganisation(firm, "律所", district) for firm in places["firms"]),
        SampleOrganisation(f"{plan['district']}法律援助中心", "法律援助机构", district),
        SampleOrganisation(f"{plan['district']}司法局", "行政机关", district),
        SampleOrganisation(f"{plan['district']}人民法院", "法院", district),
    ]
