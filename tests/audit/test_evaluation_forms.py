"""Self-evaluation forms: what we write is read back without a word; each slip planted in one is told, once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.compose.self_evaluation import Goal, Money, Sheet, self_evaluation_table
from mingzhang.documents import Document, Heading, Metadata
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import Indicator, target_of
from mingzhang.performance.scoring import Actual
from mingzhang.pipeline import audit
from mingzhang.write.docx import write_docx
from mingzhang.write.html import write_html
from mingzhang.write.pdf import write_pdf
from mingzhang.write.xlsx import write_xlsx

STATED = (
    ("普法活动次数", ("产出指标", "数量指标"), "≥800次", (40, 50), Actual(Fraction(900))),
    ("重新犯罪率", ("效益指标", "社会效益指标"), "≤3%", (30, 30), Actual(Fraction("1.46"))),
    ("群众满意度", ("满意度指标", "服务对象满意度指标"), "≥95%", (10, 10), Actual(Fraction(90))),
)


def sheet(name, reason="样本偏少"):
    form = scoring_forms()[name]
    place = 0 if name == "hubei" else 1
    indicators = [
        Indicator(title, levels, target_of(target), Fraction(weights[place]), "m")
        for title, levels, target, weights, _ in STATED
    ]
    actuals = {title: actual for title, *_, actual in STATED}
    evaluation = evaluate(
        form, Fraction(1_450_000), Fraction(1_333_000), indicators, actuals, {"群众满意度": reason}
    )
    return Sheet(
        evaluation, (Goal("做好各项工作", evaluation.rows, "基本完成"),), "示例局", "示例局本级", 2021, date(2022, 3, 15), "一般行政管理事务经费",
        funds=(Money("本年财政拨款", Fraction(1_450_000), Fraction(1_450_000), Fraction(1_333_000)),),
        reasons=f"群众满意度：{reason}" if reason else "无", measures="加派人手",
    )  # fmt: skip


def document(of):
    table = self_evaluation_table(of)
    return Document(table.title, Metadata("示例局", 2021, "", date(2022, 3, 15)), (Heading(1, "附件"), table))


@pytest.mark.parametrize("name", ["hubei", "national"])
@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        ("html", write_html),
        ("docx", write_docx),
        ("xlsx", write_xlsx),
        ("pdf", lambda made, path: write_pdf(made, path, {})),
    ],
)
def test_a_form_we_write_is_read_back_without_a_finding(tmp_path, name, suffix, write):
    """In both layouts and every format."""
    path = tmp_path / f"form.{suffix}"
    write(document(sheet(name)), path)
    found = audit(path)
    assert not found.error
    assert [remark.message for remark in found.remarks if remark.severity != "notice"] == []


def told(tmp_path, name, *changes, reason="样本偏少"):
    path = tmp_path / "form.html"
    write_html(document(sheet(name, reason)), path)
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert text.count(before) >= 1, before
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return {remark.rule: remark for remark in audit(path).remarks if remark.rule.startswith("form_")}


def test_a_wrong_rate_is_told_with_its_arithmetic(tmp_path):
    """133.30 of 145.00 is 91.93 %."""
    found = told(tmp_path, "hubei", ("91.93%", "95.93%"))
    assert set(found) == {"form_rate"}
    assert found["form_rate"].computed == "91.93%"
    assert found["form_rate"].places


def test_a_score_that_execution_does_not_give_is_told(tmp_path):
    """18.39, not 19.39; and the total no longer is the sum."""
    assert set(told(tmp_path, "hubei", ("18.39", "19.39"))) == {"form_execution_score", "form_total"}


def test_a_last_digit_off_is_a_notice(tmp_path):
    """18.38 is within what people allow themselves."""
    found = told(tmp_path, "hubei", ("18.39", "18.37"), ("97.86", "97.84"))
    assert {rule: remark.severity for rule, remark in found.items()} == {"form_execution_score": "notice"}


def test_a_total_that_is_not_the_sum_is_told(tmp_path):
    """Off by one."""
    assert set(told(tmp_path, "hubei", ("97.86", "98.86"))) == {"form_total"}


def test_weights_that_are_not_a_hundred_are_told(tmp_path):
    """Where the form prints them."""
    found = told(tmp_path, "national", (">50<", ">55<"))
    assert "form_weights" in found


def test_full_marks_for_a_missed_target_are_told(tmp_path):
    """90 % of 95 % is not 10 of 10."""
    found = told(tmp_path, "national", (">9.47<", ">10<"), ("98.66", "99.19"))
    assert set(found) == {"form_full_marks_for_missed"}
    assert found["form_full_marks_for_missed"].severity == "warning"


def test_a_score_above_its_weight_is_told(tmp_path):
    """No indicator gives more than it weighs."""
    assert "form_score_above_weight" in told(tmp_path, "national", (">9.47<", ">12<"))


@pytest.mark.parametrize("name", ["hubei", "national"])
def test_a_missed_target_without_a_reason_is_told(tmp_path, name):
    """“无” is enough only where everything was reached."""
    assert set(told(tmp_path, name, reason="")) == {"form_reason_missing"}
