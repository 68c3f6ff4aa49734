"""A year of publicity (示例年度的普法宣传): the bureau's own events one by one, other bodies' by monthly returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

from mingzhang.casework.sampling import (
    SampleRecord,
    SampleReturn,
    SampleStep,
    Scene,
    confirmed,
    whole_number_parts,
)

TOTALS = {
    "attendance": (1_059_400, 1_194_600),
    "lectures": (409, 491),
    "trainings": (36, 46),
    "copies": (307_000, 383_600),
    "culture": (31, 31),
    "centre_groups": (213, 245),
    "six_in": (3_558, 3_752),
}
"""Item of the return → the district's total of the first eleven months, and of the year."""

RECORDED = (
    ("讲座", "lectures", 60, 8),
    ("法律培训", "trainings", 12, 3),
    ("法治文化活动", "culture", 6, 0),
    ("中心组学法", "centre_groups", 20, 4),
)
"""What the bureau itself keeps one by one: category, item, events to November and in December."""

COMMUNITY_EVENTS = 1
"""Events in each community that the bureau keeps one by one, so that coverage is counted from rows."""

PREMEET = 7
ISSUES = {"微信公众号": (73, 185), "抖音": (52, 52), "今日头条": (48, 48)}
SHORT_FILMS, VIEWS = 50, 5_060_000
CIVILISED = 72
KNOWS, ANSWERED, REACHED = 3_500, 5_000, 6_400
THEMES = ("宪法", "民法典", "国家安全", "法治化营商环境", "禁毒", "反诈", "未成年人保护", "行政处罚法")


def records(scene: Scene) -> Iterator[SampleRecord | SampleReturn]:
    """Events, media, duty lists, the five-year plan, the survey, and the returns of streets and bodies."""
    dice = scene.random("legal_publicity")
    told = {item: [0, 0] for item in TOTALS}
    events = [*_own_events(scene, dice), *_community_events(scene, dice), *_premeet(scene, dice)]
    for place, event in enumerate(events):
        fields = dict(event.fields)
        if place < CIVILISED:
            fields["civilised_city"] = True
        _tell(told, event.opened_on, fields)
        yield _confirmed("outreach_event", place, event.opened_on, fields, event.area)
    yield from _returns(scene, dice, told)
    yield from _media(scene, dice)
    yield from _duties(scene)
    yield from _plan(scene)
    on = date(scene.year, 11, 18)
    survey = {
        "name": "年度普法知晓度测评",
        "mode": "网络答题",
        "reached": REACHED,
        "answered": ANSWERED,
        "knows": KNOWS,
        "satisfied": 4_700,
    }
    yield _confirmed("survey", 0, on, survey)


def _event(dice: Random, category: str, on: date, place: str, **more: Any) -> SampleRecord:
    fields = {
        "category": category,
        "theme": dice.choice(THEMES),
        "place": place,
        "audience": ["社区居民"],
        "attendance": dice.randrange(30, 160),
        "copies": dice.randrange(20, 120),
        **more,
    }
    return SampleRecord("legal_publicity.outreach_event", "", on, "PUB", fields)


