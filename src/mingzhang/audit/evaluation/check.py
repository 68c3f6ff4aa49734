"""Recompute a self-evaluation form: its rate, its scores, its sums, the reasons that it owes.

Every comparison is of intervals. A score may lie beside the exact one by the tolerance that people allow themselves
(five hundredths); beyond it no rounding explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from mingzhang.audit.evaluation.sheet import Indicator, Sheet, Value, sheets
from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Spot, Words
from mingzhang.documents import Table
from mingzhang.facts import Verdict
from mingzhang.numbers import Interval, print_value
from mingzhang.numbers.units import SCORE

_TOLERANCE = Fraction(5, 100)
_BASIS = "项目支出绩效自评表及填表说明（财预〔2020〕10号）"
_NO_REASON = ("", "无", "—", "-", "/", "无偏差", "不适用")


def check(words: Words) -> Iterator[Remark]:
    """What is wrong with each form of the report."""
    for sheet in sheets([block for block in words.document.blocks if isinstance(block, Table)]):
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
            yield _remark(
                words,
                "form_rate",
                f"{_name(sheet)}：执行率印作{rate.cell.text.strip()}，而{_shown(executed)}÷{_shown(budget)}＝{_percents(exact)}",
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
        yield _remark(
            words,
            "form_score_above_weight",
            f"{_name(sheet)}，“{row.name}”：得分{_shown(row.points)}超过分值{_shown(row.weight)}",
            (row.points, row.weight),
            row.points,
            f"不超过{_shown(row.weight)}",
            "得分不能超过分值，改正得分",
        )
        return
    missed = _missed(row)
    if missed is not None and missed < 1 and points.exact >= weight.exact:
        yield _remark(
            words,
            "form_full_marks_for_missed",
            f"{_name(sheet)}，“{row.name}”：目标{_text(row.target)}，实际{_text(row.actual)}，没有达到，却得满分{_shown(row.points)}",
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
            yield _remark(
                words,
                "form_total",
                f"{_name(sheet)}：总分印作{_shown(sheet.total)}，各项得分合计{print_value(_middle(total), SCORE, decimals=2)}",
                (sheet.total, *parts),
                sheet.total,
                print_value(_middle(total), SCORE, decimals=2),
                "核对总分和各项得分",
            )
    weights = [row.weight for row in sheet.indicators if row.weight]
    if sheet.execution_weight and weights and len(weights) == len(sheet.indicators):
        whole = _sum(weights, weights) + Interval.of(sheet.execution_weight)
        if not whole.meets(Interval.of(100)):
            yield _remark(
                words,
                "form_weights",
                f"{_name(sheet)}：分值合计{print_value(_middle(whole), SCORE, decimals=2)}，应为100",
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
        missed = _missed(row)
        if missed is None or missed >= 1 or (row.reason is None and sheet.reasons is None):
            continue
        if (row.reason or "") in _NO_REASON and row.actual:
            yield _remark(
                words,
                "form_reason_missing",
                f"{_name(sheet)}，“{row.name}”：目标{_text(row.target)}，实际{_text(row.actual)}，没有写未完成的原因",
                (row.actual, row.target),
                row.actual,
                "",
                "写明偏差原因和改进措施",
                severity="warning",
                verdict=Verdict.WORDING,
            )


def _missed(row: Indicator) -> Fraction | None:
    """Actual of target where the target's direction is stated; 1 or more where it is reached, None where unknown."""
    if row.target is None or row.actual is None or not row.operator:
        return None
    wanted, value = row.target.printed, row.actual.printed
    if wanted.exact <= 0 or value.exact < 0:
        return None
    if row.operator in ("≥", ">"):
        return value.interval.high / wanted.exact
    if row.operator in ("≤", "<"):
        return wanted.exact / value.interval.low if value.interval.low > 0 else Fraction(1)
    return None


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
    yield _remark(
        words,
        rule,
        f"{_name(sheet)}：{what}印作{_shown(points)}，按{formula}应为{shown}",
        (points, *(each for each in proof if each)),
        points,
        shown,
        "按执行率重新计算得分和总分",
        severity="error" if error else "notice",
        verdict=Verdict.CONTRADICTION if error else Verdict.TAIL,
    )


def _remark(
    words: Words, rule: str, message: str, proof: tuple[Value | None, ...], first: Value, computed: str, remedy: str,
    *, severity: str = "error", verdict: Verdict = Verdict.CONTRADICTION,
) -> Remark:  # fmt: skip
    cells = [value.cell.located for value in proof if value is not None and value.cell.located]
    spots = [Spot(text, 0, len(text)) for text in cells if len(text)]
    found = words.remark(rule, severity, message, spots, remedy, basis=_BASIS)
    return replace(
        found,
        verdict=verdict,
        published=first.cell.text.strip(),
        computed=computed,
        arithmetic=message.partition("：")[2],
    )


def _name(sheet: Sheet) -> str:
    return f"《{sheet.title}》" if sheet.title else "自评表"


def _shown(value: Value) -> str:
    return value.printed.text


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
