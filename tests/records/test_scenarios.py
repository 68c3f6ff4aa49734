"""Two years of a department, every cell of its tables against figures worked out by hand."""

import pytest

from mingzhang.facts import Coordinate
from mingzhang.records.closing import close_month, close_year
from mingzhang.records.ledger import post
from records.bookkeeping import AID, accept, at_bureau
from records.bookkeeping import book as book_fen
from records.two_years import (
    book,
    close_first,
    close_second,
    first_year,
    paid,
    second_year,
    store_of,
    table,
    tax_paid,
)

ENTITIES = ("office", "managed", "centre", "bureau")


@pytest.fixture
def closed(bureau):
    """Both years booked and closed; every close accepted, every check after closing holds."""
    first_year(bureau)
    reports = close_first(bureau)
    second_year(bureau)
    reports += close_second(bureau)
    assert all(report.accepted for report in reports)
    assert [check.in_chinese() for report in reports for check in report.checks if not check.holds] == []
    return bureau


SUMMARY = {
    ("office", 2020): {
        "一、一般公共预算财政拨款收入": 1500,
        "二、政府性基金预算财政拨款收入": 420,  # 300 spent, 120 accrued as 财政应返还额度
        "三、国有资本经营预算财政拨款收入": 80,
        "八、其他收入": 50,
        "本年收入合计": 2050,
        "四、公共安全支出": 1420,
        "十一、城乡社区支出": 300,
        "二十一、国有资本经营预算支出": 80,
        "本年支出合计": 1800,
        "年末结转和结余": 250,  # quota 100, land money 120, own 30
        "总计": 2050,
    },
    ("managed", 2020): {
        "一、一般公共预算财政拨款收入": 800,
        "四、上级补助收入": 60,
        "八、其他收入": 90,
        "本年收入合计": 950,
        "四、公共安全支出": 850,
        "本年支出合计": 850,
        "结余分配": 40,
        "年末结转和结余": 60,
        "总计": 950,
    },
    ("centre", 2020): {
        "一、一般公共预算财政拨款收入": 700,
        "五、事业收入": 1100,
        "六、经营收入": 300,
        "七、附属单位上缴收入": 40,
        "本年收入合计": 2140,
        "四、公共安全支出": 1465,
        "本年支出合计": 1465,
        "结余分配": 555,  # 900 + 40 − 500 − 60 − 25 of other money, 200 of operating; 100 of it put aside
        "年末结转和结余": 120,
        "总计": 2140,
    },
    ("bureau", 2020): {
        "一、一般公共预算财政拨款收入": 3000,
        "二、政府性基金预算财政拨款收入": 420,
        "三、国有资本经营预算财政拨款收入": 80,
        "五、事业收入": 1100,
        "六、经营收入": 300,
        "七、附属单位上缴收入": 40,
        "八、其他收入": 140,
        "本年收入合计": 5080,  # the subsidy of 60 inside the department is neither revenue
        "四、公共安全支出": 3675,
        "十一、城乡社区支出": 300,
        "二十一、国有资本经营预算支出": 80,
        "本年支出合计": 4055,  # nor expenditure
        "结余分配": 595,
        "年末结转和结余": 430,
        "总计": 5080,
    },
    ("office", 2021): {
        "一、一般公共预算财政拨款收入": 1155,
        "二、政府性基金预算财政拨款收入": 340,
        "八、其他收入": 10,
        "本年收入合计": 1505,
        "年初结转和结余": 245,  # 250 − 20 given back + 15 of an earlier year returned
        "四、公共安全支出": 1235,
        "十一、城乡社区支出": 370,  # 70 of it carried-over money without revenue this year
        "二十三、其他支出": 40,
        "本年支出合计": 1645,
        "年末结转和结余": 105,
        "总计": 1750,
    },
    ("managed", 2021): {
        "一、一般公共预算财政拨款收入": 650,
        "本年收入合计": 650,
        "使用非财政拨款结余": 25,
        "年初结转和结余": 60,
        "四、公共安全支出": 725,
        "本年支出合计": 725,
        "年末结转和结余": 10,
        "总计": 735,
    },
    ("centre", 2021): {
        "一、一般公共预算财政拨款收入": 720,
        "五、事业收入": 100,
        "六、经营收入": 10,
        "本年收入合计": 830,
        "年初结转和结余": 120,
        "四、公共安全支出": 860,
        "本年支出合计": 860,
        "结余分配": 110,  # 30 of other money, income tax of 12 within it; 80 of the finished project
        "年末结转和结余": -20,  # the operating loss stays
        "总计": 950,
    },
    ("bureau", 2021): {
        "一、一般公共预算财政拨款收入": 2525,
        "二、政府性基金预算财政拨款收入": 340,
        "五、事业收入": 100,
        "六、经营收入": 10,
        "八、其他收入": 10,
        "本年收入合计": 2985,
        "使用非财政拨款结余": 25,
        "年初结转和结余": 425,
        "四、公共安全支出": 2820,
        "十一、城乡社区支出": 370,
        "二十三、其他支出": 40,
        "本年支出合计": 3230,
        "结余分配": 110,
        "年末结转和结余": 95,
        "总计": 3435,
    },
}

