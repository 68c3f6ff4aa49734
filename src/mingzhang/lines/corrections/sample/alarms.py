"""Alarms of the sample year (示例告警): most are drift, dead batteries and slips; a few are real, and each of those names its violation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from mingzhang.casework.sampling import SampleRecord, SampleStep, Scene
from mingzhang.lines.corrections.sample.devices import CENTRE
from mingzhang.lines.corrections.sample.persons import Supervised
from mingzhang.lines.corrections.sample.sanctions import Planned

FALSE = 160
SIGNALS = (
    ("离线", "设备故障", "关机充电，联系后恢复"),
    ("离线", "无法联系", "夜间未接电话，次日到所说明"),
    ("低电", "误操作", "未及时充电"),
    ("待核", "定位漂移", "基站定位偏差，卫星定位在市区"),
    ("待核", "定位漂移", "室内定位偏差"),
    ("越界", "已批准外出", "外出审批已通过，系统登记滞后"),
    ("进入禁区", "误操作", "乘车经过，未停留"),
    ("轨迹异常", "设备故障", "设备时钟错误"),
    ("拆除破坏", "误操作", "腕带松动，已重新佩戴"),
)
REAL = {"违反外出规定": "越界", "违反禁止令": "进入禁区", "违反报告规定": "未签到"}


def alarms(
    scene: Scene, dice: Random, persons: Sequence[Supervised], planned: Sequence[Planned]
) -> Iterator[SampleRecord]:
    """Those that were judged true stand for the violations that they led to."""
    for each in planned:
        if each.conduct in REAL:
            fields = _raised(dice, each.person, REAL[each.conduct], each.on)
            yield _judged(
                dice,
                f"alarm_of_{each.key}",
                each.person,
                fields,
                "真实违规",
                "本人承认，轨迹和询问一致",
                f"@violation_of_{each.key}",
            )
    there = [each for each in persons if each.left_on is None and each.admitted < date(scene.year, 10, 1)]
    for place in range(FALSE):
        person = there[dice.randrange(len(there))]
        first = max(date(scene.year, 1, 5), person.admitted)
        on = first + timedelta(days=dice.randrange((date(scene.year, 12, 20) - first).days))
        signal, verdict, reason = SIGNALS[place % len(SIGNALS)]
        yield _judged(dice, f"alarm_{place}", person, _raised(dice, person, signal, on), verdict, reason)


def _raised(dice: Random, person: Supervised, signal: str, on: date) -> dict[str, object]:
    at = datetime.combine(on, time(dice.randrange(7, 21), dice.randrange(60)))
    return {
        "episode": f"@{person.key}", "signal": signal, "raised_at": f"{at:%Y-%m-%dT%H:%M}",
        "longitude": f"{CENTRE[0] + dice.uniform(-0.25, 0.25):.6f}", "latitude": f"{CENTRE[1] + dice.uniform(-0.2, 0.2):.6f}",
    }  # fmt: skip


def _judged(
    dice: Random,
    key: str,
    person: Supervised,
    fields: dict[str, object],
    verdict: str,
    reason: str,
    violation: str = "",
) -> SampleRecord:
    raised = datetime.fromisoformat(str(fields["raised_at"]))
    minutes = dice.randrange(3, 28) if dice.random() < 0.93 else dice.randrange(35, 55)
    on = raised.date()
    taken = {
        "acked_at": f"{raised + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}",
        "acked_in_time": minutes <= 30,
    }
    handled = {"handling": "登记违规" if violation else "记录在案"} | (
        {"violation": violation} if violation else {}
    )
    steps = (
        SampleStep("acknowledge", on, "COR", taken),
        SampleStep("verify", on, "COR", {"verdict": verdict, "verdict_reason": reason}),
        SampleStep("handle", on, "COR", handled),
        SampleStep("close", on, "COR"),
    )
    return SampleRecord(
        "corrections.alarm", key, on, "COR", fields, steps, area=person.area, organisation=person.street
    )
