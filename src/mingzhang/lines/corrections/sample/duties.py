"""A year of duties fulfilled (示例义务): monthly sheets of each judicial office, learning and community service; what was missed is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.sampling import SampleRecord, Scene, confirmed
from mingzhang.casework.supervision import as_text
from mingzhang.lines.corrections.sample.persons import Supervised

MISSED = 0.004
"""How often a day's sign-in is missed; other contacts five times as often."""

SESSION_HOURS = 6
HELPS = ("心理辅导", "就业帮扶", "心理测评", "社会救助", "家庭关系调适")


def sheets(scene: Scene, dice: Random, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    """One sheet a month of each office, entered on its last working day, confirmed by another."""
    for month in range(1, 13):
        first = date(scene.year, month, 1)
        end = added_months(first, 1) - timedelta(days=1)
        for street in sorted({each.street for each in persons}):
            rows = [
                row
                for person in persons
                if person.street == street
                for row in _rows(dice, person, first, end)
            ]
            if rows:
                fields = {"keeper": street, "month": first, "entries": rows}
                made = confirmed("corrections.duty_sheet", 0, end, fields, by="COR", confirmed_by="COR")
                area = next(each.area[:9] for each in persons if each.street == street)
                yield SampleRecord(
                    made.kind,
                    f"sheet_{street}_{month}",
                    end,
                    made.role,
                    made.fields,
                    made.steps,
                    organisation=street,
                    area=area,
                )


def _rows(dice: Random, person: Supervised, first: date, end: date) -> Iterator[dict[str, Any]]:
    days = [first + timedelta(days=number) for number in range(end.day)]
    days = [
        day for day in days if person.reported <= day and (person.left_on is None or day <= person.left_on)
    ]
    if not days:
        return
    signed = [day for day in days if dice.random() > MISSED]
    wanted: dict[str, list[date]] = {"签到": signed}
    origin = person.reported - timedelta(days=person.reported.weekday())
    for day in days:
        managed = next(row["managed_as"] for row in reversed(person.classes) if row["since"] <= day)
        week = (day - origin).days // 7
        # The third day of a week, or of the week of theirs; Wednesdays count for a class that begins or ends in the middle too.
        if day.weekday() != 2 or (managed == "普管" and week % 2) or dice.random() < 5 * MISSED:
            continue
        kinds = {
            "严管": ("到所报到", "电话报告", "个别谈话"),
            "普管": ("到所报到", "电话报告", "个别谈话"),
        }.get(managed, ())
        for kind in kinds:
            wanted.setdefault(kind, []).append(day)
        if managed == "宽管" and not wanted.get("到所报到"):
            wanted.setdefault("到所报到", []).append(day)
    if dice.random() > 5 * MISSED:
        wanted["书面汇报"] = [days[min(len(days) - 1, 24)]]
    for kind, found in wanted.items():
        if found:
            yield {"episode": f"@{person.key}", "contact": kind, "days": as_text(found)}


def activities(scene: Scene, dice: Random, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    """Two days of learning and two of service a month in each street; who is in the strict class comes to both, the others to one."""
    for month in range(1, 13):
        for street in sorted({each.street for each in persons}):
            own = [each for each in persons if each.street == street]
            for number, kind, topics in (
                (0, "education", ("法治教育", "道德教育", "心理健康教育", "职业技能")),
                (1, "service_activity", ("社区服务", "环境整治", "志愿服务", "敬老助残")),
            ):
                for half, day in enumerate((9, 23)):
                    on = date(scene.year, month, day + number)
                    there = [each for each in own if _comes(each, on, half) and dice.random() > 5 * MISSED]
                    there = [each for each in there if kind == "education" or not each.medical_kind]
                    if not there:
                        continue
                    fields = {
                        "topic": topics[(month + half) % 4], "place": f"{street}（示例）",
                        "attendees": [{"episode": f"@{each.key}", "hours": f"{SESSION_HOURS}.0"} for each in there],
                    }  # fmt: skip
                    made = confirmed(f"corrections.{kind}", 0, on, fields, by="COR", confirmed_by="COR")
                    yield SampleRecord(
                        made.kind,
                        f"{kind}_{street}_{month}_{half}",
                        on,
                        made.role,
                        made.fields,
                        made.steps,
                        organisation=street,
                        area=own[0].area[:9],
                    )
    yield from _medical(scene, persons)
    yield from _helped(scene, dice, persons)


def _comes(person: Supervised, on: date, half: int) -> bool:
    if not (person.reported <= on and (person.left_on is None or on <= person.left_on)):
        return False
    managed = next(row["managed_as"] for row in reversed(person.classes) if row["since"] <= on)
    return managed == "严管" or (managed == "普管" and half == person.place % 2)


def _medical(scene: Scene, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    """Health is reported every month; who is out for treatment is examined anew every three."""
    for person in persons:
        if not person.medical_kind:
            continue
        for month in range(1, 13):
            on = date(scene.year, month, 20)
            if not person.there(on):
                continue
            kinds = ["病情报告"]
            if person.medical_kind == "保外就医" and (on.month - person.reported.month) % 3 == 2:
                kinds.append("病情复查")
            for kind in kinds:
                fields = {
                    "episode": f"@{person.key}", "contact": kind, "hospital": "示例医院", "examined_on": on - timedelta(days=1), "diagnosis": "示例：诊断。", "still_fits": True,
                }  # fmt: skip
                made = confirmed(
                    "corrections.medical_report",
                    0,
                    on,
                    fields,
                    by="COR",
                    confirmed_by="COR",
                    area=person.area,
                )
                yield SampleRecord(
                    made.kind,
                    f"medical_{person.place}_{month}_{kind}",
                    on,
                    made.role,
                    made.fields,
                    made.steps,
                    area=person.area,
                )


def _helped(scene: Scene, dice: Random, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    there = [each for each in persons if each.left_on is None and each.admitted < date(scene.year, 10, 1)]
    for place, person in enumerate(islice(dice.sample(there, 90), 90)):
        on = scene.day(dice, max(date(scene.year, 1, 5), person.admitted), date(scene.year, 12, 24))
        fields = {
            "episode": f"@{person.key}",
            "topic": HELPS[place % len(HELPS)],
            "counsellor": "示例辅导员",
            "hours": "1.5",
        }
        yield confirmed(
            "corrections.counselling", place, on, fields, by="COR", confirmed_by="COR", area=person.area
        )
    for place in range(36):
        on = scene.day(dice, date(scene.year, 1, 5), date(scene.year, 12, 24))
        fields = {
            "topic": ("小组工作", "走访", "教育帮扶")[place % 3],
            "volunteer": "示例志愿者",
            "hours": "2.0",
        }
        yield confirmed("corrections.volunteer_work", place, on, fields, by="COR", confirmed_by="COR")
