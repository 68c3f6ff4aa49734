"""A form against the report it stands in: its money, its score, its grade; each slip is told, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from test_evaluation_forms import sheet

from mingzhang.compose.self_evaluation import self_evaluation_table
from mingzhang.documents import Document, Heading, Metadata, Paragraph, Span, Table, TableCell, TableRow
from mingzhang.pipeline import audit
from mingzhang.write.html import write_html

SENTENCE = (
    "1. 一般行政管理事务经费项目绩效自评综述：项目全年预算数为145万元，执行数为133.3万元，完成预算的91.93%。"
)
SCORE = "2021年度一般行政管理事务经费项目绩效自评得分为97.86分，等级为“优”。"


def expenditure(total: str, project: str) -> Table:
    """The table of expenditure, one subject."""
    heads = ("功能分类科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    basic = f"{float(total) - float(project):.2f}"
    rows = (("", "合计", total, basic, project), ("2040601", "行政运行", total, basic, project))
    cells = [TableRow(tuple(TableCell(text) for text in row)) for row in rows]
    return Table(
        title="支出决算表",
        header=(TableRow(tuple(TableCell(text) for text in heads)),),
        body=tuple(cells),
        widths=(1, 2, 1, 1, 1),
        unit="万元",
        number="公开03表",
        name="expenditure",
    )


def told(tmp_path, *, sentence=SENTENCE, score=SCORE, project="133.30", changes=()):
    table = self_evaluation_table(sheet("hubei"))
    blocks = (
        Heading(1, "第二部分 示例局2021年度部门决算表"),
        expenditure("500.00", project),
        Heading(1, "第三部分 示例局2021年度部门决算情况说明"),
        Heading(2, "一、预算绩效情况说明"),
        Paragraph((Span(sentence),), "body"),
        Paragraph((Span(score),), "body"),
        Heading(1, "第五部分 附件"),
        table,
    )
    path = tmp_path / "report.html"
    write_html(
        Document("示例局2021年度部门决算", Metadata("示例局", 2021, "", date(2022, 3, 15)), blocks), path
    )
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    rules = ("form_", "grade_", "all_reached")
    return {remark.rule: remark for remark in audit(path).remarks if remark.rule.startswith(rules)}


def test_a_form_that_agrees_is_not_mentioned(tmp_path):
    """Amounts, score, grade."""
    assert told(tmp_path) == {}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (SENTENCE.replace("133.3万元", "123.3万元").replace("91.93%", "85.03%"), "执行数印作133.30"),
        (SENTENCE.replace("145万元", "154万元").replace("91.93%", "86.56%"), "预算数印作145.00"),
    ],
)
def test_an_amount_that_the_text_says_otherwise_is_told(tmp_path, sentence, said):
    """Budget and execution of the project, with the place of both."""
    found = told(tmp_path, sentence=sentence)
    assert set(found) == {"form_against_report"}
    assert said in found["form_against_report"].message
    assert len(found["form_against_report"].places) == 2


def test_a_score_that_the_text_says_otherwise_is_told(tmp_path):
    """99.1 beside a form of 97.86."""
    found = told(tmp_path, score=SCORE.replace("97.86", "99.1"))
    assert "总分印作97.86" in found["form_against_report"].message


def test_a_score_with_fewer_decimals_is_the_same_score(tmp_path):
    """97.9 is 97.86."""
    assert told(tmp_path, score=SCORE.replace("97.86", "97.9")) == {}


def test_a_grade_that_the_score_does_not_give_is_told(tmp_path):
    """97.86 is no 良 anywhere."""
    assert set(told(tmp_path, score=SCORE.replace("优", "良"))) == {"grade_against_score"}


def test_projects_that_spent_more_than_all_projects_are_told(tmp_path):
    """133.30 of 120.00."""
    assert set(told(tmp_path, project="120.00")) == {"form_projects_beyond_accounts"}


def test_a_claim_that_all_was_reached_is_held_against_the_form(tmp_path):
    """The form misses the satisfaction."""
    found = told(tmp_path, score=SCORE + "没有未完成的绩效目标。")
    assert set(found) == {"all_reached_against_form"}
    assert "群众满意度" in found["all_reached_against_form"].message
