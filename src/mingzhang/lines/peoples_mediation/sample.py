"""A year of mediation (示例年度的人民调解): committees' own cases one by one, the streets' by monthly returns.

Industry committees, studios and lawyers keep single records; committees of communities report by month through their
street. Each case is told once, so both add up to the district's total.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

from mingzhang.casework.sampling import (
    SampleOrganisation,
    SampleRecord,
    SampleReturn,
    SampleStep,
    Scene,
    confirmed,
    later,
    until,
    whole_number_parts,
)

ALL_CASES = 9_890
"""Ended in the year, all with an agreement as the district reports them."""

ENTERPRISE, CAMPUS, CONFIRMED, CONFIRM_REFUSED = 165, 26, 83, 4
STUDIO_CASES, LAWYERS, LAWYER_CASES = 56, 53, 314
MEDIATORS, STUDIOS, SCREENINGS, GRAVE_RISKS, TRAININGS = 1_361, 6, 4, 2, 6
OTHER_RECORDED = 120
INDUSTRIES = ("教育", "劳动", "交通", "信访", "物业", "拘留所", "婚姻家庭", "知识产权", "商圈", "医疗")
PARKS = ("启明科技园", "云帆创业园", "青禾创意园", "长林软件园")
INTELLECTUAL_PROPERTY = ("知识产权调研", "知识产权培训", "知识产权座谈", "知识产权座谈")
DISPUTES = ("婚姻家庭", "邻里", "合同", "损害赔偿", "道路交通事故", "物业", "劳动争议", "消费")
SUBSIDY_YUAN = 200


def records(scene: Scene) -> Iterator[SampleRecord | SampleReturn]:
    """Committees, mediators, screenings, cases with their confirmations, and the streets' returns."""
    dice = scene.random("peoples_mediation")
    committees = list(_committees(scene))
    yield from committees
    mediators = list(_mediators(scene, dice, committees))
    yield from mediators
    studios = list(_studios(scene, dice, committees))
    yield from studios
    yield from _screening(scene, dice)
    told = yield from _cases(scene, dice, committees, mediators, studios)
    yield from _trainings(scene, dice)
    yield from _returns(scene, dice, ALL_CASES - told)


def _committees(scene: Scene) -> Iterator[SampleRecord]:
    start, district, bodies = date(scene.year, 1, 1), scene.areas[0].name, scene.of_kind("行政机关")
    streets = scene.of_kind("街道")
    hosts = [
        (f"{district}{name}纠纷人民调解委员会", "行业性专业性", name, bodies[place].name)
        for place, name in enumerate(INDUSTRIES)
    ]
    hosts += [
        (f"{name}人民调解委员会", "区域性（园区）", "", streets[place].name)
        for place, name in enumerate(PARKS)
    ]
    hosts += [(f"{street.name}人民调解委员会", "街道乡镇", "", street.name) for street in streets]
    for place, (name, kind, industry, host) in enumerate(hosts):
        fields = {
            "name": name,
            "committee_kind": kind,
            "industry": industry,
            "host": host,
            "set_up_on": date(scene.year - 3, 3, 1),
            "filed_on": date(scene.year - 3, 3, 20),
            "members": 5,
            "women": 2,
            "term_from": date(scene.year - 1, 12, 1),
            "term_to": date(scene.year + 2, 11, 30),
        }
        if kind == "区域性（园区）":
            fields["standardised_on"] = date(scene.year, 4 + place % 4, 20)
        yield SampleRecord(
            "peoples_mediation.committee",
            f"committee_{place}",
            start,
            "GRA",
            {k: v for k, v in fields.items() if v != ""},
        )


def _mediators(scene: Scene, dice: Random, committees: list[SampleRecord]) -> Iterator[SampleRecord]:
    for place in range(MEDIATORS):
        lawyer, who = place < LAWYERS, scene.person(dice)
        committee = committees[place % (len(INDUSTRIES) if lawyer else len(committees))]
        yield SampleRecord(
            "peoples_mediation.mediator",
            f"mediator_{place}",
            date(scene.year, 1, 1),
            "GRA",
            {
                "name": who.name,
                "person": who,
                "mediator_kind": "专职" if place % 9 == 0 else "兼职",
                "committees": [f"@{committee.key}"],
                "grade": dice.choice(("未评", "未评", "四级", "三级", "二级", "一级")),
                "is_lawyer": lawyer,
                "filed_on": date(scene.year - dice.randrange(1, 6), 5, 1),
            },
        )


