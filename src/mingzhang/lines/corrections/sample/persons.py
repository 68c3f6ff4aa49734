"""Who is under supervision in the sample year (示例矫正对象): terms, classes, teams; how each term ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from mingzhang.casework.sampling import SamplePerson, SampleRecord, SampleStep, Scene, later, until

ON_REGISTER = 418
RELEASED, DIED = 98, 2
"""Ended within the year, beside those on the register at its end."""
MINORS, WAITING = 3, 4
CRIMES = (
    "危险驾驶罪",
    "盗窃罪",
    "故意伤害罪",
    "交通肇事罪",
    "诈骗罪",
    "开设赌场罪",
    "寻衅滋事罪",
    "非法吸收公众存款罪",
    "帮助信息网络犯罪活动罪",
)
MEDICAL = ("保外就医", "保外就医", "保外就医", "怀孕哺乳", "生活不能自理")
FIRST = date(2020, 7, 6)
"""The first entries: the law is in force from 2020-07-01."""


@dataclass(slots=True)
class Supervised:
    """One person with the days of the term; `left_on` within the year, or None."""

    place: int
    who: SamplePerson
    born: date
    sex: str
    category: str
    medical_kind: str
    effective: date
    reported: date
    admitted: date
    term_to: date
    area: str
    street: str
    minor: bool = False
    left_on: date | None = None
    leaves_as: str = ""
    classes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What other records of the sample call the episode."""
        return f"episode_{self.place}"

    @property
    def categories(self) -> tuple[str, ...]:
        """The words of the category, as duties ask for them."""
        return (self.category, self.medical_kind) if self.medical_kind else (self.category,)

    def there(self, day: date) -> bool:
        """Whether the person is on the register on a day, entry announced."""
        return self.admitted <= day and (self.left_on is None or day <= self.left_on)


def persons_of(scene: Scene, dice: Random) -> list[Supervised]:
    """Everybody of the year: on the register at its end, ended within it, and some who have not reported yet."""
    streets = {each.area: each.name for each in scene.of_kind("司法所")}
    communities = [each for each in scene.communities if each.parent in streets]
    ends = ["期满解除"] * RELEASED + ["死亡"] * DIED
    found = []
    for place in range(ON_REGISTER + len(ends)):
        end = ends[place - ON_REGISTER] if place >= ON_REGISTER else ""
        area = dice.choice(communities)
        found.append(_person(scene, dice, place, end, area.code, streets[area.parent]))
    return found


def _person(scene: Scene, dice: Random, place: int, end: str, area: str, street: str) -> Supervised:
    minor = place in range(40, 40 + MINORS)
    who = _young(scene, dice) if minor else scene.person(dice)
    born = date.fromisoformat(f"{who.id_no[6:10]}-{who.id_no[10:12]}-{who.id_no[12:14]}")
    category = _category(place)
    effective = _effective(scene, dice, end)
    reported = later(effective, dice.randrange(2, 9))
    admitted = later(reported, dice.randrange(1, 8))
    term_to = _term_to(scene, dice, effective, end)
    person = Supervised(
        place, who, born, "男" if int(who.id_no[16]) % 2 else "女", category,
        MEDICAL[place % len(MEDICAL)] if category == "暂予监外执行" else "",
        effective, reported, admitted, term_to, area, street, minor=minor, leaves_as=end,
    )  # fmt: skip
    if end == "期满解除":
        person.left_on = term_to
    elif end:
        person.left_on = scene.day(dice, later(admitted, 60), date(scene.year, 12, 20))
    person.classes = _classes(dice, person, scene.year)
    return person


def _young(scene: Scene, dice: Random) -> SamplePerson:
    while True:
        who = scene.person(dice)
        if int(who.id_no[6:10]) >= 2000:
            return who


def _category(place: int) -> str:
    if place % 19 == 7:
        return "假释"
    if place % 41 == 11:
        return "暂予监外执行"
    return "管制" if place % 67 == 13 else "缓刑"


def _effective(scene: Scene, dice: Random, end: str) -> date:
    if end:
        return scene.day(dice, FIRST, date(scene.year - 1, 12, 11))
    return scene.day(dice, FIRST, date(scene.year, 11, 26))


def _term_to(scene: Scene, dice: Random, effective: date, end: str) -> date:
    if end == "期满解除":
        return scene.day(dice, max(date(scene.year, 1, 11), later(effective, 200)), date(scene.year, 12, 24))
    return max(
        effective + timedelta(days=365 * dice.choice((1, 2, 2, 3, 4)) - 1),
        date(scene.year + 1, 1, 20) + timedelta(days=dice.randrange(300)),
    )


