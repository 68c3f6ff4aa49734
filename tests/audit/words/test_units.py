"""Units that siblings have and one figure lacks are told; figures that need none are not."""

import pytest
from worded_reports import said

from mingzhang.audit.words import unit_at_odds
from mingzhang.audit.words.units import check

BEFORE = "本年支出合计20.5万元，其中：基本支出10.5万元，占51.22%；项目支出10万元，占48.78%。"


def after(sentence: str) -> list[tuple[str, list[str]]]:
    """What is said of a sentence after one that prints its units."""
    return said(check, f"三、支出决算情况说明\n\n{BEFORE}{sentence}\n")


@pytest.mark.parametrize(
    ("sentence", "severity", "quote"),
    [
        ("其中经营支出占3.55，比上年增长2%。", "warning", "占3.55"),
        ("比上年增加2万元，增长13.95，主要是项目增加。", "warning", "增长13.95"),
        ("年初预算为5万元，支出决算为4.19。", "warning", "决算为4.19"),
        ("支出决算为4.19万元万元。", "warning", "万元万元"),
        ("公务接待支出0.40万（含外宾接待）。", "notice", "支出0.40万"),
        ("共有在册用水户人员26人，双列管人员18，无其他。", "warning", "双列管人员18"),
    ],
)
def test_a_missing_or_doubled_unit_is_told_at_its_place(sentence: str, severity: str, quote: str):
    assert after(sentence) == [(severity, [quote])]


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算为0，支出决算为0，占1/3。",
        "收入、支出分别为10.5、20.3万元，增长2倍。",
        "开展培训5次，参加人员120人次，占全年的60%。",
        "组织宣传活动，参加人数达500，其中青年人300人。",
        "印发规范3.2版，累计服务3.5万人次。",
    ],
)
def test_figures_that_need_no_unit_raise_nothing(sentence: str):
    assert after(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("公务用车保险费12.39元，比上年增加2万元。", 1),
        ("人均补助12.40元，比上年增加2万元。", 0),
        ("公务用车保险费12.39万元，比上年增加2万元。", 0),
    ],
)
def test_one_amount_in_two_units_is_told(sentence: str, number: int):
    text = f"三、支出决算情况说明\n\n{BEFORE}维修费12.39万元。\n\n{sentence}\n"
    assert [severity for severity, _ in said(unit_at_odds.check, text)] == ["warning"] * number
