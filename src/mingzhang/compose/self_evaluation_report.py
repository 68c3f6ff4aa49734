"""The self-evaluation report (自评报告): every part that the form asks for, in words that follow from the figures.

The same blocks stand in the annex of the disclosure and in a report of their own.
Source: 部门整体、项目绩效自评报告的通行格式 (湖北省、武汉市).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from mingzhang.compose.project_work import Output, work_table, work_told
from mingzhang.compose.self_evaluation import (
    Money,
    Sheet,
    actual_words,
    rate_text,
    self_evaluation_table,
    wan_text,
)
from mingzhang.documents import Block, Chart, Document, Figure, Heading, Metadata, Paragraph, Series, Span
from mingzhang.facts import Cell
from mingzhang.numbers import print_value
from mingzhang.numbers.units import SCORE
from mingzhang.performance.form import Row

_LEVELS = ("产出指标", "效益指标", "满意度指标", "成本指标")


@dataclass(frozen=True)
class Words:
    """What people write beside the figures. `sources` are by indicator: where its value can be seen."""

    problems: str = ""
    work: str = ""
    organised: str = ""
    applied: str = ""
    evidence: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


def report_blocks(sheet: Sheet, words: Words, level: int = 2) -> list[Block]:
    """The blocks of a report, headings beginning at `level`: of the whole with its evidence, or of a project."""
    return list(_whole(sheet, words, level) if not sheet.project else _project(sheet, words, level))


def report_document(sheet: Sheet, words: Words, metadata: Metadata) -> Document:
    """A report of its own."""
    of = f"{sheet.project}项目" if sheet.project else f"{sheet.department}整体"
    return Document(f"{sheet.year}年度{of}绩效自评报告", metadata, tuple(report_blocks(sheet, words, 1)))


def score_sentence(sheet: Sheet) -> str:
    """The result in a sentence."""
    return f"自评得分{_score(sheet)}分，等级为“{sheet.evaluation.grade}”。"


def result_told(sheet: Sheet, words: Words) -> str:
    """What a project brought, what was wrong and what is done about it, in sentences for the disclosure."""
    reached = "；".join(_reached(row) for row in sheet.evaluation.rows)
    told = [f"主要产出和效益：{reached}。"] if reached else []
    if problems := words.problems.rstrip("。"):
        told.append(f"发现的问题：{problems}。")
    if measures := sheet.measures.rstrip("。"):
        told.append(f"改进措施：{measures}。")
    return "".join(told)


def _reached(row: Row) -> str:
    """An indicator with what it reached: a number behind the name, words in quotation marks."""
    if row.actual.value is None:
        return f"{row.indicator.name}“{actual_words(row)}”"
    return Output(row.indicator.name, row.actual.value, row.indicator.target.unit).told()


def average_told(sheets: Sequence[Sheet]) -> str:
    """The mean of several scores in a sentence; nothing where there is none."""
    if not sheets:
        return ""
    mean = sum((sheet.evaluation.total for sheet in sheets), Fraction(0)) / len(sheets)
    return f"平均得分{print_value(mean, SCORE, decimals=2)}分。"


def _whole(sheet: Sheet, words: Words, level: int) -> Iterator[Block]:
    yield Heading(level, "一、自评结论")
    yield from _conclusion(sheet, words, level + 1, "（四）下一步拟改进措施")
    yield self_evaluation_table(sheet)
    yield Heading(level, "二、佐证材料")
    yield Heading(level + 1, "（一）基本情况")
    yield from _said("1. 支出情况和当年重点工作。", f"{_money(sheet)}{words.work}")
    yield from _works(sheet)
    yield from _said("2. 年度整体绩效目标。", _goals(sheet))
    yield Heading(level + 1, "（二）自评工作开展情况")
    yield _paragraph(words.organised or "由绩效管理人员依据账簿和业务台账取数，经复核、审批后提交。")
    yield Heading(level + 1, "（三）绩效目标完成情况分析")
    yield from _said("1. 预算执行情况分析。", _execution(sheet))
    chart = _chart(sheet)
    if chart:
        yield chart
    yield _paragraph("2. 绩效目标完成情况分析。")
    yield from _analysis(sheet, words)
    yield Heading(level + 1, "（四）其他佐证材料")
    yield _paragraph(words.evidence or "各指标的数据来源见上文，账簿、台账可逐笔核对。")


def _project(sheet: Sheet, words: Words, level: int) -> Iterator[Block]:
    yield from _conclusion(sheet, words, level, "（四）自评结果拟应用建议")
    yield self_evaluation_table(sheet)
    yield from _works(sheet)


def _conclusion(sheet: Sheet, words: Words, level: int, last: str) -> Iterator[Block]:
    evaluation = sheet.evaluation
    name = (
        f"{sheet.year}年度{sheet.project}项目"
        if sheet.project
        else f"{sheet.year}年度{sheet.department}整体支出"
    )
    yield Heading(level, "（一）自评得分")
    yield _paragraph(f"{name}绩效自评得分为{_score(sheet)}分，等级为“{evaluation.grade}”。")
    yield Heading(level, "（二）绩效目标完成情况")
    yield from _said("1. 执行率情况。", _execution(sheet))
    reached = [row for row in evaluation.rows if row.score.reached]
    yield from _said("2. 完成的绩效目标。", _listed(reached) or "没有完成的绩效目标。")
    yield from _said(
        "3. 未完成的绩效目标。", _listed(evaluation.unreached, why=True) or "没有未完成的绩效目标。"
    )
    yield Heading(level, "（三）存在的问题和原因" if not sheet.project else "（三）存在的问题")
    found = [text.rstrip("。") for text in (words.problems, sheet.reasons) if text.strip("。 无")]
    yield _paragraph(f"{'。'.join(found)}。" if found else "没有发现需要整改的问题。")
    yield Heading(level, last)
    measures = sheet.measures.rstrip("。") or "保持现有做法，继续按月跟踪指标和预算执行"
    yield from _said("1. 改进措施。", f"{measures}。")
    yield from _said(
        "2. 拟与预算安排相结合情况。", words.applied or f"自评结果作为编制{sheet.year + 1}年度预算的依据。"
    )


def _works(sheet: Sheet) -> Iterator[Block]:
    """The projects with what their money bought, in words and as a table."""
    if not any(work.outputs for work in sheet.works):
        return
    lowest = [work for work in sheet.works if work.parent] or list(sheet.works)
    for work in lowest:
        if told := work_told(work):
            yield _paragraph(f"{work.name}执行{wan_text(work.executed)}万元，主要成效：{told}。", "list")
    yield work_table(sheet.works)


def _analysis(sheet: Sheet, words: Words) -> Iterator[Block]:
    for first in _LEVELS:
        rows = [row for row in sheet.evaluation.rows if row.indicator.levels[0] == first]
        if not rows:
            continue
        yield _paragraph(f"（{_LEVELS.index(first) + 1}）{first}", kind="list")
        for row in rows:
            source = words.sources.get(row.indicator.name, "")
            yield _paragraph(
                f"{_told(row)}得{_plain(row)}分。" + (f"（{source}）" if source else ""), kind="list"
            )


def _told(row: Row) -> str:
    return f"{row.indicator.name}：目标{row.indicator.target.in_chinese()}，实际{actual_words(row)}，"


def _listed(rows: Sequence[Row], *, why: bool = False) -> str:
    """The rows in one sentence."""
    said = []
    for row in rows:
        reason = f"，原因是{row.reason.rstrip('。')}" if why and row.reason else ""
        said.append(
            f"{row.indicator.name}{actual_words(row)}（目标{row.indicator.target.in_chinese()}）{reason}"
        )
    return "；".join(said) + ("。" if said else "")


def _execution(sheet: Sheet) -> str:
    """Budget, executed, rate; with the parts where they are known."""
    evaluation = sheet.evaluation
    told = [f"全年预算数{wan_text(evaluation.budget)}万元，执行数{wan_text(evaluation.executed)}万元"]
    if evaluation.rate is not None:
        told.append(f"执行率{rate_text(evaluation.rate)}")
    parts = [
        f"{part.name}预算{wan_text(part.budget)}万元、执行{wan_text(part.executed)}万元"
        for part in sheet.funds
        if part.budget or part.executed
    ]
    inside = f"其中：{'；'.join(parts)}。" if len(parts) > 1 else ""
    return f"{'，'.join(told)}。{inside}"


def _money(sheet: Sheet) -> str:
    return f"{sheet.year}年度支出{wan_text(sheet.evaluation.executed)}万元。"


def _goals(sheet: Sheet) -> str:
    words = [goal.words.rstrip("。；") for goal in sheet.goals if goal.words]
    return f"{'；'.join(words)}。" if words else "见自评表。"


def _chart(sheet: Sheet) -> Chart | None:
    """Budget against execution: the parts and the whole; none where the money has no place in the cube."""
    whole = Money("合计", Fraction(0), sheet.evaluation.budget, sheet.evaluation.executed, sheet.cell)
    rows = [*sheet.funds, whole]
    if not sheet.funds or not sheet.entity or not all(row.cell for row in rows):
        return None
    return Chart(
        "budget_and_execution",
        f"{sheet.year}年度预算与执行（万元）",
        "bars",
        tuple(row.name for row in rows),
        (
            Series(
                "全年预算数", tuple(_figure(sheet, f"{row.cell}#adjusted_budget", row.budget) for row in rows)
            ),
            Series("执行数", tuple(_figure(sheet, row.cell, row.executed) for row in rows)),
        ),
        "万元",
        "；".join(
            f"{row.name}预算{wan_text(row.budget)}万元，执行{wan_text(row.executed)}万元" for row in rows
        ),
    )


def _figure(sheet: Sheet, cell: str, yuan: Fraction) -> Figure:
    coordinate = Cell.parse(cell).at(sheet.entity, str(sheet.year))
    return Figure(str(coordinate), yuan, wan_text(yuan), "万元")


def _said(lead: str, text: str) -> Iterator[Block]:
    first, *rest = text.splitlines() or [""]
    yield _paragraph(f"{lead}{first}")
    for line in rest:
        yield _paragraph(line)


def _paragraph(text: str, kind: str = "body") -> Paragraph:
    return Paragraph((Span(text),), kind)


def _score(sheet: Sheet) -> str:
    return print_value(sheet.evaluation.total, SCORE, decimals=2)


def _plain(row: Row) -> str:
    return print_value(row.printed, SCORE, decimals=2)
