"""Items named in the text have figures in the table, and the table's figures are named; open lists may leave out."""

import pytest
from worded_reports import said

from mingzhang.audit.words.named_items import check

ROWS = (
    ("30101", "基本工资", "10.00", "30201", "办公费", "3.00"),
    ("30102", "津贴补贴", "20.00", "30202", "印刷费", "0.00"),
    ("30103", "奖金", "", "30205", "水费", "1.00"),
    ("30107", "绩效工资", "5.00", "30206", "电费", "2.00"),
    ("30113", "住房公积金", "6.00", "30207", "邮电费", ""),
    ("30302", "退休费", "4.00", "30213", "维修（护）费", "0.50"),
    ("30309", "奖励金", "", "31002", "办公设备购置", "1.50"),
)
PERSONNEL = "基本工资、津贴补贴、绩效工资、住房公积金、退休费"
PUBLIC = "办公费、水费、电费、维修(护)费、办公设备购置"


def report(personnel: str, public: str) -> bytes:
    """A report with the table of basic expenditure and the text that goes with it."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    head = "".join(f"<td>{name}</td>" for name in ("科目编码", "科目名称", "决算数") * 2)
    foot = (
        "<tr><td colspan=2>人员经费合计</td><td>45.00</td><td colspan=2>公用经费合计</td><td>8.00</td></tr>"
    )
    text = f"基本支出53万元，其中：人员经费45万元，主要包括：{personnel}；公用经费8万元，主要包括：{public}。"
    return f"""<html><body><h1>云岭区水务局2022年度部门决算</h1>
<p>第二部分 云岭区水务局2022年度部门决算表</p><p>一般公共预算财政拨款基本支出决算表</p><p>单位：万元</p>
<table><tr>{head}</tr>{body}{foot}</table>
<p>第三部分 云岭区水务局2022年度部门决算情况说明</p><p>六、一般公共预算财政拨款基本支出决算情况说明</p>
<p>{text}</p></body></html>""".encode()


@pytest.mark.parametrize(
    ("personnel", "public"),
    [
        (PERSONNEL, PUBLIC),
        ("基本工资、津贴补贴等", "办公费、水费、电费等支出"),
        ("基本工资10万元、津贴补贴20万元、绩效工资、住房公积金、退休费4万元", PUBLIC),
        ("基本工资、津贴补贴、社会保障缴费", PUBLIC),
    ],
)
def test_lists_that_agree_with_the_table_raise_nothing(personnel: str, public: str):
    assert said(check, report(personnel, public)) == []


@pytest.mark.parametrize(
    ("personnel", "public", "quotes"),
    [
        (f"{PERSONNEL}、奖励金", PUBLIC, ["奖励金"]),
        (PERSONNEL, PUBLIC.replace("水费", "水费、邮电费、印刷费"), ["邮电费", "印刷费"]),
        (PERSONNEL.replace("、退休费", ""), PUBLIC, [PERSONNEL.replace("、退休费", ""), "4.00"]),
    ],
)
def test_items_without_figures_and_figures_without_items_are_told(
    personnel: str, public: str, quotes: list[str]
):
    assert said(check, report(personnel, public)) == [("warning", quotes)]
