"""A year of reconsideration and litigation (示例年度的复议应诉): cases decided and defended, heads in court."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from mingzhang.casework.sampling import SampleRecord, SampleStep, Scene, later

CONCLUDED = {"调解": 28, "纠错": 24, "维持": 38, "驳回请求": 9, "终止-撤回": 8, "不予受理": 5}
"""Of the first eleven months; 112 in all."""

STILL_OPEN, CONCLUDED_IN_DECEMBER, ABANDONED = 6, 4, 2
CORRECTIONS = ("撤销", "确认违法", "责令履行", "撤销", "变更")
RESPONDENT = (27, 3)
FIRST_INSTANCE = (181, 9)
"""To November, and in December."""

HEARD_IN_COURT, HEADS, CHIEFS = 275, 266, 75
TARGETS = (("负责人出庭应诉率", "85.00"), ("正职负责人出庭应诉率", "20.00"))
ACTS = ("行政处罚", "举报投诉处理", "政府信息公开", "行政征收", "行政确认", "行政强制", "行政不作为")
FIELDS = ("公安", "自然资源", "市场监管", "人社", "城管", "街道", "住建与房屋征收")


def records(scene: Scene) -> Iterator[SampleRecord]:
    """Cases of the government as reviewing body, as respondent, as defendant; the district's bodies in court."""
    dice = scene.random("reconsideration")
    place = 0
    for outcome, count in CONCLUDED.items():
        for _ in range(count):
            yield _case(scene, dice, place, outcome, (1, 4), (8, 27))
            place += 1
    for _ in range(CONCLUDED_IN_DECEMBER):
        yield _case(scene, dice, place, "维持", (10, 25), (10, 29), slow=True)
        place += 1
    for _ in range(STILL_OPEN):
        yield _case(scene, dice, place, "", (12, 1), (12, 17))
        place += 1
    for _ in range(ABANDONED):
        yield _abandoned(scene, dice, place)
        place += 1
    yield from _respondent(scene, dice)
    yield from _lawsuits(scene, dice)
    for number, (form, month) in enumerate(
        (("旁听庭审", 5), ("府院联席会议", 6), ("旁听庭审", 10), ("应诉培训", 9))
    ):
        on = date(scene.year, month, 18)
        steps = (SampleStep("submit", on, "REV"), SampleStep("confirm", on, "REV"))
        yield SampleRecord(
            "reconsideration.court_activity",
            f"court_{number}",
            on,
            "REV",
            {"form": form, "attendance": 40 + number},
            steps,
        )
    for number, (name, percent) in enumerate(TARGETS):
        fields = {"year": scene.year, "name": name, "percent": percent}
        yield SampleRecord(
            "reconsideration.city_target", f"target_{number}", date(scene.year, 1, 1), "REV", fields
        )


def _application(scene: Scene, dice: Random, place: int, on: date) -> dict[str, Any]:
    who, body = scene.person(dice), dice.choice(scene.of_kind("行政机关"))
    return {
        "applicants": [{"name": who.name, "id_no": who.id_no, "phone": who.phone}],
        "respondent": body.name,
        "under_government": True,
        "act_kind": dice.choice(ACTS),
        "field_area": dice.choice(FIELDS),
        "acts": 1,
        "act_number": f"示罚〔{scene.year}〕{place + 1}号",
        "act_on": later(on, -dice.randrange(20, 45)),
        "stop_execution": "否",
    }


def _case(
    scene: Scene,
    dice: Random,
    place: int,
    outcome: str,
    first: tuple[int, int],
    last: tuple[int, int],
    *,
    slow: bool = False,
) -> SampleRecord:
    opened = scene.day(dice, date(scene.year, *first), date(scene.year, *last))
    fields = _application(scene, dice, place, opened)
    decided = later(opened, dice.randrange(2, 5))
    steps: list[SampleStep] = []
    if outcome == "不予受理":
        steps.append(SampleStep("refuse", decided, "REV", {"refusal_reason": "示例：不属于行政复议范围。"}))
    else:
        steps += _examined(dice, fields, opened, decided, outcome, slow=slow)
    return SampleRecord(
        "reconsideration.review_case", f"review_{place}", opened, "REV", fields, tuple(steps), channel="窗口"
    )