def _own_events(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    number = 0
    for category, _, early, late in RECORDED:
        for place in range(early + late):
            first, last = ((1, 4), (11, 30)) if place < early else ((12, 1), (12, 30))
            on = scene.day(dice, date(scene.year, *first), date(scene.year, *last))
            number += 1
            brand = {"brand": "法治高校行"} if category == "讲座" and place < 9 else {}
            yield _event(dice, category, on, f"第{number}会场", **brand)


def _community_events(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    for community in scene.communities:
        for _ in range(COMMUNITY_EVENTS):
            on = scene.day(dice, date(scene.year, 1, 11), date(scene.year, 11, 26))
            event = _event(dice, "法律六进活动", on, f"{community.name}活动室", six_in=["社区"])
            yield SampleRecord(event.kind, "", on, "PUB", event.fields, area=community.code)


def _premeet(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    for place in range(PREMEET):
        on = date(scene.year, 2 + place, 24)
        fields = {"attendance": 24, "copies": 0, "audience": ["领导干部"]}
        yield _event(dice, "常务会前学法", on, "政府常务会议室", **fields)


def _tell(told: dict[str, list[int]], on: date, fields: Mapping[str, Any]) -> None:
    """Add an event to what is told one by one: to November, and the year."""
    item = next((item for category, item, *_ in RECORDED if category == fields["category"]), None)
    counted = {
        "attendance": fields["attendance"],
        "copies": fields["copies"],
        "six_in": int(bool(fields.get("six_in"))),
    }
    if item is not None:
        counted[item] = 1
    for name, number in counted.items():
        told[name][1] += number
        if on.month < 12:
            told[name][0] += number


def _returns(scene: Scene, dice: Random, told: Mapping[str, list[int]]) -> Iterator[SampleReturn]:
    """What streets and district bodies report: the totals less what is kept one by one."""
    bodies = [each.name for each in (*scene.of_kind("街道"), *scene.of_kind("行政机关"))]
    cells: dict[tuple[str, int], dict[str, int]] = {
        (body, month): {} for body in bodies for month in range(1, 13)
    }
    for item, (early, whole) in TOTALS.items():
        early_left, late_left = early - told[item][0], (whole - early) - (told[item][1] - told[item][0])
        for (body, month), number in zip(
            [(body, month) for month in range(1, 12) for body in bodies],
            whole_number_parts(early_left, len(bodies) * 11, dice),
            strict=True,
        ):
            cells[body, month][item] = number
        for body, number in zip(bodies, whole_number_parts(late_left, len(bodies), dice), strict=True):
            cells[body, 12][item] = number
    for (body, month), values in cells.items():
        yield SampleReturn("legal_publicity.unit_month", body, scene.year, month, values)


def _media(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    for platform in ISSUES:
        yield SampleRecord(
            "legal_publicity.media_account", f"account_{platform}", date(scene.year, 1, 1), "PUB", {"platform": platform, "name": "示例普法"}
        )  # fmt: skip
    films = 0
    posts = [(platform, place) for platform, (_, count) in ISSUES.items() for place in range(count)]
    views = whole_number_parts(VIEWS, len(posts), dice, least=2_000)
    for number, ((platform, place), seen) in enumerate(zip(posts, views, strict=True)):
        issues, count = ISSUES[platform]
        issue = place * issues // count + 1
        on = date(scene.year, 1 + issue * 10 // (issues + 1), 1 + issue % 27)
        film = platform == "抖音" and films < SHORT_FILMS
        films += film
        early = seen // 3
        snapshots = [
            {"taken_on": _last_day(on), "views": early, "new_views": early, "source": "截图"},
            {
                "taken_on": date(scene.year, 11, 30),
                "views": seen,
                "new_views": seen - early,
                "source": "截图",
            },
        ]
        fields = {
            "account": f"@account_{platform}",
            "platform": platform,
            "issue_no": f"{scene.year}-{issue:03d}",
            "name": f"示例作品{number + 1}",
            "form": "短视频" if film else "图文",
            "original": True,
            "snapshots": snapshots,
        }
        yield _confirmed("media_post", number, on, fields)


def _last_day(on: date) -> date:
    return on.replace(day=28)


def _duties(scene: Scene) -> Iterator[SampleRecord]:
    for place, unit in enumerate(scene.of_kind("行政机关")):
        done = date(scene.year, 12, 6 + place % 20)
        steps = (
            SampleStep("complete", done, "UNIT", {"done_how": "示例：按清单开展宣传。"}),
            SampleStep("verify", done, "PUB"),
        )
        fields = {
            "year": scene.year,
            "unit": unit.name,
            "law": "本部门主要法律法规",
            "measures": "以案释法，进社区宣传。",
            "due_on": date(scene.year, 12, 31),
        }
        yield SampleRecord(
            "legal_publicity.duty_item", f"duty_{place}", date(scene.year, 3, 10), "PUB", fields, steps
        )


def _plan(scene: Scene) -> Iterator[SampleRecord]:
    stages = (("起草", 4), ("政府常务会审议", 7), ("依法治区委员会审议", 9), ("人大常委会审议", 11))
    for place, (stage, month) in enumerate(stages):
        done = date(scene.year, month, 25)
        fields = {"plan": "八五普法规划", "stage": stage, "due_on": date(scene.year, month, 28)}
        step = SampleStep(
            "complete", done, "PUB", {"done_on": done, "document_number": f"第{place + 1}次会议"}
        )
        yield SampleRecord(
            "legal_publicity.plan_stage", f"stage_{place}", date(scene.year, 2, 1), "PUB", fields, (step,)
        )


def _confirmed(kind: str, place: int, on: date, fields: Mapping[str, Any], area: str = "") -> SampleRecord:
    return confirmed(f"legal_publicity.{kind}", place, on, fields, by="JO", confirmed_by="PUB", area=area)
