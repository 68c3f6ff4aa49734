"""Numbers that are skipped or printed twice are told; new lists and numbers hidden in paragraphs are not."""

from worded_reports import said

from mingzhang.audit.words.numbering import check


def sections(*numbers: str) -> str:
    """A report whose sections bear these numbers."""
    titles = ("收入支出决算总体情况说明", "收入决算情况说明", "支出决算情况说明", "财政拨款情况说明")
    return "\n\n".join(
        f"{number}、{title}\n\n本年合计10万元。" for number, title in zip(numbers, titles, strict=False)
    )


def test_a_skipped_number_is_told_with_the_one_before_it():
    ((severity, quotes),) = said(check, sections("一", "二", "四"))
    assert severity == "warning"
    assert [quote[:2] for quote in quotes] == ["四、", "二、"]


def test_a_number_printed_twice_is_told():
    ((_, quotes),) = said(check, sections("一", "二", "二", "三"))
    assert [quote[:2] for quote in quotes] == ["二、", "二、"]


def test_numbers_in_order_raise_nothing():
    assert said(check, sections("一", "二", "三", "四")) == []


def test_a_number_that_stands_inside_a_paragraph_is_not_missing():
    text = sections("一", "二", "四").replace("四、", "另外三、其他事项见附件，本年合计5万元。\n\n四、")
    assert said(check, text) == []


def test_each_section_may_begin_a_list_anew():
    text = """一、主要职能

1.拟订规划。

2.组织实施。

二、机构设置

1.办公室。

2.财务科。

4.法规科。
"""
    ((severity, quotes),) = said(check, text)
    assert (severity, quotes) == ("notice", ["4.法规科。", "2.财务科。"])


def test_reports_inside_an_annex_number_as_they_like():
    text = "第四部分 附件\n\n一、整体评价报告\n\n一、结论\n\n二、材料\n\n二、项目评价报告\n\n无。\n"
    assert said(check, text) == []