def _classes(dice: Random, person: Supervised, year: int) -> list[dict[str, Any]]:
    """An entrant's class for two to four months, then the ordinary one, then for some the lenient one; as far as the year goes."""
    last = person.left_on or date(year, 12, 31)
    starts = [person.reported, person.reported + timedelta(days=dice.randrange(62, 120))]
    if dice.random() < 0.35:
        starts.append(starts[1] + timedelta(days=dice.randrange(150, 230)))
    names = ("严管", "普管", "宽管")
    known = [
        (name, later(since, 0) if place else since)
        for place, (name, since) in enumerate(zip(names, starts, strict=False))
    ]
    known = [each for place, each in enumerate(known) if not place or each[1] < last - timedelta(days=45)]
    found: list[dict[str, Any]] = []
    for name, since in known:
        if found:
            found[-1]["until"] = since - timedelta(days=1)
        found.append(
            {"managed_as": name, "since": since, "reason": "新入矫" if not found else "考核评估后调整"}
        )
    return found


def episode_of(scene: Scene, dice: Random, person: Supervised) -> SampleRecord:
    """The person's record with its course."""
    who = person.who
    crime_on = (
        date(person.born.year + 17, 6, 1)
        if person.minor
        else person.effective - timedelta(days=dice.randrange(120, 400))
    )
    fields: dict[str, Any] = {
        "person": who, "name": who.name, "sex": person.sex, "born": person.born, "id_no": who.id_no, "phone": who.phone,
        "address": "示例路18号", "category": person.category, "decision_org": f"{scene.areas[0].name}人民法院",
        "doc_no": f"（{person.effective.year}）示刑初{person.place + 1}号", "effective_on": person.effective,
        "crime": dice.choice(CRIMES), "crime_on": crime_on, "sentence": "示例：判决书所载刑期",
        "term_from": person.effective, "term_to": person.term_to, "docs_complete": person.place % 29 != 3,
    }  # fmt: skip
    if person.medical_kind:
        fields["medical_kind"] = person.medical_kind
    if person.minor:
        fields["guardians"] = [{"name": f"{who.name[0]}某", "phone": who.phone}]
    opened = later(person.effective, 1)
    steps = [
        SampleStep("send_receipt", later(opened, 2), "COR", {"receipt_sent_on": later(opened, 2)}),
        SampleStep(
            "report", person.reported, "COR", {"reported_on": person.reported, "identity_checked": True}
        ),
        SampleStep("admit", person.admitted, "COR", _admission(dice, person)),
        *_class_changes(person),
    ]
    steps += [SampleStep("file_exit_control", later(person.admitted, 1), "COR", {})]
    steps.sort(key=lambda step: step.on)
    steps = list(until(person.left_on or date(scene.year, 12, 31), steps))
    return SampleRecord(
        "corrections.episode", person.key, opened, "COR", fields, (*steps, *_end(person)), area=person.area,
        organisation=person.street, opening="notice_in_minor" if person.minor else "notice_in",
    )  # fmt: skip


def _admission(dice: Random, person: Supervised) -> dict[str, Any]:
    team = [
        {"name": "示例司法所工作人员", "sex": "男", "role": "司法所工作人员", "knows_minors": person.minor},
        {"name": "示例社区民警", "sex": "男", "role": "社区民警"},
        {"name": "示例社会工作者", "sex": "女", "role": "社会工作者"},
    ]
    return {
        "announced_on": person.admitted, "announced_publicly": not person.minor and dice.random() < 0.5, "team": team,
        "plan": [{"on": person.admitted, "text": "示例：按类别报到、学习、公益，定期谈话。"}],
        "classes": [{**person.classes[0], "until": None}],
        "risks": [{"on": person.admitted, "level": dice.choice(("低", "低", "低", "中", "中", "高")), "score": dice.randrange(20, 90), "instrument": "再犯风险评估量表"}],
    }  # fmt: skip


def _class_changes(person: Supervised) -> list[SampleStep]:
    found = []
    plan = [{"on": person.admitted, "text": "示例：按类别报到、学习、公益，定期谈话。"}]
    for number in range(1, len(person.classes)):
        since = person.classes[number]["since"]
        plan = [*plan, {"on": since, "text": "示例：按新类别安排。", "why": "管理类别调整"}]
        rows = [dict(row) for row in person.classes[: number + 1]]
        rows[-1].pop("until", None)
        found.append(SampleStep("change_class", since, "COR", {"classes": rows, "plan": list(plan)}))
    return found


def _end(person: Supervised) -> list[SampleStep]:
    on = person.left_on
    if on is None:
        return []
    if person.leaves_as == "期满解除":
        summary = later(on, -34)
        return [
            SampleStep(
                "appraise", summary, "COR", {"summary_on": summary, "appraisal": "示例：按规定接受社区矫正。"}
            ),
            SampleStep("release", on, "COR", {"handed_over_on": on, "handed_over_to": person.street}),
        ]
    return [SampleStep("end_by_document", on, "COR", {"end_document": "示例死亡证明", "end_reason": "死亡"})]
