"""Tables as provinces and years vary them: titles, heads, orders, units, codes in cells, lists and rows."""

from __future__ import annotations

from raw_documents import paragraph, report, table, understood

NAME, YEAR = "云岭区司法局", 2022


def found(*blocks, notes=()):
    cover = (paragraph(f"{NAME}{YEAR}年度部门决算"),)
    return understood(report((*cover, *blocks, *map(paragraph, notes))))[0]


def figures(reading):
    return {
        str(each.coordinate).replace(f"@{NAME}/{YEAR}#actual", ""): each.shown for each in reading.statements
    }


def test_a_summary_with_line_numbers_in_yuan_under_another_title():
    """财决公开01表, 行次, 元, 收支决算总表, and classes under their older names."""
    reading = found(
        paragraph("财决公开01表"),
        paragraph("收支决算总表"),
        paragraph("部门：云岭区司法局 金额单位：元"),
        table(
            "收入 | < | < | 支出 | < | <",
            "项目 | 行次 | 金额 | 项目 | 行次 | 金额",
            "栏次 |  | 1 | 栏次 |  | 2",
            "一、一般公共预算财政拨款收入 | 1 | 1,000.50 | 一、一般公共服务支出 | 31 | -",
            "二、政府性基金预算财政拨款收入 | 2 |  | 四、公共安全支出 | 34 | 1,010.50",
            "八、其他收入 | 8 | 20.00 | 七、文化体育与传媒支出 | 37 | 5.00",
            "本年收入合计 | 27 | 1,020.50 | 本年支出合计 | 57 | 1,015.50",
            "用事业基金弥补收支差额 | 28 |  | 结余分配 | 58 | 0.00",
            "年初结转和结余 | 29 | 3.00 | 年末结转和结余 | 59 | 8.00",
            "总计 | 30 | 1,023.50 | 总计 | 60 | 1,023.50",
        ),
    )
    assert figures(reading) == {
        "revenue[fund=general_public_budget]": "1,000.50元",
        "revenue[fund=other]": "20.00元",
        "revenue": "1,020.50元",
        "opening_balance": "3.00元",
        "total_resources": "1,023.50元",
        "expenditure[function=204]": "1,010.50元",
        "expenditure[function=207]": "5.00元",
        "expenditure": "1,015.50元",
        "surplus_distribution": "0.00元",
        "closing_balance": "8.00元",
        "total_uses": "1,023.50元",
    }
    assert not reading.problems
    assert f"expenditure[function=201]@{NAME}/{YEAR}#actual" in reading.blank_rows


def test_a_summary_with_a_third_side_by_nature_and_item():
    """Older forms print expenditure by function, then by nature, then by economic item."""
    reading = found(
        paragraph("收入支出决算总表"),
        paragraph("单位：万元"),
        table(
            "收入 | < | 支出 | < | < | <",
            "项目 | 金额 | 项目(按功能分类) | 金额 | 项目(按支出性质和经济分类) | 金额",
            "一、财政拨款收入 | 30.00 | 一、一般公共服务支出 | 30.00 | 一、基本支出 | 20.00",
            "其中：政府性基金预算财政拨款 | 1.00 | 二、外交支出 |  | 人员经费 | 15.00",
            "二、上级补助收入 |  | 三、国防支出 |  | 日常公用经费 | 5.00",
            "  |  | 四、公共安全支出 |  | 二、项目支出 | 10.00",
            "  |  | 五、教育支出 |  | 工资福利支出 | 15.00",
            "本年收入合计 | 30.00 | 本年支出合计 | 30.00 | 本年支出合计 | 30.00",
            "年初结转和结余 | 2.00 | 年末结转和结余 | 2.00 | 年末结转和结余 | 2.00",
            "其中：基本支出结转 | 0.50 | 其中：基本支出结转 |  |  | ",
            "合计 | 32.00 | 合计 | 32.00 | 合计 | 32.00",
        ),
    )
    got = figures(reading)
    assert got["revenue[fund=fiscal]"] == "30.00万元"
    assert got["revenue[fund=government_managed_funds]"] == "1.00万元"
    assert got["expenditure[nature=basic]"] == "20.00万元"
    assert got["expenditure[economic=personnel]"] == "15.00万元"
    assert got["expenditure[economic=301]"] == "15.00万元"
    assert got["opening_balance[nature=basic]"] == "0.50万元"
    assert got["total_resources"] == got["total_uses"] == "32.00万元"


