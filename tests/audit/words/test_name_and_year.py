"""One name and one year everywhere; short names, own units and other years where they belong raise nothing."""

import pytest
from worded_reports import said

from mingzhang.audit.words import body_name, report_year

REPORT = """云岭区水务局2022年度部门决算

第一部分 云岭区水务局概况

一、主要职能

云岭区水务局负责全区水务工作，2023年计划新建水厂1座。

第二部分 云岭区水务局2022年度部门决算表

第三部分 云岭区水务局2022年度部门决算情况说明

一、收入支出决算总体情况说明

云岭区水务局2022年度收入支出总计10万元。与2021年度相比，收入支出总计增加1万元，增长11.1%。

二、支出决算情况说明

2022年度支出合计10万元，比2021年度增加1万元，比2019年度增加2万元。

三、财政拨款收入支出决算总体情况说明

2022年度财政拨款收入支出总计10万元。

四、国有资产占用情况

截至2022年12月31日，云岭区水务局共有车辆2辆。

五、绩效自评

方案经批准后修改，报局领导审批。
"""


def changed(old: str, new: str) -> str:
    """The report with one slip."""
    assert old in REPORT
    return REPORT.replace(old, new, 1)


def test_one_name_and_one_year_raise_nothing():
    assert said(body_name.check, REPORT, head="") == []
    assert said(report_year.check, REPORT, head="") == []


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("第三部分 云岭区水务局", "第三部分 青川县教育局", "青川县教育局"),
        ("第二部分 云岭区水务局", "第二部分 云领区水务局", "云领区水务局"),
        ("日，云岭区水务局共有", "日，云岭区林业局共有", "云岭区林业局"),
        ("报局领导审批", "报会领导审批", "报会领导审批"),
    ],
)
def test_another_name_is_told_at_its_place(old: str, new: str, quote: str):
    assert said(body_name.check, changed(old, new), head="") == [("warning", [quote])]


@pytest.mark.parametrize(
    ("words", "quotes"),
    [("我委严格控制支出", ["我委"]), ("我局委托评估，我乡镇干部参加", []), ("我镇项目完工", ["我镇"])],
)
def test_another_kind_of_body_speaking_of_itself_is_a_notice(words: str, quotes: list[str]):
    found = said(body_name.check, changed("方案经批准后修改", words), head="")
    assert found == ([("notice", quotes)] if quotes else [])


def test_a_quite_different_name_in_a_sentence_is_a_notice():
    """A bureau may bear a second name that it says once."""
    text = changed("\n云岭区水务局2022年度收入", "\n云岭区河湖管护中心2022年度收入")
    assert said(body_name.check, text, head="") == [("notice", ["云岭区河湖管护中心"])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("日，云岭区水务局共有", "日，云岭区水资源管理事务总局共有"),
        ("日，云岭区水务局共有", "日，本部门共有"),
        ("日，云岭区水务局共有", "日，区水务局共有"),
        ("日，云岭区水务局共有", "日，云岭区水务局（本级）共有"),
        ("报局领导审批", "报区委会领导审批"),
    ],
)
def test_other_words_for_the_body_itself_raise_nothing(old: str, new: str):
    assert said(body_name.check, changed(old, new), head="") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("第三部分 云岭区水务局2022年度", "第三部分 云岭区水务局2021年度"),
        ("比2021年度增加1万元", "比2022年度增加1万元"),
        ("\n2022年度支出合计", "\n2021年度支出合计"),
        ("截至2022年12月31日", "截至2021年12月31日"),
    ],
)
def test_another_year_is_told(old: str, new: str):
    assert [severity for severity, _ in said(report_year.check, changed(old, new), head="")] == ["warning"]
