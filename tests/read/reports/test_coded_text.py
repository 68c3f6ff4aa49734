"""Tables of codes in extracted text: a row a line, blank cells gone, names broken over lines. All figures invented."""

from __future__ import annotations

from mingzhang import pipeline

TOP = "青岚县民政局2023年度部门决算\n支出决算表\n单位：万元\n项目\n本年支出合计 基本支出 项目支出 上缴上级支出 经营支出\n科目编码 科目名称\n"
ROWS = """合计 1,000.00 700.00 300.00
208 社会保障和就业支出 920.00 620.00 300.00
20802 民政管理事务 820.00 520.00 300.00
2080201 行政运行 520.00 520.00
2080202 一般行政管理事务 300.00 300.00
20805 行政事业单位养老支出 100.00 100.00
机关事业单位基本养老保险缴
2080505 100.00 100.00
费支出
210 卫生健康支出 80.00 80.00
21011 行政事业单位医疗 80.00 80.00
2101101 行政单位医疗 80.00 80.00
"""
NOTE = "注：本表反映部门本年度各项支出情况。\n"


def told(text: str) -> list[str]:
    """The errors and warnings of an audit of a text."""
    audit = pipeline.audit(text)
    assert audit.error is None
    return [f"{each.rule}: {each.message}" for each in audit.remarks if each.severity != "notice"]


def coordinates(text: str) -> dict[str, str]:
    """What each figure of the tables is, by its coordinate."""
    audit = pipeline.audit(text)
    return {
        str(each.coordinate).split("@")[0]: each.printed.text
        for each in audit.statements
        if each.source == "table" and not each.local
    }


def test_the_natures_follow_from_what_adds_up() -> None:
    """Of 520.00 520.00 the second is basic and of 300.00 300.00 it is of projects: only so do the ranks add up."""
    found = coordinates(TOP + ROWS + NOTE)
    assert found["expenditure[function=2080201,nature=basic]"] == "520.00"
    assert found["expenditure[function=2080202,nature=project]"] == "300.00"
    assert found["expenditure[function=2080505]"] == "100.00"
    assert "expenditure[function=2080202,nature=basic]" not in found
    assert told(TOP + ROWS + NOTE) == []


def test_a_wrong_amount_is_told_at_its_row() -> None:
    """A wrong digit breaks the sums of its rank."""
    assert any(
        "820.00" in each
        for each in told(TOP + ROWS.replace("2 民政管理事务 820", "2 民政管理事务 850") + NOTE)
    )


def test_a_title_and_heads_repeated_on_the_next_page_do_not_end_the_table() -> None:
    """The rows of both pages are one table."""
    first, second = ROWS.split("20805 行政", 1)
    repeated = TOP.partition("\n")[2]
    assert told(TOP + first + repeated + "20805 行政" + second + NOTE) == []


def test_rows_that_are_not_all_read_are_no_table() -> None:
    """A code whose figures stand elsewhere, or an end that is not certain, leaves lines: nothing is missed as zero."""
    torn = ROWS.replace("2101101 行政单位医疗 80.00 80.00\n", "2101101\n行政单位医疗\n80.00 80.00\n")
    assert coordinates(TOP + torn + NOTE) == {}
    cut = ROWS.partition("210 卫生")[0]
    assert coordinates(TOP + cut + "（三）其他情况。") == {}


def test_running_text_beside_many_rows_is_still_joined() -> None:
    """Short rows say nothing of where sentences break: the sentence below is one."""
    text = (
        "三、支出决算情况说明\n本部门2023年度本年支出合计1000.00万元，其中：基本支出700.00万\n"
        "元，占70.00%；项目支出300.00万元，占31.00%，主要用于救助管理和福利\n"
        "机构的日常运转，以及城乡低保和特困人员供养等民生保障支出的各项开\n"
        "支，资金使用符合有关规定，项目绩效目标完成情况较好，群众满意度较\n"
        "高，没有发现挤占挪用和超标准开支等问题，年末没有结转和结余，全部\n"
        "支出都已经按照进度支付完毕，账目清楚，手续完备，并且按照要求公开。\n"
    )
    assert [each for each in told(TOP + ROWS + NOTE + text) if "31.00%" in each]
