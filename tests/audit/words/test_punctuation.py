"""Marks that end nothing, stand twice or have no partner are told; lists and numbering are not."""

import pytest
from worded_reports import remarks, said

from mingzhang.audit.words.punctuation import check

NEXT = "\n\n二、支出决算情况说明\n\n本年支出合计20万元。\n"


def test_paragraphs_that_end_with_a_semicolon_are_one_notice():
    text = """一、收入决算情况说明

本年收入合计20万元，其中：其他收入0.4万元，占2%；

二、支出决算情况说明

本年支出合计20万元，其中：项目支出2万元，占10%；

三、财政拨款收入支出决算总体情况说明

财政拨款收入支出总计20万元。
"""
    (remark,) = remarks(check, text)
    assert (remark.severity, [place.quote[-4:] for place in remark.places]) == (
        "notice",
        [",占2%;"[-4:], "10%;"],
    )


@pytest.mark.parametrize(
    ("sentence", "severity", "quote"),
    [
        ("本年收入合计20万元。。", "notice", "20万元。。"),
        ("本年收入合计20万元，，增加2万元。", "notice", "20万元,,"),
        ("本年收入（含上年结转共20万元。", "notice", "本年收入(含上年结转共"),
        ("政府性基金收入20万元，支出收入20万元。", "notice", "支出收入"),
        ("减少的主要原因是是人员减少，共20人。", "notice", "原因是是"),
        ("开展“送服务活动，惠及200人。", "notice", '开展"送服务活动,'),
        ("本年收入增加20万元，主要原因是。", "warning", "主要原因是。"),
        ("本年收入增加20万元。主要原因：", "warning", "主要原因:"),
    ],
)
def test_a_slip_is_told_at_its_place(sentence: str, severity: str, quote: str):
    assert said(check, f"一、收入决算情况说明\n\n{sentence}{NEXT}") == [(severity, [quote])]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年收入20万元（含上年结转），“三公”经费为0……其他略。",
        "1）本年收入20万元；2）其他收入0万元。",
        "主要原因：一是人员增加；二是项目增加。",
        "（1）拟订规划，编制预算20万元；",
    ],
)
def test_what_only_looks_like_a_slip_raises_nothing(sentence: str):
    assert said(check, f"一、收入决算情况说明\n\n{sentence}{NEXT}") == []
