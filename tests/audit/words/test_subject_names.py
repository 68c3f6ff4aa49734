"""Names of subjects belong to their codes; a misspelt one in a sentence is told, former names are not."""

import pytest
from worded_reports import said

from mingzhang.audit.words.subject_names import check

HEAD = "<tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>"


def report(name: str, sentence: str = "支出情况见表。") -> bytes:
    """A report with two rows of expenditure and a sentence."""
    rows = "".join(
        f"<tr><td>{code}</td><td>{label}</td><td>5.00</td><td>5.00</td><td></td></tr>"
        for code, label in (("221", "住房保障支出"), ("22102", "住房改革支出"), ("2210201", name))
    )
    return f"""<html><body><h1>云岭区水务局2022年度部门决算</h1><p>支出决算表</p><p>单位：万元</p>
<table>{HEAD}{rows}</table><p>第三部分 云岭区水务局2022年度部门决算情况说明</p><p>{sentence}</p></body></html>""".encode()


def test_a_name_that_belongs_to_another_code_is_told_in_its_row():
    ((severity, _),) = said(check, report("购房补贴"))
    assert severity == "warning"


@pytest.mark.parametrize("name", ["住房公积金", "住房公积金（项）", "住房公积金缴存"])
def test_right_names_and_unknown_ones_raise_nothing(name: str):
    assert said(check, report(name)) == []


@pytest.mark.parametrize(
    ("item", "quotes"),
    [
        ("住房公积金", []),
        ("住房公基金", ["住房公基金"]),
        ("本地住房补贴", []),
    ],
)
def test_a_misspelt_name_in_a_sentence_is_told_at_its_place(item: str, quotes: list[str]):
    sentence = f"住房保障支出（类）住房改革支出（款）{item}（项）。年初预算为5万元，支出决算为5万元。"
    found = [quote for _, places in said(check, report("住房公积金", sentence)) for quote in places]
    assert found == quotes


def test_the_name_of_another_year_is_a_notice():
    path = "社会保障和就业支出（类）行政事业单位养老支出（款）{}（项）。年初预算为5万元，支出决算为5万元。"
    assert said(check, report("住房公积金", path.format("行政单位离退休"))) == []
    old = "归口管理的行政单位离退休"
    assert said(check, report("住房公积金", path.format(old))) == [("notice", [old])]