def _studios(scene: Scene, dice: Random, committees: list[SampleRecord]) -> Iterator[SampleRecord]:
    for place in range(STUDIOS):
        leader = scene.person(dice)
        yield SampleRecord(
            "peoples_mediation.studio",
            f"studio_{place}",
            date(scene.year, 1, 1),
            "GRA",
            {
                "name": f"{leader.name}调解工作室",
                "leader": leader.name,
                "committee": f"@{committees[place].key}",
            },
        )


def _screening(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    spans = ((1, 18, 2, 28), (6, 1, 7, 15), (9, 10, 10, 10), (11, 15, 12, 20))
    for place, (month, day, last_month, last_day) in enumerate(spans[:SCREENINGS]):
        on = date(scene.year, month, day)
        yield _confirmed(
            "screening",
            place,
            on,
            {
                "name": f"第{place + 1}次风险隐患专项化解行动",
                "from": on,
                "to": date(scene.year, last_month, last_day),
                "communities": len(scene.communities),
            },
        )
    for place in range(GRAVE_RISKS + 24):
        found = scene.day(dice, date(scene.year, 1, 18), date(scene.year, 11, 30))
        grave = place < GRAVE_RISKS
        steps = [
            SampleStep("resolve", later(found, 20), "JO", {"resolution": "示例：会同有关部门化解稳控。"})
        ]
        if grave:
            steps.insert(0, SampleStep("report", later(found, 1), "JO", {"reported_to": "区委政法委"}))
        yield SampleRecord(
            "peoples_mediation.risk",
            f"risk_{place}",
            found,
            "JO",
            {
                "found_on": found,
                "dispute_type": dice.choice(DISPUTES),
                "level": "重大" if grave else dice.choice(("一般", "较大")),
                "people": dice.randrange(30, 200) if grave else dice.randrange(2, 20),
                "description": "示例：排查发现的情况。",
            },
            tuple(steps),
        )


def _cases(
    scene: Scene,
    dice: Random,
    committees: list[SampleRecord],
    mediators: list[SampleRecord],
    studios: list[SampleRecord],
) -> Generator[SampleRecord, None, int]:
    """The cases told one by one; returns how many of them ended in the year."""
    tags = ["涉企"] * ENTERPRISE + ["涉高校"] * CAMPUS + [""] * (STUDIO_CASES + OTHER_RECORDED)
    count = max(len(tags), LAWYER_CASES)
    confirmations = set(dice.sample(range(count), CONFIRMED + CONFIRM_REFUSED))
    refused = set(dice.sample(sorted(confirmations), CONFIRM_REFUSED))
    for place in range(count):
        tag = tags[place] if place < len(tags) else ""
        studio = (
            studios[place % len(studios)]
            if ENTERPRISE + CAMPUS <= place < ENTERPRISE + CAMPUS + STUDIO_CASES
            else None
        )
        lawyer = place < LAWYER_CASES
        committee = committees[place % len(INDUSTRIES)]
        last = date(scene.year, 10, 29) if place in confirmations else date(scene.year, 11, 26)
        opened = scene.day(dice, date(scene.year, 1, 4), last)
        fields: dict[str, Any] = {
            "committee": f"@{committee.key}",
            "start_way": "法院委派" if lawyer else dice.choice(("当事人申请", "主动调解", "信访移送")),
            "parties": [{"name": scene.person(dice).name, "consents": None} for _ in range(2)],
            "dispute_type": dice.choice(DISPUTES),
            "involve": [tag] if tag else [],
            "amount": dice.randrange(5, 3_000) * 100,
            "facts": "示例：纠纷的简要情况。",
            "lawyer_led": lawyer,
        }
        if studio is not None:
            fields["studio"] = f"@{studio.key}"
        steps, effective = _course(
            dice, fields, mediators[place % (LAWYERS if lawyer else MEDIATORS)], opened
        )
        yield SampleRecord(
            "peoples_mediation.mediation_case",
            f"mediation_{place}",
            opened,
            "MED",
            {name: value for name, value in fields.items() if value is not None},
            until(date(scene.year, 12, 31), steps),
            channel="移送" if lawyer else "口头",
            area=dice.choice(scene.communities).code,
        )
        if place in confirmations:
            yield _confirmation(scene, dice, place, effective, refused=place in refused)
    return count


def _course(
    dice: Random, fields: dict[str, Any], mediator: SampleRecord, opened: date
) -> tuple[list[SampleStep], date]:
    begun = later(opened, dice.randrange(1, 3))
    held = later(begun, dice.randrange(1, 9))
    agreed = later(held, dice.randrange(0, 5))
    due = later(agreed, dice.randrange(0, 25))
    parties = [{"name": party["name"], "consents": True, "consents_on": begun} for party in fields["parties"]]
    for party in fields["parties"]:
        del party["consents"]
    performed = {"performance": dice.choice(("即时履行", "已履行")), "performed_on": later(due, 3)}
    steps = [
        SampleStep(
            "consent_all",
            begun,
            "MED",
            {"parties": parties, "mediators": [f"@{mediator.key}"], "committee": fields["committee"]},
        ),
        SampleStep(
            "session",
            held,
            "MED",
            {"sessions": [{"on": held, "place": "调解室", "way": "现场", "note": "示例"}]},
        ),
        SampleStep(
            "agree_written",
            agreed,
            "MED",
            {
                "agreement_content": "示例：双方达成的协议。",
                "agreement_amount": fields["amount"],
                "performance_way": "一次履行",
                "performance_due_on": due,
                "signed_on": agreed,
                "sealed": True,
            },
        ),
        SampleStep("perform", later(due, 3), "MED", performed),
        SampleStep("pay", later(due, 12), "GRA", {"subsidy": SUBSIDY_YUAN}),
        SampleStep("archive", later(due, 20), "JO"),
    ]
    return steps, agreed


def _confirmation(scene: Scene, dice: Random, place: int, effective: date, *, refused: bool) -> SampleRecord:
    applied = later(effective, dice.randrange(1, 10))
    accepted = later(applied, 2)
    ruled = later(accepted, dice.randrange(2, 8))
    steps = [SampleStep("court_accepts", accepted, "PART", {"accepted_on_court": accepted})]
    ending = {"court_case_no": f"（{effective.year}）示司确{place + 1}号", "ruled_on": ruled}
    steps.append(SampleStep("dismissed" if refused else "ruled", ruled, "PART", ending))
    fields = {
        "case": f"@mediation_{place}",
        "court": scene.of_kind("法院")[0].name,
        "applied_on": applied,
        "effective_on": effective,
        "both_parties": True,
        "status_relation": False,
    }
    return SampleRecord(
        "peoples_mediation.confirmation", f"confirmation_{place}", applied, "MED", fields, until(date(effective.year, 12, 31), steps)
    )  # fmt: skip


def _trainings(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    forms = ["调解员培训"] * TRAININGS + list(INTELLECTUAL_PROPERTY)
    for place, form in enumerate(forms):
        on = scene.day(dice, date(scene.year, 2, 20), date(scene.year, 12, 10))
        yield _confirmed(
            "mediation_training", place, on, {"theme": f"{form}之{place + 1}", "form": form, "attendance": dice.randrange(30, 120), "hours": "3.0"}
        )  # fmt: skip
    for place in range(200):
        on = scene.day(dice, date(scene.year, 1, 4), date(scene.year, 12, 30))
        topic = dice.choice(("咨询", "申请调解"))
        yield _confirmed(
            "reception", place, on, {"topic": topic, "received_in_person": True, "answered": True}
        )


def _returns(scene: Scene, dice: Random, cases: int) -> Iterator[SampleReturn]:
    streets: list[SampleOrganisation] = scene.of_kind("街道")
    parts = whole_number_parts(cases, len(streets) * 12, dice, least=30)
    for place, ended in enumerate(parts):
        values: Mapping[str, int] = {"ended": ended, "succeeded": ended, "enterprise": 0, "campus": 0}
        yield SampleReturn(
            "peoples_mediation.street_month", streets[place // 12].name, scene.year, place % 12 + 1, values
        )


def _confirmed(kind: str, place: int, on: date, fields: Mapping[str, Any]) -> SampleRecord:
    return confirmed(f"peoples_mediation.{kind}", place, on, fields, by="JO", confirmed_by="GRA")
