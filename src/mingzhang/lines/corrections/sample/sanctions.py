"""Violations, admonitions, warnings, proposals of the sample year (示例奖惩), each with its ground, hearing and, where asked, the committee's review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from mingzhang.casework.sampling import SampleRecord, SampleStep, Scene, confirmed, later
from mingzhang.lines.corrections.sample.persons import Supervised

ADMONITIONS, WARNED, WARNED_TWICE, PRAISED = 47, 39, 2, 12
MEMBERS = ("示例委员一", "示例委员二", "示例委员三", "示例委员四", "示例委员五", "示例委员六")
"""Six: who handles a case presents it, five vote."""

ADMONISHED_FOR = (
    ("脱离监管", "第34条第1项", 6, "情节轻微", False),
    ("违反外出规定", "第34条第2项", 0, "情节轻微", False),
    ("违反报告规定", "第34条第2项", 0, "情节轻微", False),
    ("不参加教育学习", "第34条第3项", 0, "情节轻微", True),
)
WARNED_FOR = (
    ("脱离监管", "第35条第2项", 13, "较重", False),
    ("违反外出规定", "第35条第3项", 0, "较重", False),
    ("违反报告规定", "第35条第3项", 0, "较重", False),
    ("违反禁止令", "第35条第1项", 0, "情节轻微", False),
)
PROPOSED_FOR = {
    "缓刑": ("提请撤销缓刑", "脱离监管", "第46条第2项", 36),
    "假释": ("提请撤销假释", "脱离监管", "第47条第1项", 36),
    "暂予监外执行": ("提请收监执行", "暂予监外执行情形消失", "第49条第6项", 0),
}
KEPT, PENDING = "不采纳", ""


@dataclass(slots=True)
class Planned:
    """A sanction with its days: violation found, proposed, heard, reviewed (None: not asked), decided, and of a proposal its result."""

    key: str
    person: Supervised
    measure: str
    conduct: str
    article: str
    severity: str
    educated: bool
    on: date
    until: date | None
    decided: date
    reviewed: date | None
    result: str = PENDING
    earlier: Planned | None = None

    @property
    def proposed(self) -> date:
        """When it was proposed: after the facts were verified."""
        return later((self.reviewed or self.decided), -5)


def sanctions_of(scene: Scene, dice: Random, persons: list[Supervised]) -> list[Planned]:
    """Who is admonished, warned, proposed for revocation, praised; in the order of their days."""
    year = scene.year
    pool = [
        each
        for each in persons
        if each.admitted < date(year, 9, 1) and (each.left_on is None or each.left_on > date(year, 11, 20))
    ]
    released_to_care = [each for each in pool if each.medical_kind]
    pool = [each for each in pool if not each.medical_kind]
    chosen = dice.sample(pool, ADMONITIONS + WARNED + PRAISED)
    found = [
        _lesser(dice, year, place, each, "训诫", ADMONISHED_FOR)
        for place, each in enumerate(chosen[:ADMONITIONS])
    ]
    warned = chosen[ADMONITIONS : ADMONITIONS + WARNED]
    warnings = [_lesser(dice, year, place, each, "警告", WARNED_FOR) for place, each in enumerate(warned)]
    found += warnings
    found += [_second(year, place, each) for place, each in enumerate(warnings[:WARNED_TWICE])]
    left = [each for each in pool if each not in chosen and each.left_on is None]
    paroled = [each for each in left if each.category == "假释"]
    probationers = [each for each in left if each.category == "缓刑"]
    proposed = [*dice.sample(probationers, 8), paroled[0], *released_to_care[:2]]
    found += [
        _proposal(dice, year, each, KEPT if place < 4 else PENDING) for place, each in enumerate(proposed)
    ]
    for place, each in enumerate(chosen[ADMONITIONS + WARNED :]):
        on = (
            scene.day(dice, max(date(year, 7, 1), later(each.admitted, 185)), date(year, 12, 17))
            if later(each.admitted, 185) < date(year, 12, 10)
            else date(year, 12, 20)
        )
        found.append(Planned(f"praise_{place}", each, "表扬", "", "", "", False, on, None, on, None))
    return sorted(found, key=lambda each: (each.decided, each.key))


def _lesser(
    dice: Random, year: int, place: int, person: Supervised, measure: str, reasons: tuple[Any, ...]
) -> Planned:
    conduct, article, days, severity, educated = reasons[place % len(reasons)]
    first = max(date(year, 1, 11), later(person.admitted, 20))
    on = later(first, dice.randrange(max(1, (date(year, 11, 1) - first).days)))
    until = on + timedelta(days=days) if days else None
    found = later(until or on, 1)
    reviewed = _review_day(later(found, 4)) if measure == "警告" else None
    decided = later(reviewed, 2) if reviewed else later(found, 6)
    return Planned(
        f"{'admonition' if measure == '训诫' else 'warning'}_{place}",
        person,
        measure,
        conduct,
        article,
        severity,
        educated,
        on,
        until,
        decided,
        reviewed,
    )


def _second(year: int, place: int, first: Planned) -> Planned:
    """A second warning of the same person, weeks after the first."""
    on = min(later(first.decided, 21), date(year, 12, 1))
    reviewed = _review_day(later(on, 5))
    return Planned(
        f"warning_again_{place}",
        first.person,
        "警告",
        "违反报告规定",
        "第35条第3项",
        "较重",
        False,
        on,
        None,
        later(reviewed, 2),
        reviewed,
        earlier=first,
    )


def _proposal(dice: Random, year: int, person: Supervised, result: str) -> Planned:
    measure, conduct, article, days = PROPOSED_FOR[person.category]
    first = max(date(year, 1, 11), later(person.admitted, 30))
    last = date(year, 11, 4) if result == PENDING else date(year, 9, 1)
    earliest = date(year, 10, 18) if result == PENDING else first
    on = later(earliest, dice.randrange(max(1, (last - earliest).days)))
    until = on + timedelta(days=days) if days else None
    reviewed = _review_day(later(until or on, 6))
    return Planned(
        f"proposal_of_{person.place}", person, measure, conduct, article, "严重", False, on, until, later(reviewed, 2), reviewed, result
    )  # fmt: skip


def _review_day(day: date) -> date:
    """The committee meets on Thursdays."""
    return day + timedelta(days=(3 - day.weekday()) % 7)


def reviews(scene: Scene, dice: Random, planned: list[Planned]) -> Iterator[SampleRecord]:
    """One meeting a day of review, with all that was on its table."""
    days: dict[date, list[Planned]] = {}
    for each in planned:
        if each.reviewed:
            days.setdefault(each.reviewed, []).append(each)
    for day, items in sorted(days.items()):
        fields = {
            "place": f"{scene.areas[0].name}社区矫正中心会议室",
            "members": [{"name": name, "post": "刑事执行委员会委员"} for name in MEMBERS],
            "items": [
                {
                    "number": number,
                    "subject": "行政奖惩" if each.measure == "警告" else "司法奖惩",
                    "handler": MEMBERS[number % len(MEMBERS)],
                    "in_favour": 5 if dice.random() < 0.8 else 4,
                    "against": 0,
                    "conclusion": "同意",
                    "record": "示例：听取承办人汇报，审阅材料，逐人发表意见。",
                }
                for number, each in enumerate(items, 1)
            ],
        }
        made = confirmed("corrections.collective_review", 0, day, fields, by="COR", confirmed_by="COR")
        yield SampleRecord(made.kind, _review_key(day), day, made.role, made.fields, made.steps)


def _review_key(day: date) -> str:
    return f"review_{day.isoformat()}"


def sanctions(planned: list[Planned]) -> Iterator[SampleRecord]:
    """The violation of each sanction, and the sanction."""
    for each in planned:
        if each.conduct:
            yield _violation(each)
        yield _sanction(each)


def _violation(each: Planned) -> SampleRecord:
    person, found = each.person, later(each.until or each.on, 1)
    fields = {
        "episode": f"@{person.key}", "person": person.who, "conduct": each.conduct, "on": each.on, "facts": "示例：违规的时间、地点和经过。",
    }  # fmt: skip
    verified = {
        "severity": each.severity,
        "educated": each.educated,
        "evidence_list": "询问笔录、走访记录、信息化核查记录",
    }
    if each.until:
        verified["until"] = each.until
    handled = each.measure if each.measure in ("训诫", "警告") else "提请撤销、收监"
    return SampleRecord(
        "corrections.violation", f"violation_of_{each.key}", found, "COR", fields,
        (
            SampleStep("verify", each.proposed, "COR", verified),
            SampleStep("handle", each.decided, "COR", {"handled_by": handled}),
        ),
        area=person.area, organisation=person.street,
    )  # fmt: skip


def _sanction(each: Planned) -> SampleRecord:
    person = each.person
    fields: dict[str, Any] = {
        "episode": f"@{person.key}", "person": person.who, "name": person.who.name, "category": person.category, "measure_taken": each.measure,
        "medical_release": person.medical_kind == "保外就医",
    }  # fmt: skip
    if each.measure == "表扬":
        fields["merits"] = "示例：接受矫正六个月以上，服从监管，积极参加学习和公益。"
        steps = [
            SampleStep("praise", each.decided, "COR"),
            SampleStep("serve", later(each.decided, 1), "COR", {"served_on": later(each.decided, 1)}),
        ]
        return _made(each, fields, steps)
    fields |= {"articles": [each.article], "violations": [f"@violation_of_{each.key}"]}
    heard = later(each.proposed, 1)
    steps = [SampleStep("hear", heard, "COR", {"heard_on": heard, "statement": "示例：本人陈述和申辩。"})]
    if each.reviewed:
        steps.append(
            SampleStep(
                "review",
                each.reviewed,
                "COR",
                {
                    "review": f"@{_review_key(each.reviewed)}",
                    "reviewed_on": each.reviewed,
                    "conclusion": "同意",
                },
            )
        )
    if each.measure in ("训诫", "警告"):
        served = later(each.decided, 1)
        steps.append(SampleStep("admonish" if each.measure == "训诫" else "warn", each.decided, "COR"))
        steps.append(SampleStep("serve", served, "COR", {"served_on": served}))
        return _made(each, fields, steps)
    steps.append(
        SampleStep("submit", each.decided, "COR", {"submitted_to": "示例人民法院", "copied_on": each.decided})
    )
    if each.result:
        heard_of = later(each.decided, 20)
        steps.append(
            SampleStep(
                "hear_result",
                heard_of,
                "COR",
                {
                    "result_no": f"（{heard_of.year}）示刑更{each.person.place}号",
                    "result": each.result,
                    "result_on": heard_of,
                },
            )
        )
    return _made(each, fields, steps)


def _made(each: Planned, fields: dict[str, Any], steps: list[SampleStep]) -> SampleRecord:
    return SampleRecord(
        "corrections.sanction", each.key, each.proposed if each.measure != "表扬" else each.decided, "COR", fields, tuple(steps),
        area=each.person.area, organisation=each.person.street,
    )  # fmt: skip