def _examined(
    dice: Random, fields: dict[str, Any], opened: date, accepted: date, outcome: str, *, slow: bool
) -> Iterator[SampleStep]:
    copied = later(accepted, 3)
    replied = later(copied, dice.randrange(5, 9))
    ended = later(accepted, 48 if slow else dice.randrange(25, 54))
    yield SampleStep(
        "accept",
        accepted,
        "REV",
        {
            "knew_on": fields["act_on"],
            "told_rights": True,
            "late_reason": "没有逾期",
            "conditions_met": True,
            "procedure": "普通程序",
        },
    )
    yield SampleStep("send_copy", copied, "REV", {"copy_received_on": copied})
    if not outcome:
        return
    yield SampleStep("reply_in", replied, "UNIT", {"reply_on": replied})
    if outcome == "调解":
        yield SampleStep("mediate", ended, "REV")
    elif outcome == "终止-撤回":
        yield SampleStep("withdraw", ended, "REV")
    else:
        decision = dice.choice(CORRECTIONS) if outcome == "纠错" else outcome
        yield SampleStep("decide", ended, "REV", {"decision": decision, "orders_respondent": False})
        served = later(ended, 3)
        yield SampleStep("serve", served, "REV", {"served_on": served})


def _abandoned(scene: Scene, dice: Random, place: int) -> SampleRecord:
    opened = scene.day(dice, date(scene.year, 2, 1), date(scene.year, 9, 30))
    asked = later(opened, 3)
    steps = (SampleStep("ask_supplement", asked, "REV"), SampleStep("lapse", later(asked, 30), "REV"))
    fields = _application(scene, dice, place, opened)
    return SampleRecord(
        "reconsideration.review_case", f"review_{place}", opened, "REV", fields, steps, channel="邮寄"
    )


def _spread(scene: Scene, dice: Random, counts: tuple[int, int]) -> Iterator[date]:
    for _ in range(counts[0]):
        yield scene.day(dice, date(scene.year, 1, 4), date(scene.year, 11, 30))
    for _ in range(counts[1]):
        yield scene.day(dice, date(scene.year, 12, 1), date(scene.year, 12, 10))


def _respondent(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    for place, served in enumerate(_spread(scene, dice, RESPONDENT)):
        fields = {
            "authority": "示例市人民政府",
            "authority_case_no": f"示市复〔{scene.year}〕{place + 1}号",
            "cause": dice.choice(ACTS),
            "applicant_count": dice.randrange(1, 4),
            "served_on": served,
        }
        step = SampleStep("answer", later(served, 6), "REV", {"answered_on": later(served, 6)})
        yield SampleRecord(
            "reconsideration.respondent_case",
            f"respondent_{place}",
            served,
            "REV",
            fields,
            (step,),
            channel="移送",
        )


def _lawsuits(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    """The government's first-instance cases, and as many of the district's bodies as were heard by the end of November."""
    own = list(_spread(scene, dice, FIRST_INSTANCE))
    last_heard = date(scene.year, 10, 20)
    others = HEARD_IN_COURT - sum(served <= last_heard for served in own)
    served_days = [*own, *(scene.day(dice, date(scene.year, 1, 4), last_heard) for _ in range(others))]
    heard = HEARD_IN_COURT
    for place, served in enumerate(served_days):
        government = place < len(own)
        fields = {
            "court": "示例市中级人民法院" if government else scene.of_kind("法院")[0].name,
            "court_case_no": f"（{scene.year}）示行初{place + 1}号",
            "instance": "一审",
            "defendant": f"{scene.areas[0].name}人民政府"
            if government
            else dice.choice(scene.of_kind("行政机关")).name,
            "government_defends": government,
            "cause": dice.choice(ACTS),
            "plaintiffs": dice.randrange(1, 6),
            "served_on": served,
        }
        steps = [SampleStep("answer", later(served, 10), "REV", {"answered_on": later(served, 10)})]
        if served <= last_heard:
            heard -= 1
            steps.append(_session(scene, dice, served, attended=heard < HEADS, chief=heard < CHIEFS))
        yield SampleRecord(
            "reconsideration.lawsuit", f"lawsuit_{place}", served, "REV", fields, tuple(steps), channel="移送"
        )


def _session(scene: Scene, dice: Random, served: date, *, attended: bool, chief: bool) -> SampleStep:
    held = min(later(served, dice.randrange(14, 55)), date(scene.year, 11, 30))
    session: dict[str, Any] = {
        "held_on": held,
        "head_attended": attended,
        "staff_attended": True,
        "observers": dice.randrange(5, 40),
    }
    session |= {"head_post": "正职" if chief else "副职"} if attended else {"absent_reason": "不能代替的公务"}
    return SampleStep("session", held, "REV", {"sessions": [session], "last_session_on": held})
