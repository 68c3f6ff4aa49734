"""What the contents announce and the body lacks or names differently is told."""

import pytest
from worded_reports import said

from mingzhang.audit.words.contents import check

REPORT = """云岭区水务局2022年度部门决算

目录

第一部分 云岭区水务局概况

一、主要职能

第二部分 云岭区水务局2022年度部门决算表

第三部分 云岭区水务局2022年度部门决算情况说明

一、收入支出决算总体情况说明

二、其他重要事项的情况说明

第四部分 名词解释

第一部分 云岭区水务局概况

一、主要职能

拟订水务规划。

第二部分 云岭区水务局2022年度部门决算表

第三部分 云岭区水务局2022年度部门决算情况说明

一、收入支出决算总体情况说明

本年收入合计10万元。

二、其他重要事项的情况说明

车辆0辆。

第四部分 名词解释

一、基本支出：指单位运转的支出。
"""


def changed(old: str, new: str) -> str:
    """The report with the last occurrence of some words changed: that of the body."""
    head, _, tail = REPORT.rpartition(old)
    return head + new + tail


def test_contents_and_body_that_agree_raise_nothing():
    assert said(check, REPORT, head="") == []


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("第二部分 云岭区", "云岭区", "warning"),
        ("第四部分 名词解释", "", "warning"),
        ("其他重要事项的情况说明", "其他重要事项说明", "notice"),
        ("二、其他重要事项的情况说明", "", "warning"),
    ],
)
def test_what_the_body_lacks_or_names_differently_is_told(old: str, new: str, severity: str):
    assert [each for each, _ in said(check, changed(old, new), head="")] == [severity]


def test_a_part_without_its_number_is_told_where_its_title_stands():
    ((_, quotes),) = said(check, changed("第二部分 云岭区", "云岭区"), head="")
    assert quotes[0] == "云岭区水务局2022年度部门决算表"
