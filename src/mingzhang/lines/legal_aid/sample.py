"""A year of legal aid (示例年度的法律援助): cases from application to archive, invented, the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

from mingzhang.casework.sampling import SamplePerson, SampleRecord, SampleStep, Scene, confirmed, later, until

COMMITMENTS, OTHER_MEANS, REFUSED, LAPSED = 180, 46, 9, 3
NOTIFIED_TO_NOVEMBER, NOTIFIED_IN_DECEMBER = 167, 14
SERVED_AT_HOME_IN_CASES, SERVED_AT_HOME_IN_CONSULTATIONS = 41, 52
REVIEWED, PENNANTS, CONSULTATIONS, SHIFTS = 110, 23, 420, 96
LIBRARY = (
    ("法律援助", "司法部", 4),
    ("法律援助", "省厅", 2),
    ("普法", "司法部", 1),
)
CAMPAIGNS = (
    ("残疾人维权服务周", "残疾人", 5, 14),
    ("退役军人法律服务月", "退役军人", 7, 26),
    ("乡村法律服务行", "农民工", 10, 12),
)
ITEMS = (
    ("确认劳动关系或劳动报酬", "劳动仲裁", "仲裁", "劳动", 32_000),
    ("工伤交通食品药品医疗人身损害", "民事", "一审", "民事", 68_000),
    ("赡养费抚养费扶养费", "民事", "一审", "婚姻家庭", 19_000),
    ("虐待遗弃家暴", "民事", "一审", "婚姻家庭", 8_000),
    ("社会保险待遇或社会救助", "行政", "一审", "行政", 12_000),
)
GROUPS = ("农民工", "老年人", "残疾人", "妇女", "未成年人", "退役军人", "低保、特困", "重大疾病患者")
SUBSIDIES = {"民事行政案件": 1_500, "刑事审判阶段": 1_200}
"""Yuan a case."""


def records(scene: Scene) -> Iterator[SampleRecord]:
    """Lawyers, applications, notified defences, reviews, and what is done beside."""
    dice = scene.random("legal_aid")
    lawyers = [_lawyer(scene, dice, place) for place in range(60)]
    yield from lawyers
    archived: list[SampleRecord] = []
    at_home = set(dice.sample(range(COMMITMENTS + OTHER_MEANS), SERVED_AT_HOME_IN_CASES))
    for place in range(COMMITMENTS + OTHER_MEANS):
        means = "诚信承诺" if place < COMMITMENTS else dice.choice(("信息共享核查", "证明", "免予核查"))
        found = _granted(scene, dice, lawyers, place, means, at_home=place in at_home)
        archived += [found] if found.steps[-1].action == "archive" else []
        yield found
    for place in range(REFUSED):
        yield _refused(scene, dice, place)
    for place in range(LAPSED):
        yield _lapsed(scene, dice, place)
    for place in range(NOTIFIED_TO_NOVEMBER + NOTIFIED_IN_DECEMBER):
        months = (1, 11) if place < NOTIFIED_TO_NOVEMBER else (12, 12)
        found = _notified(scene, dice, lawyers, place, *months)
        archived += [found] if found.steps[-1].action == "archive" else []
        yield found
    for place, case in enumerate(dice.sample(archived, REVIEWED)):
        yield _review(scene, dice, lawyers, place, case)
    yield from _beside(scene, dice, lawyers, archived)


def _lawyer(scene: Scene, dice: Random, place: int) -> SampleRecord:
    firms = scene.of_kind("律所")
    firm = firms[place % len(firms)]
    who = scene.person(dice)
    return SampleRecord(
        "legal_aid.aid_lawyer",
        f"aid_lawyer_{place}",
        date(scene.year, 1, 1),
        "AID",
        {
            "name": who.name,
            "lawyer": who,
            "firm": firm.name,
            "licence_number": f"示例律{place + 1:05d}",
            "licensed_on": date(scene.year - 4 - place % 20, 6, 1),
            "skills": dice.sample(("民事", "劳动", "刑事", "行政", "婚姻家庭", "未成年人"), 3),
            "standing": "执业",
            "on_duty_list": place % 3 == 0,
        },
    )


def _assignment(lawyers: list[SampleRecord], place: int, on: date) -> Mapping[str, Any]:
    lawyer = lawyers[place % len(lawyers)]
    return {
        "assignments": [
            {
                "lawyer": f"@{lawyer.key}",
                "firm": lawyer.fields["firm"],
                "assigned_on": on,
                "years_of_practice": (on - lawyer.fields["licensed_on"]).days // 365,
                "lawyer_standing": "执业",
            }
        ]
    }


def _application(scene: Scene, dice: Random, on: date, way: str) -> dict[str, Any]:
    item, case_type, stage, _, _ = dice.choice(ITEMS)
    who: SamplePerson = scene.person(dice)
    return {
        "entry": "申请",
        "applicants": [{"name": who.name, "id_no": who.id_no, "phone": who.phone, "address": "示例路1号"}],
        "opponents": [{"name": "示例公司"}] if case_type == "劳动仲裁" else [],
        "case_type": case_type,
        "matter_item": item,
        "stage": stage,
        "facts_on": later(on, -dice.randrange(30, 300)),
        "facts": "示例：申请人陈述的事实和理由。",
        "place_ok": "事由发生地",
        "service_way": [way],
        "served_on": on,
        "urgent_first": "否",
        "groups": [dice.choice(GROUPS)],
        "green": dice.random() < 0.4,
    }


def _course(
    dice: Random,
    lawyers: list[SampleRecord],
    place: int,
    decided: date,
    subsidy: str,
    result: str,
    recovered: int,
) -> Iterator[SampleStep]:
    """From the assignment to the archive."""
    assigned = later(decided, dice.randrange(1, 4))
    begun = later(assigned, dice.randrange(1, 5))
    finished = later(begun, dice.randrange(25, 80))
    submitted = later(finished, dice.randrange(5, 25))
    paid = later(submitted, dice.randrange(5, 25))
    followed = later(paid, dice.randrange(1, 10))
    yield SampleStep("assign", assigned, "AID", _assignment(lawyers, place, assigned))
    yield SampleStep("begin", begun, "LWY", {"progress": [{"on": begun, "step": "会见", "note": "首次会见"}]})
    yield SampleStep(
        "finish", finished, "LWY", {"result": result, "result_on": finished, "recovered": recovered}
    )
    yield SampleStep("submit_file", submitted, "LWY", {"file_submitted_on": submitted, "file_complete": True})
    yield SampleStep("accept_pay", paid, "AID", {"subsidy_standard": subsidy, "subsidy": SUBSIDIES[subsidy]})
    reached = dice.random() < 0.92
    answer = {"on": followed, "reached": reached, "satisfaction": dice.choice((4, 5, 5, 5))}
    yield SampleStep(
        "follow_up",
        followed,
        "AID",
        {"follow_ups": [answer if reached else {"on": followed, "reached": False}]},
    )
    yield SampleStep("archive", later(followed, 2), "AID")


def _granted(
    scene: Scene, dice: Random, lawyers: list[SampleRecord], place: int, means: str, *, at_home: bool
) -> SampleRecord:
    last = date(scene.year, 12, 31)
    opened = scene.day(dice, date(scene.year, 1, 4), date(scene.year, 12, 17))
    fields = _application(scene, dice, opened, dice.choice(("上门", "延时")) if at_home else "窗口")
    decided = later(opened, dice.randrange(1, 5))
    payload: dict[str, Any] = {"means": means}
    if means == "诚信承诺":
        payload |= {"commitment_signed_on": opened, "commitment_file": "承诺书.pdf"}
    elif means == "免予核查":
        payload["exempt_ground"] = "社会救助、司法救助、优抚对象"
    average = next(amount for item, _, _, _, amount in ITEMS if item == fields["matter_item"])
    recovered = int(average * dice.uniform(0.3, 1.8)) // 100 * 100
    steps = [
        SampleStep("grant", decided, "AID", payload),
        *_course(
            dice,
            lawyers,
            place,
            decided,
            "民事行政案件",
            dice.choice(("胜诉", "调解", "部分胜诉")),
            recovered,
        ),
    ]
    area = dice.choice(scene.communities).code
    return SampleRecord(
        "legal_aid.aid_case", f"aid_{place}", opened, "AID", fields, until(last, steps), area=area, channel="窗口", opening="apply"
    )  # fmt: skip


def _refused(scene: Scene, dice: Random, place: int) -> SampleRecord:
    opened = scene.day(dice, date(scene.year, 1, 4), date(scene.year, 12, 10))
    step = SampleStep("refuse", later(opened, 4), "AID", {"decision_reason": "申请事项不属于法律援助范围。"})
    return SampleRecord(
        "legal_aid.aid_case", f"aid_refused_{place}", opened, "AID", _application(scene, dice, opened, "窗口"), (step,), channel="窗口", opening="apply"
    )  # fmt: skip


def _lapsed(scene: Scene, dice: Random, place: int) -> SampleRecord:
    opened = scene.day(dice, date(scene.year, 1, 4), date(scene.year, 10, 29))
    asked = later(opened, 2)
    steps = (SampleStep("ask_supplement", asked, "AID"), SampleStep("lapse", later(asked, 25), "AID"))
    return SampleRecord(
        "legal_aid.aid_case", f"aid_lapsed_{place}", opened, "AID", _application(scene, dice, opened, "网上"), steps, channel="网上", opening="apply"
    )  # fmt: skip


def _notified(
    scene: Scene, dice: Random, lawyers: list[SampleRecord], place: int, first: int, last: int
) -> SampleRecord:
    end = date(scene.year, last, 22)
    opened = scene.day(dice, date(scene.year, first, 4), end)
    who = scene.person(dice)
    fields = {
        "entry": "通知辩护",
        "applicants": [{"name": who.name, "id_no": who.id_no}],
        "case_type": "刑事辩护",
        "matter_item": "通知辩护、代理",
        "stage": "一审",
        "facts": "示例：人民法院通知辩护。",
        "place_ok": "办案机关所在地",
        "service_way": ["预约"],
        "served_on": opened,
        "urgent_first": "否",
        "notice_organ": "法院",
        "notice_case_no": f"（{scene.year}）示刑初{place + 1}号",
        "notice_ground": dice.choice(("其他普通程序", "其他普通程序", "未成年人")),
        "has_own_lawyer": False,
    }
    steps = _course(
        dice, lawyers, place * 7, opened, "刑事审判阶段", dice.choice(("从轻", "采纳辩护意见", "缓刑")), 0
    )
    return SampleRecord(
        "legal_aid.aid_case", f"aid_notified_{place}", opened, "AID", fields, until(date(scene.year, 12, 31), steps), channel="移送", opening="notice_in"
    )  # fmt: skip


def _review(
    scene: Scene, dice: Random, lawyers: list[SampleRecord], place: int, case: SampleRecord
) -> SampleRecord:
    assigned = next(step for step in case.steps if step.action == "assign")
    assert assigned.payload is not None
    handler = assigned.payload["assignments"][0]
    others = [each for each in lawyers if each.fields["firm"] != handler["firm"]]
    one = dice.choice(others)
    two = dice.choice([each for each in others if each.fields["firm"] != one.fields["firm"]])
    scores = [dice.randrange(780, 990) for _ in range(2)]
    total = sum(scores) // 2
    grade = "优秀" if total >= 900 else "良好"
    opened = max(later(case.steps[-1].on, 1), date(scene.year, 6, 1))
    opened = min(opened, date(scene.year, 12, 28))
    return SampleRecord(
        "legal_aid.peer_review",
        f"review_{place}",
        opened,
        "AID",
        {
            "round": f"{scene.year}年第{1 if opened.month < 10 else 2}批",
            "reviewed_case": f"@{case.key}",
            "review_type": "刑事" if case.fields["entry"] == "通知辩护" else "民事行政",
            "handler": handler["lawyer"],
            "handler_firm": handler["firm"],
            "reviewers": [
                {"lawyer": f"@{each.key}", "firm": each.fields["firm"], "score": f"{score / 10:.1f}"}
                for each, score in zip((one, two), scores, strict=True)
            ],
        },
        (
            SampleStep(
                "conclude",
                min(later(opened, 2), date(scene.year, 12, 31)),
                "AID",
                {
                    "total": f"{total / 10:.1f}",
                    "grade": grade,
                    "reviewed_on": min(later(opened, 2), date(scene.year, 12, 31)),
                },
            ),
        ),
    )


def _beside(
    scene: Scene, dice: Random, lawyers: list[SampleRecord], archived: list[SampleRecord]
) -> Iterator[SampleRecord]:
    """Consultations, shifts, pennants, the case library, campaigns; all confirmed by a second person."""
    first, last = date(scene.year, 1, 4), date(scene.year, 12, 28)
    for place in range(CONSULTATIONS):
        on = scene.day(dice, first, last)
        way = (
            dice.choice(("上门", "延时"))
            if place < SERVED_AT_HOME_IN_CONSULTATIONS
            else dice.choice(("窗口", "电话", "网上"))
        )
        kind = dice.choice(("劳动", "婚姻家庭", "损害赔偿", "合同", "房产"))
        yield _confirmed(
            "consultation", place, on, {"service_way": [way], "served_on": on, "question_type": kind, "minutes": dice.randrange(10, 60), "answered": True}
        )  # fmt: skip
    duty = [lawyer for lawyer in lawyers if lawyer.fields["on_duty_list"]]
    for place in range(SHIFTS):
        on, lawyer = scene.day(dice, first, last), duty[place % len(duty)]
        where = ("法院", "看守所", "检察院", "公共法律服务中心")[place % 4]
        yield _confirmed(
            "duty_shift", place, on, {"place": where, "lawyer": f"@{lawyer.key}", "helped": dice.randrange(1, 9), "plea_witnessed": dice.randrange(3)}
        )  # fmt: skip
    for place, case in enumerate(dice.sample(archived, PENNANTS)):
        on = min(later(case.steps[-1].on, 3), last)
        yield _confirmed("pennant", place, on, {"form": "锦旗", "thanked_case": f"@{case.key}"})
    place = 0
    for business, level, count in LIBRARY:
        for _ in range(count):
            on = scene.day(dice, date(scene.year, 3, 1), last)
            place += 1
            name = f"示例{business}案例之{place}"
            yield _confirmed(
                "case_library_item",
                place,
                on,
                {"name": name, "level": level, "business": business, "accepted_on": on},
            )
    for place, (name, audience, month, day) in enumerate(CAMPAIGNS):
        on = date(scene.year, month, day)
        yield _confirmed(
            "campaign",
            place,
            on,
            {"name": name, "audience": [audience], "attendance": dice.randrange(60, 300)},
        )


def _confirmed(kind: str, place: int, on: date, fields: Mapping[str, Any]) -> SampleRecord:
    return confirmed(f"legal_aid.{kind}", place, on, fields, by="AID", confirmed_by="AID")
