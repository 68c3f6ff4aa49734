"""A reason explains the change that is stated; reasons that name another base or both directions raise nothing."""

import pytest
from worded_reports import said

from mingzhang.audit.words.reasons import check

LEVEL = "财政拨款收入支出总计10万元。与2021年度相比，财政拨款收入支出总计持平。主要原因：项目减少支付。"
LESS = "收入支出总计10万元。与2021年度相比，收入支出总计减少2万元，下降16.7%。主要原因：项目减少支付。"


def test_a_reason_for_a_change_of_nothing_is_a_notice():
    assert [severity for severity, _ in said(check, f"一、财政拨款总体情况说明\n\n{LEVEL}\n")] == ["notice"]


def test_a_reason_copied_from_a_change_is_a_warning():
    text = f"一、总体情况说明\n\n{LESS}\n\n二、财政拨款总体情况说明\n\n{LEVEL}\n"
    assert [severity for severity, _ in said(check, text)] == ["warning"]


def test_a_reason_in_the_next_paragraph_belongs_to_the_sentence():
    text = LEVEL.replace("：项目", "：\n\n项目")
    assert [severity for severity, _ in said(check, f"一、总体情况说明\n\n{text}\n")] == ["notice"]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("支出比2021年度减少2万元，下降16.7%，主要原因是新增设备购置项目。", 1),
        ("支出比2021年度增加2万元，增长16.7%。主要原因：压减培训活动。", 1),
        ("支出比2021年度增加2万元，增长16.7%。主要原因：上年压减培训活动。", 0),
        ("支出比2021年度减少2万元，下降16.7%，主要原因是人员减少，同时新增设备。", 0),
        ("年末结转和结余比2021年度减少2万元，下降16.7%，主要原因是新增项目。", 0),
        ("支出与2021年度基本持平，主要原因是人员减少。", 0),
    ],
)
def test_a_reason_for_the_opposite_change_is_a_notice(sentence: str, number: int):
    assert [severity for severity, _ in said(check, f"三、支出情况说明\n\n{sentence}\n")] == [
        "notice"
    ] * number