FISCAL = {
    ("office", 2020): {
        "一、一般公共预算财政拨款": 1500,
        "二、政府性基金预算财政拨款": 420,
        "三、国有资本经营预算财政拨款": 80,
        "本年收入合计": 2000,
        "四、公共安全支出": [1400, 1400, 0, 0],
        "十一、城乡社区支出": [300, 0, 300, 0],
        "二十一、国有资本经营预算支出": [80, 0, 0, 80],
        "本年支出合计": [1780, 1400, 300, 80],
        "年末财政拨款结转和结余": [220, 100, 120, 0],
        "总计": [2000, 1500, 420, 80],
    },
    ("bureau", 2021): {
        "一、一般公共预算财政拨款": 2525,
        "二、政府性基金预算财政拨款": 340,
        "本年收入合计": 2865,
        "年初财政拨款结转和结余": 215,
        "一般公共预算财政拨款": 115,
        "政府性基金预算财政拨款": 100,
        "四、公共安全支出": [2570, 2570, 0, 0],
        "十一、城乡社区支出": [370, 0, 370, 0],
        "二十三、其他支出": [40, 0, 40, 0],
        "本年支出合计": [2980, 2570, 410, 0],
        "年末财政拨款结转和结余": [100, 70, 30, 0],
        "总计": [3080, 2640, 440, 0],
    },
}

REVENUE = {  # total, fiscal, superior, business, operating, affiliates, other
    ("managed", 2020): {"合计": [950, 800, 60, 0, 0, 0, 90], "行政运行": [950, 800, 60, 0, 0, 0, 90]},
    ("centre", 2020): {"合计": [2140, 700, 0, 1100, 300, 40, 0], "公共法律服务": [2140, 700, 0, 1100, 300, 40, 0]},
    ("bureau", 2020): {
        "合计": [5080, 3500, 0, 1100, 300, 40, 140],
        "行政运行": [2440, 2300, 0, 0, 0, 0, 140],
        "公共法律服务": [2140, 700, 0, 1100, 300, 40, 0],
        "城市建设支出": [420, 420, 0, 0, 0, 0, 0],
        "国有企业退休人员社会化管理补助支出": [80, 80, 0, 0, 0, 0, 0],
    },
    ("office", 2021): {
        "合计": [1505, 1495, 0, 0, 0, 0, 10],
        "行政运行": [1165, 1155, 0, 0, 0, 0, 10],
        "城市建设支出": [300, 300, 0, 0, 0, 0, 0],
        "用于社会福利的彩票公益金支出": [40, 40, 0, 0, 0, 0, 0],
    },
}  # fmt: skip

EXPENDITURE = {  # total, basic, project, remitted, operating, subsidies
    ("centre", 2020): {"合计": [1465, 1200, 80, 25, 100, 60], "公共法律服务": [1465, 1200, 80, 25, 100, 60]},
    ("bureau", 2020): {
        "合计": [4055, 3440, 490, 25, 100, 0],
        "行政运行": [2270, 2240, 30, 0, 0, 0],
        "公共法律服务": [1405, 1200, 80, 25, 100, 0],
        "城市建设支出": [300, 0, 300, 0, 0, 0],
        "国有企业退休人员社会化管理补助支出": [80, 0, 80, 0, 0, 0],
    },
    ("bureau", 2021): {
        "合计": [3230, 2700, 500, 0, 30, 0],
        "行政运行": [1960, 1910, 50, 0, 0, 0],
        "公共法律服务": [860, 790, 40, 0, 30, 0],
        "城市建设支出": [370, 0, 370, 0, 0, 0],
        "用于社会福利的彩票公益金支出": [40, 0, 40, 0, 0, 0],
    },
}