def test_codes_in_three_cells_with_the_total_in_the_last_row_of_the_head():
    """类｜款｜项 stand in the same row as 合计 and its figures."""
    reading = found(
        paragraph("二、收入决算总表"),
        paragraph("公开02表 部门：云岭区司法局 单位：万元"),
        table(
            "项目 | < | < | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | < | 其他收入",
            "功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^ | 小计 | 其中：教育收费 | ^",
            "类 | 款 | 项 | 合计 | 12.00 | 10.00 |  | 2.00 | 1.50 | ",
            "204 |  |  | 公共安全支出 | 12.00 | 10.00 |  | 2.00 | 1.50 | ",
            "204 | 06 |  | 司法 | 12.00 | 10.00 |  | 2.00 | 1.50 | ",
            "204 | 06 | 01 | 行政运行 | 12.00 | 10.00 |  | 2.00 | 1.50 | ",
        ),
    )
    got = figures(reading)
    assert got["revenue"] == got["revenue[function=2040601]"] == "12.00万元"
    assert got[
        "revenue[function=20406,fund=fiscal]".replace(
            "function=20406,fund=fiscal", "function=20406,fund=fiscal"
        )
    ]
    assert got["revenue[function=204,fund=business]"] == "2.00万元"
    assert sum("教育收费" in name for name in got) == 4
    assert [problem.code for problem in reading.problems] == ["column_unknown"]


def test_rows_without_codes_are_read_by_the_names_above_them():
    """行政运行 occurs under dozens of 款: the one printed above is meant. Pages that go on are one table."""
    reading = found(
        paragraph("支出决算表"),
        paragraph("单位：万元"),
        table(
            "科目名称 | 本年支出合计 | 基本支出 | 项目支出",
            "合计 | 9.00 | 7.00 | 2.00",
            "公共安全支出 | 7.00 | 5.00 | 2.00",
            "司法 | 7.00 | 5.00 | 2.00",
            "行政运行 | 5.00 | 5.00 | ",
        ),
        table(
            "科目名称 | 本年支出合计 | 基本支出 | 项目支出",
            "基层司法业务 | 2.00 |  | 2.00",
        ),
        paragraph("- 12 -"),
        table(" |  |  | ", "住房保障支出 | 2.00 | 2.00 | "),
    )
    got = figures(reading)
    assert got["expenditure[function=2040601,nature=basic]"] == "5.00万元"
    assert got["expenditure[function=2040604]"] == got["expenditure[function=221]"] == "2.00万元"
    assert len(list(reading.document.tables())) == 1


def test_a_code_that_no_list_knows_stays_under_its_own_prefix():
    """The vocabulary grows by the code and what it lies under, so that totals still work."""
    reading, words = understood(
        report(
            (
                paragraph(f"{NAME}{YEAR}年度部门决算"),
                paragraph("一般公共预算财政拨款支出决算表"),
                paragraph("单位：万元"),
                table(
                    "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
                    "2049877 | 新设的项 | 3.00 |  | 3.00",
                    " | 合计 | 3.00 |  | 3.00",
                ),
            )
        )
    )
    assert "expenditure[function=2049877,fund=general_public_budget]" in figures(reading)
    assert words.dimensions["function"].path("2049877") == ("2049877", "20498", "204")


