"""Saying that there was nothing needs figures of nothing; what every report must have is asked for in whole reports only."""

import pytest
from worded_reports import said

from mingzhang.audit.words import missing, nothing

TITLES = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "一般公共预算财政拨款“三公”经费支出决算表",
)
CODED = "<tr><td>科目编码</td><td>科目名称</td><td>本年收入</td><td>本年支出</td></tr>"
FUND_ROWS = "<tr><td>212</td><td>城乡社区支出</td><td>5.00</td><td>5.00</td></tr>"
SPENT = "政府性基金预算财政拨款收入5万元，支出5万元。"
NONE = "云岭区水务局2022年度没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出。"


def report(note: str, sentence: str, rows: str = FUND_ROWS, glossary: str = "第四部分 名词解释") -> bytes:
    """A whole report with one fund's table."""
    listed = "".join(f"<p>{title}</p><table><tr><td>合计</td><td>9.00</td></tr></table>" for title in TITLES)
    return f"""<html><body><h1>云岭区水务局2022年度部门决算</h1><p>第一部分 云岭区水务局概况</p>
<p>一、主要职能</p><p>负责水务工作，管理国有资产，开展绩效管理和政府采购。</p>
<p>第二部分 云岭区水务局2022年度部门决算表</p>{listed}
<p>政府性基金预算财政拨款收入支出决算表</p><table>{CODED}{rows}</table><p>{note}</p>
<p>国有资本经营预算财政拨款支出决算表</p><table>{CODED}<tr><td></td><td></td><td></td><td></td></tr></table>
<p>注：云岭区水务局没有国有资本经营预算财政拨款收入和支出，故本表无数据。</p>
<p>第三部分 云岭区水务局2022年度部门决算情况说明</p><p>八、政府性基金预算财政拨款收入支出决算情况说明</p>
<p>{sentence}</p><p>十、机关运行经费支出情况</p><p>无机关运行经费支出。</p>
<p>{glossary}</p><p>一、基本支出：指单位运转的支出。</p></body></html>""".encode()


def test_figures_where_there_are_figures_and_nothing_where_there_is_nothing():
    assert said(nothing.check, report("注：本表反映政府性基金收支。", SPENT)) == []
    assert said(missing.check, report("", SPENT)) == []


def test_a_sentence_of_nothing_beside_figures_is_told():
    (first, *_) = said(nothing.check, report("", NONE))
    assert first[0] == "warning"
    assert first[1][0].startswith("云岭区水务局2022年度没有政府性基金")


def test_a_note_of_no_data_under_figures_is_told():
    note = "注：本单位没有此项收支，故本表无数据。"
    assert [quotes[0] for _, quotes in said(nothing.check, report(note, SPENT))] == [
        note.replace("：", ":").replace("，", ",")
    ]


def test_an_empty_form_without_a_statement_is_a_notice():
    rows = "<tr><td></td><td></td><td></td><td></td></tr>"
    assert [severity for severity, _ in said(nothing.check, report("", NONE, rows))] == ["notice"]
    assert said(nothing.check, report("注：没有政府性基金收支，本表无数据。", NONE, rows)) == []


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("第四部分 名词解释", "第四部分 其他", "error"),
        ("绩效", "效率", "warning"),
        ("政府采购", "采买", "warning"),
    ],
)
def test_what_a_whole_report_must_have_is_asked_for(old: str, new: str, severity: str):
    text = report("", SPENT).decode().replace(old, new).encode()
    assert [each for each, _ in said(missing.check, text)] == [severity]


def test_a_missing_form_is_an_error_at_the_part_where_it_belongs():
    text = report("", SPENT).decode()
    first = text.index("<p>政府性基金预算财政拨款收入支出决算表")
    last = text.index("<p>国有资本")
    ((severity, quotes),) = said(missing.check, (text[:first] + text[last:]).encode())
    assert (severity, quotes) == ("error", ["第二部分云岭区水务局2022年度部门决算表"])


def test_nothing_is_missing_from_an_excerpt():
    assert said(missing.check, "一、收入情况\n\n收入10万元。\n") == []
