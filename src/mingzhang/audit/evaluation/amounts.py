"""Forms against the report they stand in (自评表与决算报告): amounts against its tables and sentences, scores, grades, claims.

A form's money is that of the final accounts: the department's execution is its expenditure, no project spent more
than all projects together, and what a sentence says of a project is what its form says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingzhang.audit.evaluation.sheet import Sheet, Value
from mingzhang.audit.evaluation.telling import BASIS, name_of, remark, shown_of
from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words
from mingzhang.facts import ADJUSTED_BUDGET, Cell, Measure, Statement
from mingzhang.numbers import Interval, print_value
from mingzhang.numbers.units import TEN_THOUSAND_YUAN

_ACTUAL = Measure("actual")
_WHOLE = Cell("expenditure")
_PROJECTS = Cell.parse("expenditure[nature=project]")
_FUNDS = ("fiscal", "general_public_budget")
"""Money to which some places confine the form."""
_NATURES = {"basic": "基本支出", "project": "项目支出"}
_SCORED = re.compile(
    r"(?:得分|评分|总分|分值|自评分)(?:为|是|达)?(?P<score>\d{1,3}(?:\.\d+)?)分[,，、;]?(?:综合)?"
    r"(?:评价|评定|自评|绩效|结果)?(?:等[级次]|评级|级别|结论|档次|结果)?(?:评定)?(?:为|是|达到)?[“”'\"(]?"
    r"(?P<grade>不合格|合格|优|良|中|差)(?:秀|好)?(?:等|级|档)?(?=[“”'\",，。;)]|\Z)"
)
_BANDS = {
    "优": ((90, 100),),
    "良": ((80, 90), (75, 90)),
    "中": ((60, 80),),
    "差": ((0, 60),),
    "合格": ((60, 75),),
    "不合格": ((0, 60),),
}
"""Bounds of each grade, by the national bands and by Shanghai's."""
_ALL_REACHED = re.compile("没有未完成的(?:绩效)?(?:目标|指标)|(?:绩效)?目标均已完成")


def check(words: Words, forms: Sequence[Sheet]) -> Iterator[Remark]:
    """What forms and report say differently."""
    for sheet in forms:
        if sheet.project:
            yield from _of_a_project(words, sheet)
        else:
            yield from _of_the_whole(words, sheet)
    yield from _together(words, [sheet for sheet in forms if sheet.project])
    yield from _grades(words)
    yield from _claims(words, forms)


def _of_the_whole(words: Words, sheet: Sheet) -> Iterator[Remark]:
    for value, cell, what in (
        (sheet.executed, _WHOLE, "整体支出执行数"),
        (sheet.budget, _WHOLE.measured(ADJUSTED_BUDGET), "整体支出预算数"),
        *((value, Cell.parse(f"expenditure[nature={nature}]"), f"{_NATURES[nature]}总额") for nature, value in sheet.parts),
    ):  # fmt: skip
        found = _stated(words, cell)
        narrower = [each for fund in _FUNDS for each in _stated(words, cell.where(fund=fund))]
        yield from _differing(words, sheet, value, what, [*found, *narrower] if found else [])


def _of_a_project(words: Words, sheet: Sheet) -> Iterator[Remark]:
    name = sheet.project if sheet.project.endswith("项目") else f"{sheet.project}项目"
    own = [each for each in words.statements if each.source == "text" and each.coordinate.concept == name]
    for value, measure, what in (
        (sheet.executed, _ACTUAL, "执行数"),
        (sheet.budget, ADJUSTED_BUDGET, "预算数"),
    ):
        said = [each for each in own if each.coordinate.measure == measure and not each.coordinate.dimensions]
        yield from _differing(words, sheet, value, what, said)
    scores = [
        each
        for each in words.statements
        if each.source == "text" and re.fullmatch(rf"(?:\d{{3,4}}年度)?{re.escape(sheet.project)}项目.*自评得分", each.label)
    ]  # fmt: skip
    yield from _differing(words, sheet, sheet.total, "总分", scores)


def _together(words: Words, forms: Sequence[Sheet]) -> Iterator[Remark]:
    """Projects evaluated against all that was spent on projects: more than that cannot have been spent."""
    spent = _stated(words, _PROJECTS)
    executed = [sheet.executed for sheet in forms if sheet.executed]
    if not spent or not executed:
        return
    total = sum((value.printed.interval for value in executed), Interval.of(0))
    most = max(each.fact.interval.high for each in spent)
    if total.low > most:
        shown = f"{_wan(total)}万元"
        yield remark(
            words,
            "form_projects_beyond_accounts",
            f"各项目自评表的执行数合计{shown}，超过决算的项目支出{spent[0].shown}",
            tuple(executed),
            executed[0],
            spent[0].shown,
            "核对各项目的执行数；一级项目和所属项目不要重复计算",
            statements=spent[:1],
        )


def _differing(
    words: Words, sheet: Sheet, value: Value | None, what: str, said: Sequence[Statement]
) -> Iterator[Remark]:
    """A number of the form that no statement of the same thing agrees with."""
    if value is None or not said or any(value.printed.interval.meets(each.fact.interval) for each in said):
        return
    yield remark(
        words,
        "form_against_report",
        f"{name_of(sheet)}：{what}印作{shown_of(value)}，报告中“{said[0].label or what}”为{said[0].shown}",
        (value,),
        value,
        said[0].shown,
        "对照决算报表核对，改正不符的一个",
        statements=said[:1],
    )


def _grades(words: Words) -> Iterator[Remark]:
    """A grade whose bounds, by no known bands, hold the score beside it."""
    for line in words.paragraphs:
        for found in _SCORED.finditer(line.plain):
            score, bands = Fraction(found["score"]), _BANDS[found["grade"]]
            if not any(low <= score < high or score == high == 100 for low, high in bands):
                bounds = "或".join(f"{low}—{high}分" for low, high in bands)
                yield words.remark(
                    "grade_against_score",
                    "warning",
                    f"得分{found['score']}分，等级写作“{found['grade']}”：“{found['grade']}”应在{bounds}",
                    [line.spot(found.start(), found.end())],
                    "按本地的等级界限核对得分和等级",
                    basis=BASIS,
                )


def _claims(words: Words, forms: Sequence[Sheet]) -> Iterator[Remark]:
    """Sentences that every target was reached, in a report whose forms say otherwise."""
    missed = [row for sheet in forms for row in sheet.indicators if row.is_missed]
    if not missed:
        return
    if len({sheet.project for sheet in forms}) > 1:
        return
    for line in words.paragraphs:
        if found := _ALL_REACHED.search(line.plain):
            names = "、".join(row.name for row in missed[:3])
            yield words.remark(
                "all_reached_against_form",
                "warning",
                f"文字说“{found[0]}”，自评表中{names}没有达到目标",
                [line.spot(found.start(), found.end())],
                "改正文字，写明未完成的目标及原因",
                basis=BASIS,
            )


def _stated(words: Words, cell: Cell) -> list[Statement]:
    """What the report states at a cell, in tables or sentences, for its year."""
    year = str(words.year)
    return [
        each
        for each in words.statements
        if not each.local and each.coordinate.cell == cell and each.coordinate.period == year
    ]


def _wan(interval: Interval) -> str:
    return print_value((interval.low + interval.high) / 2, TEN_THOUSAND_YUAN, decimals=2)