def test_basic_expenditure_in_one_list_with_columns_for_personnel_and_public():
    """One block, columns 合计, 人员经费, 公用经费; codes glued to names."""
    reading = found(
        paragraph("一般公共预算财政拨款基本支出决算明细表"),
        paragraph("单位：万元"),
        table(
            "经济分类科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费",
            " | 合计 | 10.00 | 8.00 | 2.00",
            "301 | 工资福利支出 | 8.00 | 8.00 | ",
            "30101 | 基本工资 | 8.00 | 8.00 | ",
            "302 | 商品和服务支出 | 2.00 |  | 2.00",
            "30201 | 办公费 | 2.00 |  | 2.00",
        ),
    )
    got = figures(reading)
    shared = "fund=general_public_budget,nature=basic]"
    assert got[f"expenditure[{shared}"] == "10.00万元"
    assert got[f"expenditure[economic=personnel,{shared}"] == "8.00万元"
    assert got[f"expenditure[economic=30201,{shared}"] == "2.00万元"
    assert len(reading.statements) == 11


def test_three_public_as_a_list_with_counts_and_fees_beyond():
    """机构运行信息表: budget and actual columns, counts, operating costs; meeting fees stay under their own name."""
    reading = found(
        paragraph("机构运行信息表"),
        paragraph("金额单位：万元"),
        table(
            "项目 | 年初预算数 | 全年预算数 | 决算统计数",
            "一、“三公”经费支出 | — | — | —",
            "（一）支出合计 | 5.00 | 4.00 | 3.50",
            "1.因公出国（境）费 |  |  | ",
            "2.公务用车购置及运行维护费 | 4.00 | 3.00 | 3.00",
            "（1）公务用车购置费 |  |  | ",
            "（2）公务用车运行维护费 | 4.00 | 3.00 | 3.00",
            "3.公务接待费 | 1.00 | 1.00 | 0.50",
            "（二）相关统计数 | — | — | —",
            "4.公务用车保有量（辆） | — | — | 2",
            "5.国内公务接待批次（个） | — | — | 7",
            "6.国内公务接待人次（人） | — | — | 40",
            "二、会议费 | — | — | 1.20",
            "四、机关运行经费 | — | — | 66.00",
        ),
    )
    got = figures(reading)
    assert got["three_public_spending[fund=fiscal]"] == "3.50万元"
    assert got[f"official_vehicle_running[fund=fiscal]@{NAME}/{YEAR}#adjusted_budget"] == "3.00万元"
    assert got[f"official_reception_spending[fund=fiscal]@{NAME}/{YEAR}#initial_budget"] == "1.00万元"
    assert (got["official_vehicles_kept"], got["official_reception_guests"]) == ("2辆", "40人次")
    assert got["operating_costs"] == "66.00万元"
    assert not any(name.startswith("three_public") and value == "1.20万元" for name, value in got.items())


def test_three_public_with_meeting_and_training_fees_in_two_rows():
    """Shaanxi: rows 预算数 and 决算数; 合计 over everything is not the “三公” total, 小计 under it is."""
    reading = found(
        paragraph("一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表"),
        paragraph("金额单位：万元"),
        table(
            "项目 | 合计 | 一般公共预算财政拨款安排的“三公”经费 | < | < | < | < | < | 培训费 | 会议费",
            "^ | ^ | 小计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置及运行维护费 | < | < | ^ | ^",
            "^ | ^ | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ | ^",
            "栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9",
            "预算数 | 9.00 | 6.00 |  | 1.00 | 5.00 |  | 5.00 | 2.00 | 1.00",
            "决算数 | 8.00 | 5.50 |  | 0.50 | 5.00 |  | 5.00 | 1.50 | 1.00",
        ),
        paragraph("注：本表预算数为年初预算数。"),
    )
    got = figures(reading)
    fund = "fund=general_public_budget"
    assert got[f"three_public_spending[{fund}]"] == "5.50万元"
    assert got[f"three_public_spending[{fund}]@{NAME}/{YEAR}#initial_budget"] == "6.00万元"
    assert got[f"official_vehicle_running[{fund}]"] == got[f"official_vehicle_spending[{fund}]"] == "5.00万元"
    assert len(reading.statements) == 14


