"""大于, 小于 and 持平 are held against the figures of their own item; rounding and open bases raise nothing."""

import pytest
from worded_reports import said

from mingzhang.audit.words.directions import check

SECTION = "五、一般公共预算财政拨款支出决算情况说明\n\n"
ITEM = "1、农林水支出（类）水利（款）行政运行（项）。"


def item(sentence: str) -> list[tuple[str, list[str]]]:
    """What is said of one item."""
    return said(check, f"{SECTION}{ITEM}{sentence}\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算为10万元，支出决算为12万元。决算数大于年初预算数的主要原因：追加人员经费。",
        "年初预算为10.00万元，支出决算为10.00万元。决算数与年初预算数持平。",
        "年初预算为10万元，支出决算为10.4万元。决算数与预算数基本持平。",
        "年初预算为10万元，全年预算为15万元，支出决算为12万元。决算数小于全年预算数的主要原因：项目调整。",
        "年初预算为10万元，支出决算为10万元，与上年持平，主要原因是人员没有变动。",
    ],
)
def test_words_that_the_figures_bear_out_raise_nothing(sentence: str):
    assert item(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("年初预算为10万元，支出决算为8万元。决算数大于年初预算数。", ["决算数大于年初预算数", "8", "10"]),
        ("年初预算为10万元，支出决算为12万元。决算数小于预算数。", ["决算数小于预算数", "12", "10"]),
        (
            "年初预算为10万元，支出决算为12万元。决算数与年初预算数持平。",
            ["决算数与年初预算数持平", "12", "10"],
        ),
    ],
)
def test_words_that_the_figures_contradict_are_warnings(sentence: str, quotes: list[str]):
    ((severity, found),) = item(sentence)
    assert severity == "warning"
    assert [quote.removesuffix("万元") for quote in found] == quotes


def test_figures_that_rounding_may_have_parted_are_not_accused():
    """9 and 10 may both print 9.5."""
    assert item("年初预算为10万元，支出决算为9万元。决算数大于年初预算数。") == []


def test_a_base_that_only_one_item_leaves_open_is_a_notice():
    items = [
        f"{number}、农林水支出（类）水利（款）{name}（项）。全年预算为{number}1万元，支出决算为{number}0万元。"
        f"决算数小于{base}数的主要原因：按实支出。"
        for number, (name, base) in enumerate(
            [("行政运行", "全年预算"), ("水利前期工作", "全年预算"), ("防汛", "全年预算"), ("抗旱", "预算")],
            1,
        )
    ]
    assert said(check, SECTION + "\n\n".join(items)) == [("notice", ["决算数小于预算数"])]
