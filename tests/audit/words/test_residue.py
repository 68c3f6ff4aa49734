"""What templates leave behind is told at its places; words that only look like it are not."""

import pytest
from worded_reports import remarks, said

from mingzhang.audit.words.residue import check


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("支出决算数大（小）于年初预算数的主要原因是人员变动。", "大(小)于"),
        ("支出决算数大小于年初预算数。", "大小于"),
        ("收入总计增加（减少）12.5万元，主要原因是项目增加。", "增加(减少)"),
        ("比上年增长（下降）3%。", "增长(下降)"),
        ("主要原因是新增项目（如持平作持平表述）。", "如持平作持平表述"),
        ("无国有资本经营收入的，仍保留该表格式。", "仍保留该表格式"),
        ("本年支出合计XXX万元。", "XXX"),
        ("202年度收入总计10万元。", "202年度"),
    ],
)
def test_words_of_the_template_are_errors_at_their_place(sentence: str, quote: str):
    assert said(check, f"一、收入情况\n\n{sentence}\n") == [("error", [quote])]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年收入增加100万元，支出减少20万元，大于上年。",
        "组织各单位根据实际情况填写调查表，共收回30份。",
        "采购XXL号防护服20套，执行标准为3×100。",
        "金额单位为万元，以下同。",
        "2022年度办结行政许可20件，2020年至今共办结80件。",
        "联系电话为138****0000。",
        "二○○八年成立，二〇〇九年挂牌，网址为www.xx.cn。",
    ],
)
def test_words_that_only_look_like_a_template_raise_nothing(sentence: str):
    assert said(check, f"一、收入情况\n\n{sentence}\n") == []


def test_one_slip_in_many_places_is_one_remark():
    text = "一、收入情况\n\n收入总计增加（减少）5万元。\n\n二、支出情况\n\n支出总计减少（增加）5万元。\n"
    (remark,) = remarks(check, text)
    assert len(remark.places) == 2


def test_an_amount_without_a_figure_is_a_warning():
    assert said(check, "一、收入情况\n\n本年收入合计10万元，支出合计万元。\n") == [("warning", ["合计万元"])]


def test_what_a_draft_still_has_to_say_is_a_notice():
    text = "一、收入情况\n\n本年收入增加10万元，主要原因：【待填写变动原因】。\n"
    assert said(check, text) == [("notice", ["【待填写变动原因】"])]