GENERAL = {  # total, basic, project
    ("office", 2020): {"合计": [1400, 1400, 0], "行政运行": [1400, 1400, 0]},
    ("bureau", 2021): {"合计": [2570, 2570, 0], "行政运行": [1850, 1850, 0], "公共法律服务": [720, 720, 0]},
}

FUNDS = {  # opening, revenue, expenditure, basic, project, closing
    ("office", 2020): {"合计": [0, 420, 300, 0, 300, 120], "城市建设支出": [0, 420, 300, 0, 300, 120]},
    ("bureau", 2021): {
        "合计": [100, 340, 410, 0, 410, 30],
        "城市建设支出": [100, 300, 370, 0, 370, 30],
        "用于社会福利的彩票公益金支出": [0, 40, 40, 0, 40, 0],
    },
    ("centre", 2021): {},
}

STATE_CAPITAL = {  # total, basic, project
    ("office", 2020): {"合计": [80, 0, 80], "国有企业退休人员社会化管理补助支出": [80, 0, 80]},
    ("bureau", 2020): {"合计": [80, 0, 80], "国有企业退休人员社会化管理补助支出": [80, 0, 80]},
    ("office", 2021): {},
}

TABLES = {
    "income_expenditure_summary": SUMMARY,
    "fiscal_summary": FISCAL,
    "revenue": REVENUE,
    "expenditure": EXPENDITURE,
    "general_public_budget_expenditure": GENERAL,
    "government_managed_funds": FUNDS,
    "state_capital_operations": STATE_CAPITAL,
}


def lowest(name, rows):
    """Functional tables without their 类 and 款 rows, which repeat the 项 below them."""
    upper = {
        "公共安全支出",
        "司法",
        "城乡社区支出",
        "国有土地使用权出让收入安排的支出",
        "其他支出",
        "彩票公益金安排的支出",
    }
    upper |= {"国有资本经营预算支出", "解决历史遗留问题及改革成本支出"}
    return (
        rows
        if name.endswith("summary")
        else {label: row for label, row in rows.items() if label not in upper}
    )


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_the_one_worked_out_by_hand(name, closed):
    """Tables 1–5, 8 and 9 of units and department, both years, every cell that holds a figure."""
    store = store_of(2020, 2021)
    found = {(entity, year): lowest(name, table(store, name, entity, year)) for entity, year in TABLES[name]}
    assert found == TABLES[name]


def test_income_and_use_are_equal_and_years_join_for_everyone(closed):
    """收入总计 = 支出总计, in all and of fiscal money and each fund; 年初 = 上年年末 with the year's adjustments."""
    store = store_of(2020, 2021, 2022)
    adjusted = {"office": -5, "bureau": -5}
    for entity in ENTITIES:
        for fund in ("", "[fund=fiscal]", "[fund=general_public_budget]", "[fund=government_managed_funds]"):
            for year in (2020, 2021):
                resources, uses = (
                    store.value(Coordinate.parse(f"{side}{fund}@{entity}/{year}"))
                    for side in ("total_resources", "total_uses")
                )
                assert resources == uses, (entity, fund, year)
        ends = [store.value(Coordinate.parse(f"closing_balance@{entity}/{year}")) for year in (2020, 2021)]
        starts = [store.value(Coordinate.parse(f"opening_balance@{entity}/{year}")) for year in (2021, 2022)]
        assert starts == [ends[0] + adjusted.get(entity, 0), ends[1]]


def test_personnel_public_and_operating_costs(closed):
    """人员经费 and 公用经费 of the general budget; 机关运行经费 leaves the ordinary institution out."""
    basic = "fund=general_public_budget,nature=basic"
    store = store_of(2020, 2021)
    found = [
        store.value(Coordinate.parse(f"{text}@bureau/{year}"))
        for year in (2020, 2021)
        for text in (
            f"expenditure[economic=personnel,{basic}]",
            f"expenditure[economic=public,{basic}]",
            "operating_costs",
        )
    ]
    assert found == [2300, 600, 600, 2470, 100, 100]


