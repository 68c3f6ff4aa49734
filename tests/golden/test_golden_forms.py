"""Golden self-evaluation forms in both layouts: as text, and as kept files that the audit reads without a word."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from plain import compare

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.compose.project_work import Output, ProjectWork
from mingzhang.compose.self_evaluation import Goal, Money, Sheet
from mingzhang.compose.self_evaluation_report import Words, report_document
from mingzhang.documents import Metadata
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import Indicator, target_of
from mingzhang.performance.scoring import Actual
from mingzhang.pipeline import audit
from mingzhang.write.docx import write_docx
from mingzhang.write.html import write_html
from mingzhang.write.pdf import write_pdf
from mingzhang.write.xlsx import write_xlsx

FORMS = Path(__file__).parent / "forms"
LAYOUTS = ("hubei", "national")
WRITERS = {
    "docx": write_docx,
    "xlsx": write_xlsx,
    "html": write_html,
    "pdf": lambda document, path: write_pdf(document, path, {}),
}
STATED = (
    ("档案数字化", ("产出指标", "数量指标"), "≥800卷", (25, 30), Actual(Fraction(812))),
    ("著录差错率", ("产出指标", "质量指标"), "≤3%", (15, 20), Actual(Fraction("1.46"))),
    ("查阅等候时间", ("效益指标", "社会效益指标"), "≤10分钟", (20, 20), Actual(Fraction(12))),
    ("开放目录更新", ("效益指标", "可持续影响指标"), "及时", (10, 10), None),
    ("群众满意度", ("满意度指标", "服务对象满意度指标"), "≥95%", (10, 10), Actual(Fraction(97))),
)
REASONS = {"查阅等候时间": "窗口改造", "预算执行率": "尾款待验收后支付"}


def document(layout: str):
    """A project's report in one of the layouts: a missed reverse target, a judged one, work with its unit cost."""
    form = scoring_forms()[layout]
    best = Actual(level=form.rules.levels[0].name, words="及时")
    place = LAYOUTS.index(layout)
    indicators = [
        Indicator(name, levels, target_of(target), Fraction(weights[place]), "", "登记簿")
        for name, levels, target, weights, _ in STATED
    ]
    actuals = {name: actual or best for name, *_, actual in STATED}
    budget, executed = Fraction(1_450_000), Fraction(1_333_000)
    evaluation = evaluate(form, budget, executed, indicators, actuals, REASONS)
    sheet = Sheet(
        evaluation,
        (Goal("做好档案整理和查阅服务", evaluation.rows, "基本完成"),),
        "青岚区档案局",
        "青岚区查阅中心",
        2021,
        date(2022, 3, 15),
        "查阅便民服务",
        funds=(Money("本年财政拨款", budget, budget, executed),),
        reasons="查阅等候时间：窗口改造；预算执行率：尾款待验收后支付。",
        measures="增设窗口，按季验收",
        works=(
            ProjectWork(
                "aid",
                "查阅便民服务",
                budget,
                executed,
                (Output("档案数字化", Fraction(812), "卷"),),
                score=evaluation.total,
            ),
        ),
    )
    return report_document(
        sheet, Words(problems="等候时间偏长"), Metadata("青岚区档案局", 2021, "", date(2022, 3, 15))
    )


def remarks(path: Path):
    found = audit(path)
    assert not found.error
    return [remark.message for remark in found.remarks if remark.severity in ("error", "warning")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_form_reads_as_reviewed(layout, update):
    """Every row, score and sentence."""
    compare(f"forms/{layout}", document(layout), update)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_form_written_now_is_read_back_without_a_word(layout, suffix, tmp_path):
    """No error and no warning, in every format."""
    path = tmp_path / f"form.{suffix}"
    WRITERS[suffix](document(layout), path)
    assert remarks(path) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_form_kept_as_a_file_is_still_read_without_a_word(layout, suffix, update):
    """What was written by an earlier release stays readable."""
    path = FORMS / f"{layout}.{suffix}"
    if update:
        WRITERS[suffix](document(layout), path)
        pytest.skip(f"{path.name} rewritten")
    assert remarks(path) == []
