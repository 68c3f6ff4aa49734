"""What happens within a term (示例期间的事项): leaves, exit control, moves, searches; and assessments before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from mingzhang.casework.sampling import SampleRecord, SampleStep, Scene, later
from mingzhang.lines.corrections.sample.persons import Supervised
from mingzhang.lines.corrections.sample.sanctions import Planned

LEAVES, LONG_LEAVES, PERMITS, ASSESSMENTS = 150, 18, 9, 96
PLACES = ("示例省城医院", "示例县老家", "示例市法院", "示例市工地", "示例市学校")
REASONS = ("就医", "处理家庭重要事务", "参与诉讼", "处理工作重要事务", "就学")


def leaves(scene: Scene, dice: Random, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    """Most for some days, which the street's office approves; some longer ones, which the county does; nobody twice."""
    last = date(scene.year, 11, 12)
    steady = [
        each
        for each in persons
        if each.admitted < date(scene.year, 9, 1)
        and (each.left_on is None or each.left_on > date(scene.year, 12, 20))
    ]
    for place, person in enumerate(dice.sample(steady, LEAVES)):
        asked = scene.day(dice, max(date(scene.year, 1, 5), later(person.admitted, 3)), last)
        leaves_on = asked + timedelta(days=dice.randrange(4, 9))
        returns_by = leaves_on + timedelta(
            days=dice.randrange(10, 20) if place < LONG_LEAVES else dice.randrange(1, 7)
        )
        fields = {
            "episode": f"@{person.key}", "person": person.who, "reason": REASONS[place % len(REASONS)], "place": PLACES[place % len(PLACES)],
            "leaves_on": leaves_on, "returns_by": returns_by, "proof_checked": True,
        }  # fmt: skip
        back = later(returns_by, 0)
        steps = [SampleStep("approve_county", later(asked, 1), "COR")]
        if place >= LONG_LEAVES:
            steps = [
                SampleStep("approve_office", later(asked, 1), "COR"),
                SampleStep("file", later(asked, 2), "COR", {"filed_on": later(asked, 2)}),
            ]
        steps.append(SampleStep("return_home", back, "COR", {"returned_on": back}))
        yield SampleRecord(
            "corrections.leave",
            f"leave_{place}",
            asked,
            "COR",
            fields,
            tuple(steps),
            area=person.area,
            organisation=person.street,
        )
    for place, person in enumerate(dice.sample(steady, PERMITS)):
        asked = scene.day(dice, max(date(scene.year, 1, 5), later(person.admitted, 3)), last)
        fields = {
            "episode": f"@{person.key}", "person": person.who, "reason": "工作", "places": "示例市与邻市之间", "frequency": "每周两次", "proof_checked": True,
            "permitted_from": later(asked, 3), "permitted_to": later(asked, 3) + timedelta(days=170),
        }  # fmt: skip
        yield SampleRecord(
            "corrections.travel_permit", f"permit_{place}", asked, "COR", fields, (SampleStep("approve", later(asked, 3), "COR"),),
            area=person.area, organisation=person.street,
        )  # fmt: skip


def exits(scene: Scene, persons: Sequence[Supervised]) -> Iterator[SampleRecord]:
    """Everybody is filed with the border police until the end of the term; lifted at the end."""
    for person in persons:
        on = later(person.admitted, 1)
        fields = {
            "episode": f"@{person.key}",
            "person": person.who,
            "agency": "示例出入境管理机构",
            "valid_until": person.term_to + timedelta(days=1),
        }
        steps = (
            [
                SampleStep(
                    "keep_papers",
                    on,
                    "COR",
                    {
                        "papers": [
                            {"paper": "护照", "paper_no": f"E{person.place:08d}", "kept_by": person.street}
                        ]
                    },
                )
            ]
            if person.place % 5 == 0
            else []
        )
        if person.left_on:
            lifted = later(person.left_on, 1)
            steps.append(SampleStep("lift", lifted, "COR", {"lifted_on": lifted}))
        yield SampleRecord(
            "corrections.exit_control",
            f"exit_{person.place}",
            on,
            "COR",
            fields,
            tuple(steps),
            area=person.area,
            organisation=person.street,
        )


def searches(scene: Scene, planned: Sequence[Planned]) -> Iterator[SampleRecord]:
    """Who was out of reach for days was searched for, and found."""
    for each in planned:
        if each.conduct != "脱离监管" or each.until is None or each.measure == "训诫":
            continue
        person = each.person
        first, told = later(each.on, 1), later(each.on, 2)
        fields = {"episode": f"@{person.key}", "person": person.who, "loss": "脱管", "lost_on": each.on}
        steps = (
            SampleStep(
                "search",
                first,
                "COR",
                {"efforts": [{"on": first, "how": "通信联络", "found": "示例：电话关机。"}]},
            ),
            SampleStep("tell_police", told, "COR", {"police_told_on": told, "procuratorate_told_on": told}),
            SampleStep(
                "find",
                later(each.until, 0),
                "COR",
                {"found_on": later(each.until, 0), "consequence": each.measure},
            ),
        )
        yield SampleRecord(
            "corrections.lost_search",
            f"search_{each.key}",
            first,
            "COR",
            fields,
            steps,
            area=person.area,
            organisation=person.street,
        )


def assessments(scene: Scene, dice: Random) -> Iterator[SampleRecord]:
    """What courts and prisons ask before they decide; nearly all answered in time."""
    for place in range(ASSESSMENTS):
        who, area = scene.person(dice), dice.choice(scene.communities)
        on, fast = scene.day(dice, date(scene.year, 1, 5), date(scene.year, 12, 3)), place % 4 == 1
        late = place % 48 == 11
        days = (1, 2, 3) if fast else (2, 5, 8)
        visited, reviewed, sent = (later(on, each + (7 if late else 0)) for each in days)
        fields = {
            "asker": "人民法院" if place % 9 else "监狱管理机关、监狱", "asker_name": "示例人民法院" if place % 9 else "示例监狱",
            "request_no": f"示评〔{scene.year}〕{place + 1}号", "fast_track": fast, "subject": who.name, "subject_id_no": who.id_no, "address": "示例路9号",
        }  # fmt: skip
        fit = "不适宜社区矫正" if place % 13 == 4 else "适宜社区矫正"
        steps = (
            SampleStep(
                "visit",
                visited,
                "COR",
                {
                    "visits": [
                        {"on": visited, "investigators": 2, "whom": "家庭成员", "said": "示例：走访情况。"}
                    ]
                },
            ),
            SampleStep(
                "review",
                reviewed,
                "COR",
                {
                    "reviewed_on": reviewed,
                    "opinion": fit,
                    "findings": [{"item": "居所情况", "finding": "示例：有固定居所。"}],
                },
            ),
            SampleStep("submit", sent, "COR", {"sent_on": sent, "copied_on": sent}),
        )
        yield SampleRecord(
            "corrections.assessment",
            f"assessment_{place}",
            on,
            "COR",
            fields,
            steps,
            area=area.code,
            channel="信函",
        )