def test_other_expenditure_from_the_general_budget_is_public_cost_too(bureau):
    """运费 of assets received (7901, quota) is fiscal spending: in tables 5 and 6, and so in 机关运行经费."""
    accept(book_fen(bureau.office, "V39", {"value": 90_00, "fee": 5_00}, economic="30214"))
    store = store_of(2021)
    basic = "fund=general_public_budget,nature=basic"
    asked = (f"expenditure[{basic}]", f"expenditure[economic=public,{basic}]", "operating_costs")
    assert [store.value(at_bureau(text)) for text in asked] == [5, 5, 5]


@pytest.mark.parametrize(
    ("earned", "tax", "distribution", "use"),
    [(40, 5, 40, 0), (3, 5, 5, 2), (-10, 5, 5, 15), (0, 5, 5, 5), (-10, 0, 0, 10), (5, 5, 5, 0)],
)
def test_income_tax_is_distributed_surplus(earned, tax, distribution, use, bureau):
    """所得税 paid from 8202 is 结余分配: within the year's surplus where that covers it, else out of earlier surplus.

    Last year's operations left 100; this year other money leaves `earned`.
    """
    from mingzhang.records.trace import vouchers_of

    accept(book(2020, bureau.centre, "V29", 100, accounts=["4401"], function=AID))
    assert close_year(bureau.centre, 2020).accepted
    accept(
        book(2021, bureau.centre, "V28", 50, function=AID),
        paid(2021, bureau.centre, 50 - earned, function=AID),
    )
    if tax:
        accept(tax_paid(2021, bureau.centre, tax))
    for _ in range(2):
        store = store_of(2021)
        for text, expected in (("surplus_distribution", distribution), ("use_of_nonfiscal_surplus", use)):
            assert store.value(at_bureau(text)) == expected
            assert sum(row.value for row in vouchers_of(at_bureau(text))) == expected
        assert store.value(at_bureau("total_resources")) == store.value(at_bureau("total_uses"))
        report = close_year(bureau.centre, 2021)
    assert all(check.holds for check in report.checks)


def test_money_returned_or_given_back_through_the_bank_stays_fiscal(bureau):
    """A refund of an earlier year's fiscal spending changes the opening of that fund, however it is paid."""
    accept(
        book(2021, bureau.office, "V32", 15, payment="bank"),
        book(2021, bureau.office, "V38", 4, payment="bank"),
    )
    store = store_of(2021)
    assert store.value(at_bureau("opening_balance[fund=general_public_budget]")) == 11
    assert store.value(at_bureau("closing_balance[fund=fiscal]")) == 11


def refund(unit, yuan=7):
    """Own money spent in the second year comes back, found after its close."""
    return book(
        2021, unit, "V31", yuan, economic="30201", payment="bank", kind="adjusting", reason="审计调整"
    )


def test_a_late_adjustment_moves_this_year_and_the_opening_of_the_next(closed):
    """An adjusting voucher in the closed second year, closed again: its figures, and the third year's opening.

    January of the third year is closed by then, as it is when auditors come; it is not touched otherwise.
    """
    accept(book(2022, closed.office, "V26", 1))
    assert close_month(closed.office, 2022, 1).accepted
    accept(refund(closed.office))
    again = close_year(closed.office, 2021)
    assert again.accepted, again.in_chinese()
    assert all(check.holds for check in again.checks)
    store = store_of(2021, 2022)
    figures = ("expenditure@office/2021", "closing_balance@office/2021", "opening_balance@office/2022")
    assert [store.value(Coordinate.parse(text)) for text in figures] == [1638, 112, 112]


def test_a_year_before_the_last_closed_one_is_adjusted_no_more(closed):
    """Its balances opened a year that is closed too: the correction belongs to the open year (年初余额调整)."""
    accept(book(2022, closed.office, "V26", 1))
    assert close_year(closed.office, 2022).accepted
    [problem] = post([refund(closed.office)]).problems
    assert problem.code == "later_year_closed"
    assert problem.what == "2022年度也已结账，不能再调整2021年度"
    assert "年初余额调整" in problem.remedy