def test_a_unit_line_that_is_missing_follows_from_the_other_tables():
    """Figures that stand in another table tell whether they are 元 or 万元."""
    reading = found(
        paragraph("支出决算表"),
        paragraph("单位：元"),
        table(
            "科目编码 | 科目名称 | 本年支出合计 | 基本支出",
            " | 合计 | 30.25 | 30.25",
            "204 | 公共安全支出 | 12.50 | 12.50",
        ),
        paragraph("收入决算表"),
        table(
            "科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入",
            " | 合计 | 30.25 | 30.25",
            "204 | 公共安全支出 | 12.50 | 12.50",
        ),
    )
    assert {each.printed.unit.chinese for each in reading.statements} == {"元"}


def test_a_table_nobody_knows_is_checked_by_its_own_total():
    """Local coordinates, and a sum for its 合计 row that can at most warn."""
    reading = found(
        paragraph("人员编制情况表"),
        table("类别 | 编制数（人） | 实有人数（人）", "行政 | 50 | 48", "事业 | 5 | 4", "合计 | 55 | 53"),
    )
    assert {each.shown for each in reading.statements} == {"50人", "48人", "5人", "4人", "55人", "53人"}
    sums = [tie for tie in reading.ties if tie.kind == "sum"]
    assert len(sums) == 2
    assert not any(tie.certain for tie in sums)


def test_a_self_evaluation_form_ties_rate_and_scores():
    """Budget, execution and rate of the project; scores add up to the total."""
    reading = found(
        paragraph("2022年度普法宣传项目自评表"),
        table(
            "项目名称 | 普法宣传 | < | < | < | <",
            "预算执行情况（万元）（20分） | < | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率）",
            "年度财政资金总额 | < | 145.00 | 133.30 | 91.93% | 18.40",
            "一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分",
            "产出指标 | 数量指标 | 宣传活动次数 | 800次 | 800次 | 40",
            "效益指标 | 社会效益 | 知晓率 | 95% | 96% | 40",
            "总分 | < | < | < | < | 98.40",
        ),
    )
    got = figures(reading)
    assert got["普法宣传"] == "133.30万元"
    assert got[f"普法宣传@{NAME}/{YEAR}#completion(of=adjusted_budget)"] == "91.93%"
    assert {tie.kind for tie in reading.ties} == {"ratio", "sum"}


def test_a_caption_without_a_table_is_unreadable_and_the_contents_are_no_body():
    """A form announced on a page whose table could not be read is named; what only the contents list is not."""
    reading = found(
        paragraph("目录"),
        paragraph("一、收入决算表........3"),
        paragraph("二、支出决算表........4"),
        paragraph("第三部分 情况说明......5"),
        paragraph("一、收入决算表"),
        paragraph("第三部分 情况说明"),
        paragraph("本年收入合计12.00万元，与上年相比有所增加，主要原因是人员增加、项目增加和标准提高。"),
    )
    assert reading.unreadable_forms == {"revenue"}


def test_text_without_tables_leaves_every_form_unreadable():
    """In plain text the tables were pictures: not read, and not said to be missing."""
    blocks = (paragraph(f"{NAME}{YEAR}年度部门决算"), paragraph(f"第二部分 {NAME}{YEAR}年度部门决算表"))
    reading, _ = understood(report(blocks, medium="txt"))
    assert len(reading.unreadable_forms) == 9


def test_fewer_decimals_than_the_table_prints_have_a_narrower_reading():
    """12 among figures of two decimals is 12 ± 0.5 by its digits and 12.00 by the table's habit."""
    reading = found(
        paragraph("支出决算表"),
        paragraph("单位：万元"),
        table(
            "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出",
            " | 合计 | 30.25 | 18.25 | 12",
            "204 | 公共安全支出 | 30.25 | 18.25 | 12",
        ),
    )
    strict = [each for each in reading.statements if each.strict is not None]
    assert [each.shown for each in strict] == ["12万元", "12万元"]
    assert all(each.strict.width < each.fact.interval.width for each in strict)
