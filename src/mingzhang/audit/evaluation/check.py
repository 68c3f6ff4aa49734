"""Recompute a self-evaluation form: its rate, its scores, its sums, the reasons that it owes.

Every comparison is of intervals. A score may lie beside the exact one by the tolerance that people allow themselves
(five hundredths); beyond it no rounding explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingzhang.audit.evaluation import amounts
from mingzhang.audit.evaluation.sheet import Indicator, Sheet, Value, sheets
from mingzhang.audit.evaluation.telling import name_of, remark, shown_of
from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words
from mingzhang.documents import Table
from mingzhang.facts import Verdict
from mingzhang.numbers import Interval, print_value
from mingzhang.numbers.units import SCORE

_TOLERANCE = Fraction(5, 100)
_NO_REASON = ("", "无", "—", "-", "/", "无偏差", "不适用")


def check(words: Words) -> Iterator[Remark]:
    """What is wrong with each form of the report, and where forms and report contradict each other."""
    found = tuple(sheets([block for block in words.document.blocks if isinstance(block, Table)]))
    yield from amounts.check(words, found)
    for sheet in found:
        yield from _money(words, sheet)
        for row in sheet.indicators:
            yield from _row(words, sheet, row)
        yield from _sums(words, sheet)
        yield from _owed_reasons(words, sheet)


def _money(words: Words, sheet: Sheet) -> Iterator[Remark]:
    """执行率 = 执行数 ÷ 预算数, and the points for it."""
    budget, executed, rate = sheet.budget, sheet.executed, sheet.rate
    exact: Interval | None = None
    if budget and executed and budget.printed.interval.low > 0:
        exact = executed.printed.interval.ratio(budget.printed.interval)
        if rate and exact is not None and not _percent(rate).meets(exact):
            yield remark(
                words,
                "form_rate",
                f"{name_of(sheet)}：执行率印作{rate.cell.text.strip()}，而{shown_of(executed)}÷{shown_of(budget)}＝{_percents(exact)}",
                (rate, executed, budget),
                rate,
                _percents(exact),
                "按执行数÷预算数重新计算执行率",
            )
    share = exact or (_percent(rate) if rate else None)
    points, weight = sheet.execution_points, sheet.execution_weight
    if share is not None and points and weight:
        due = Interval(min(share.low, Fraction(1)), min(share.high, Fraction(1))).scaled(weight)
        yield from _beside(words, sheet, "form_execution_score", "预算执行得分", points, due, f"{weight}分×执行率", (executed, budget, rate))  # fmt: skip


def _row(words: Words, sheet: Sheet, row: Indicator) -> Iterator[Remark]:
    """A score above its weight; full marks for what was missed; a share that is not the target's."""
    if row.points is None or row.weight is None:
        return
    points, weight = row.points.printed, row.weight.printed
    if points.exact > weight.exact:
        yield remark(
            words,
            "form_score_above_weight",
            f"{name_of(sheet)}，“{row.name}”：得分{shown_of(row.points)}超过分值{shown_of(row.weight)}",
            (row.points, row.weight),
            row.points,
            f"不超过{shown_of(row.weight)}",
            "得分不能超过分值，改正得分",
        )
        return
    missed = row.reached
    if missed is not None and missed < 1 and points.exact >= weight.exact:
        yield remark(
            words,
            "form_full_marks_for_missed",
            f"{name_of(sheet)}，“{row.name}”：目标{_text(row.target)}，实际{_text(row.actual)}，没有达到，却得满分{shown_of(row.points)}",
            (row.points, row.actual, row.target),
            row.points,
            print_value(weight.exact * missed, SCORE, decimals=2),
            "按完成比例计分，或改正实际完成值",
            severity="warning",
        )


