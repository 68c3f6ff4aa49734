"""What people add during the year (填报): values with evidence, explanations of deviations, promises kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.performance.indicator import target_of
from mingzhang.records.acting import acting
from mingzhang.records.models import (
    Commitment,
    Explanation,
    GoalIndicator,
    Goals,
    Monitoring,
    ReportedValue,
    User,
)
from mingzhang.records.performance.goals import form_of
from mingzhang.records.performance.monitoring import Watched, keep_monitoring
from mingzhang.records.permission import must
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record

BOOK = "performance"


def report_value(
    user: User,
    indicator: GoalIndicator,
    on: date,
    text: str,
    evidence: str,
    *,
    share: str = "",
    target_was_low: bool = False,
) -> ReportedValue:
    """Report what was reached on a day: a number, or for a qualitative indicator the name of a level. Raises RefusedError."""
    goals = indicator.goals
    must(user, Action.REPORT_VALUE, goals.entity)
    where = f"{goals}，“{indicator.name}”"
    target = target_of(indicator.target)
    problems = [*_day_problems(on, goals.year, where)]
    if not evidence.strip():
        problems.append(Problem("evidence_missing", "没有写佐证", where, "写明数据出自哪本台账、哪份材料。"))
    value = level_share = None
    level = ""
    if target.operator.is_measured:
        value, wrong = _number(text, where)
        problems += wrong
        if value is not None and value < 0 and (target.value or 0) >= 0:
            problems.append(Problem("value_negative", f"完成值{value}是负数", where, "核对数值。"))
        if value is not None and target.unit in ("%", "％") and value > 100 and (target.value or 0) <= 100:
            problems.append(Problem("over_hundred", f"完成值{value}%超过100%", where, "核对数值和单位。"))
    else:
        known = {each.name: each for each in form_of(goals).rules.levels}
        level = text.strip()
        if level not in known:
            problems.append(
                Problem("unknown_level", f"“{level}”不是评价等级", where, f"从{'、'.join(known)}中选择。")
            )
        elif share.strip():
            percent, wrong = _number(share, where)
            problems += wrong
            level_share = percent / 100 if percent is not None else None
            if level_share is not None and not known[level].low <= level_share <= known[level].high:
                bounds = f"{float(known[level].low):.0%}至{float(known[level].high):.0%}"
                problems.append(
                    Problem(
                        "share_outside",
                        f"得分比例{percent}%不在“{level}”的范围内",
                        where,
                        f"填{bounds}之间的数。",
                    )
                )
    if problems:
        raise RefusedError(*problems)
    with transaction.atomic(), acting(user.name):
        row = ReportedValue.objects.create(
            indicator=indicator,
            on=on,
            value=value,
            level=level,
            share=level_share,
            evidence=evidence.strip()[:300],
            target_was_low=target_was_low,
            reported_by=user,
        )
        record(BOOK, "填报完成值", str(row), entity=goals.entity, of=row, after=content(row))
    return row


def explain(user: User, goals: Goals, about: str, reason: str, measure: str, due: date | None) -> Explanation:
    """Say why something is behind and what is done about it by when."""
    must(user, Action.REPORT_VALUE, goals.entity)
    where = f"{goals}，“{about}”"
    problems = []
    if not reason.strip():
        problems.append(Problem("reason_missing", "没有写原因", where, "写明原因，再保存。"))
    if measure.strip() and due is None:
        problems.append(Problem("due_missing", "写了措施，没有写期限", where, "写明完成期限。"))
    if problems:
        raise RefusedError(*problems)
    with transaction.atomic(), acting(user.name):
        row = Explanation.objects.create(
            goals=goals, about=about[:80], on=timezone.localdate(), reason=reason.strip()[:500],
            measure=measure.strip()[:500], due=due, by=user,
        )  # fmt: skip
        record(BOOK, "说明偏差", str(row), entity=goals.entity, of=row, after=content(row))
    return row


def monitor(user: User, seen: Watched) -> Monitoring:
    """Keep the monitoring of a day; every deviation is explained first, and a day is kept once. Raises RefusedError."""
    goals = seen.goals
    must(user, Action.REPORT_VALUE, goals.entity)
    where, problems = f"{goals}，截至{seen.on}", []
    if seen.on > timezone.localdate():
        problems.append(Problem("date_in_future", f"{seen.on}还没有到", where, "选择今天或以前的日期。"))
    if seen.on.year != goals.year:
        problems.append(
            Problem("outside_the_year", f"{seen.on}不在{goals.year}年度", where, "选择本年度的日期。")
        )
    if goals.monitorings.filter(on=seen.on).exists():
        problems.append(
            Problem("monitored_already", "这一天已经监控过", where, "监控记录不能修改；换一个日期。")
        )
    problems += [
        Problem(
            "deviation_unexplained", "偏差没有说明", f"{where}，“{name}”", "写明原因、措施和期限，再保存。"
        )
        for name in seen.unexplained()
    ]
    if problems:
        raise RefusedError(*problems)
    with transaction.atomic(), acting(user.name):
        return keep_monitoring(seen, user)


def finish(user: User, promised: Explanation | Commitment, version: int, outcome: str) -> None:
    """Say what came of a measure; it is then done."""
    must(user, Action.REPORT_VALUE, promised.goals.entity)
    if not outcome.strip():
        raise RefusedError(
            Problem("outcome_missing", "没有写落实情况", str(promised), "写明做了什么、结果如何。")
        )
    with transaction.atomic(), acting(user.name):
        row = type(promised).objects.select_for_update().get(pk=promised.pk)
        if row.version != version:
            raise ChangedMeanwhileError(f"“{row}”", "他人已填写落实情况")
        before = content(row)
        row.outcome, row.done_on, row.version = outcome.strip()[:300], timezone.localdate(), row.version + 1
        row.save()
        record(BOOK, "落实措施", str(row), entity=row.goals.entity, of=row, before=before, after=content(row))


def _number(text: str, where: str) -> tuple[Decimal | None, list[Problem]]:
    plain = text.strip().replace(",", "").removesuffix("%").removesuffix("％")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        return None, [
            Problem("not_a_number", f"“{text.strip()[:20]}”不是数字", where, "只填数字，单位在目标里已有。")
        ]
    return round(value, 4), []


def _day_problems(on: date, year: int, where: str) -> list[Problem]:
    if on.year < year:
        return [Problem("before_the_year", f"{on}早于{year}年度", where, "填写本年度或年后核定的完成值。")]
    if on > timezone.localdate():
        return [Problem("date_in_future", f"日期{on}还没有到", where, "改正日期。")]
    return []
