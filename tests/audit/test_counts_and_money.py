"""Money spent on receptions, journeys and cars needs a count; a reception needs money, a car may be a gift."""

import pytest

from mingzhang import pipeline

HEAD = "云岭区水务局2022年度部门决算\n\n第三部分 云岭区水务局2022年度部门决算情况说明\n\n七、“三公”经费支出决算情况说明\n\n"


def rules(text: str) -> list[str]:
    """The rules of errors and warnings on counts."""
    remarks = pipeline.audit(HEAD + text).remarks
    return [each.rule for each in remarks if each.rule == "count_without_money"]


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出1.20万元。国内公务接待8批次，77人次。\n",
        "公务接待费支出0.00万元。国内公务接待0批次，0人次。\n",
        "公务用车购置费支出0.00万元。购置公务用车1辆。\n",
    ],
)
def test_counts_that_fit_the_money_raise_nothing(text: str):
    assert rules(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出1.20万元。国内公务接待0批次，0人次。\n",
        "公务接待费支出0.00万元。国内公务接待8批次，77人次。\n",
        "公务用车购置费支出18.00万元。购置公务用车0辆。\n",
        "因公出国（境）费支出3.00万元。因公出国（境）团组0个。\n",
    ],
)
def test_counts_that_do_not_fit_the_money_are_told(text: str):
    assert "count_without_money" in rules(text)


def test_a_share_of_nothing_is_told():
    text = "政府采购支出总额0.00万元。授予中小企业合同金额0.00万元，占政府采购支出总额的100%。\n"
    remarks = pipeline.audit(HEAD + text).remarks
    assert [each.rule for each in remarks if "没有占比可言" in each.message] == ["out_of_bounds"]