def _sums(words: Words, sheet: Sheet) -> Iterator[Remark]:
    """得分合计 = 总分; 分值合计 = 100."""
    scored = [row.points for row in sheet.indicators if row.points]
    if sheet.total and scored and sheet.execution_points:
        parts = [sheet.execution_points, *scored]
        total = _sum(parts, [*parts, sheet.total])
        if not total.meets(_to_decimals(sheet.total, _decimals([*parts, sheet.total]))):
            yield remark(
                words,
                "form_total",
                f"{name_of(sheet)}：总分印作{shown_of(sheet.total)}，各项得分合计{print_value(_middle(total), SCORE, decimals=2)}",
                (sheet.total, *parts),
                sheet.total,
                print_value(_middle(total), SCORE, decimals=2),
                "核对总分和各项得分",
            )
    weights = [row.weight for row in sheet.indicators if row.weight]
    if sheet.execution_weight and weights and len(weights) == len(sheet.indicators):
        whole = _sum(weights, weights) + Interval.of(sheet.execution_weight)
        if not whole.meets(Interval.of(100)):
            yield remark(
                words,
                "form_weights",
                f"{name_of(sheet)}：分值合计{print_value(_middle(whole), SCORE, decimals=2)}，应为100",
                tuple(weights),
                weights[0],
                "100",
                "调整各指标分值，使合计为100",
            )


def _owed_reasons(words: Words, sheet: Sheet) -> Iterator[Remark]:
    """Targets missed with no word on why, neither in the row nor below the form."""
    if sheet.reasons is not None and sheet.reasons not in _NO_REASON:
        return
    for row in sheet.indicators:
        missed = row.reached
        if missed is None or missed >= 1 or (row.reason is None and sheet.reasons is None):
            continue
        if (row.reason or "") in _NO_REASON and row.actual:
            yield remark(
                words,
                "form_reason_missing",
                f"{name_of(sheet)}，“{row.name}”：目标{_text(row.target)}，实际{_text(row.actual)}，没有写未完成的原因",
                (row.actual, row.target),
                row.actual,
                "",
                "写明偏差原因和改进措施",
                severity="warning",
                verdict=Verdict.WORDING,
            )


def _beside(
    words: Words,
    sheet: Sheet,
    rule: str,
    what: str,
    points: Value,
    due: Interval,
    formula: str,
    proof: tuple[Value | None, ...],
) -> Iterator[Remark]:
    own = points.printed.interval
    if own.meets(due):
        return
    apart = max(due.low - own.high, own.low - due.high)
    error = apart > _TOLERANCE
    shown = print_value(_middle(due), SCORE, decimals=2)
    yield remark(
        words,
        rule,
        f"{name_of(sheet)}：{what}印作{shown_of(points)}，按{formula}应为{shown}",
        (points, *(each for each in proof if each)),
        points,
        shown,
        "按执行率重新计算得分和总分",
        severity="error" if error else "notice",
        verdict=Verdict.CONTRADICTION if error else Verdict.TAIL,
    )


def _text(value: Value | None) -> str:
    return value.cell.text.strip() if value else ""


def _percent(value: Value) -> Interval:
    """A printed rate as a ratio; one without a percent sign is a ratio already where it is at most two."""
    if "%" in value.cell.text or "％" in value.cell.text or value.printed.value > 2:
        return value.printed.interval.scaled(Fraction(1, 100))
    return value.printed.interval


def _percents(ratio: Interval) -> str:
    return f"{print_value(_middle(ratio) * 100, SCORE, decimals=2)}%"


def _decimals(values: Sequence[Value]) -> int:
    """The most decimals that a form prints: 40 beside 9.47 is 40.00 with its zeros dropped."""
    return max(value.printed.decimals for value in values)


def _to_decimals(value: Value, decimals: int) -> Interval:
    """The exact values that print so with that many decimals."""
    half = Fraction(1, 2 * 10**decimals)
    return Interval(value.printed.exact - half, value.printed.exact + half)


def _sum(values: Sequence[Value], habit: Sequence[Value]) -> Interval:
    decimals = _decimals(habit)
    return sum((_to_decimals(value, decimals) for value in values), Interval.of(0))


def _middle(interval: Interval) -> Fraction:
    return (interval.low + interval.high) / 2
