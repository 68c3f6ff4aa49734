"""What tests of casework share: an invented district, fields of a request, keys of commands."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import count
from pathlib import Path
from types import SimpleNamespace

LIBRARY = Path(__file__).parent / "library"
BEGINNING = date(2020, 1, 1)
TODAY = date(2023, 12, 1)


def make_district():
    from mingzhang.records.casework.models import CasePost
    from mingzhang.records.casework.registries import add_organisation, load_areas
    from mingzhang.records.models import User
    from mingzhang.records.trail import enter

    areas = {
        area.code: area
        for area in load_areas(
            [
                {"code": "990111", "name": "示例区"},
                {"code": "990111001", "name": "东街道"},
                {"code": "990111002", "name": "西街道"},
                {"code": "990111001001", "name": "甲社区"},
                {"code": "990111002001", "name": "乙社区"},
            ],
            BEGINNING,
        )
    }
    east, west = areas["990111001"], areas["990111002"]
    centre = add_organisation("示例中心", "法律援助机构", BEGINNING, area=areas["990111"])
    unit = add_organisation("某单位", "区直单位", BEGINNING, area=areas["990111"])
    found = SimpleNamespace(
        areas=areas,
        east=east,
        west=west,
        centre=centre,
        unit=unit,
        community=areas["990111001001"],
        far=areas["990111002001"],
    )
    posts = {
        "clerk": ("AID", {"organisation": None}),
        "second": ("AID", {}),
        "head": ("HEAD", {}),
        "office": ("OFFICE", {}),
        "east_jo": ("JO", {"area": east}),
        "west_jo": ("JO", {"area": west}),
        "lawyer": ("LWY", {}),
        "other_lawyer": ("LWY", {}),
        "unit_contact": ("UNIT", {"organisation": unit}),
        "resident": ("PUBLIC", {}),
        "finance": ("FIN", {}),
        "admin": ("ADM", {}),
        "auditor": ("AUD", {}),
        "nobody": (None, {}),
    }
    for name, (role, where) in posts.items():
        person = User(username=name, name=f"{name}君")
        person.set_unusable_password()
        enter([person])
        setattr(found, name, person)
        if role:
            enter([CasePost(user=person, role=role, valid_from=BEGINNING, **where)])
    return found


_COUNT = count(1)


def key():
    """A fresh key of a command."""
    return f"test-{next(_COUNT)}"


APPLICANT = {"name": "王小明", "id_no": "11010519491231002X", "sex": "女"}


def request(**stated):
    """What a request is opened with."""
    return {"item": "补证", "applicants": [dict(APPLICANT)], "area": "990111001001", **stated}


def clean():
    """Whether verifying finds nothing."""
    from mingzhang.records.verifying import verify_books

    proved = Counter()
    assert [problem.in_chinese() for problem in verify_books(proved)] == []
    return proved
