"""Sentences follow the figures: directions, levels, bases of zero, lists, missing reasons."""

from fractions import Fraction

import pytest
from small_department import CENTRE, DEPARTMENT, GENERAL, OFFICE, small_store

from mingzhang.compose.phrases import TemplateError
from mingzhang.compose.printer import Printer
from mingzhang.compose.template import Writer
from mingzhang.facts import Point
from mingzhang.forms.edition import NumberStyle


def written(
    text: str, *, entity: str = DEPARTMENT, reasons: dict[str, str] | None = None, store=None, code: str = ""
) -> str:
    return "".join(span.text for span in writer_of(entity, reasons, store).render(text, code))


def writer_of(entity: str = DEPARTMENT, reasons: dict[str, str] | None = None, store=None) -> Writer:
    printer = Printer(store or small_store(), NumberStyle(strip_zeros=True))
    return Writer(printer, entity, 2021, {"name": "青岚区档案局", "year": "2021"}, reasons or {})


def test_a_figure_is_printed_once_from_its_exact_value_with_its_unit():
    assert written("{year}年支出{expenditure:万元}。") == "2021年支出1000万元。"
    assert written("{expenditure[function=2040601,nature=basic]:万元}") == "750万元"
    assert (
        written("{expenditure[economic=30201]:万元}、{expenditure[economic=30201]:元}")
        == "150万元、1500000.5元"
    )


def test_every_figure_span_carries_its_coordinate_and_exact_value():
    figures = [
        span.figure for span in writer_of().render("{expenditure[economic=30201]:万元}") if span.figure
    ]
    assert [(figure.coordinate, figure.value) for figure in figures] == [
        (f"expenditure[economic=30201]@{DEPARTMENT}/2021#actual", Fraction("1500000.50"))
    ]


def test_direction_words_follow_the_sign():
    assert written("{expenditure:同比}") == "增加150万元，增长17.6%"
    assert written("{expenditure:同比}", entity=CENTRE) == "减少10万元，下降7.7%"


def test_equal_years_are_level():
    store = small_store()
    store.add_points(
        [
            Point("vehicles", (("vehicle_kind", "other"),), CENTRE, year, Fraction(2))
            for year in ("2020", "2021")
        ]
    )
    assert written("{vehicles:同比}", store=store) == "持平"
    store.add_points(
        [
            Point("official_reception_spending", (("fund", GENERAL),), CENTRE, "2021", Fraction(500), measure)
            for measure in ("actual", "initial_budget")
        ]
    )
    assert written("{official_reception_spending[fund=fiscal]:比预算}", store=store) == "与年初预算持平"


def test_without_a_budget_nothing_is_said_to_equal_it():
    """No initial budget: that is said once, and only a sum that was spent is compared with it."""
    assert written("{official_reception_spending[fund=fiscal]:比预算}") == "年初未安排预算"
    store = small_store()
    point = Point("official_reception_spending", (("fund", GENERAL),), CENTRE, "2021", Fraction(30_000))
    store.add_points([point])
    told = written("{official_reception_spending[fund=fiscal]:比预算}", store=store)
    assert told == "年初未安排预算，比年初预算增加3万元"


def test_a_ratio_is_printed_with_its_lead_only_where_its_base_prints_as_more_than_zero():
    """{ratio:…} has nothing to say of a base that is zero; a base that is unknown is still to be supplied."""
    assert (
        written("支出{ratio:expenditure#completion(of=initial_budget):%:，完成预算的}。")
        == "支出，完成预算的98.5%。"
    )
    own = "official_vehicle_purchase[fund=fiscal]#completion(of=initial_budget)"
    assert written(f"购置费{{ratio:{own}:%:，完成预算的}}。") == "购置费。"


def test_a_fall_whose_rate_rounds_to_zero_is_still_a_fall():
    """减少 is never beside 增长0%."""
    store = small_store()
    points = (("2020", 100_000_000), ("2021", 99_990_000))
    store.add_points([Point("operating_costs", (), OFFICE, year, Fraction(yuan)) for year, yuan in points])
    assert written("{operating_costs:同比}", store=store, entity=OFFICE) == "减少1万元，下降0%"


def test_there_is_no_growth_from_a_negative_base():
    store = small_store()
    points = (("2020", -50_000), ("2021", 30_000))
    store.add_points([Point("operating_costs", (), OFFICE, year, Fraction(yuan)) for year, yuan in points])
    assert written("{operating_costs:同比}", store=store) == "增加8万元（上年为负数，不计算增幅）"


def test_there_is_no_growth_from_a_zero_base():
    assert written("{expenditure[function=2210201]:同比}") == "增加50万元（上年为0，不计算增幅）"
    assert written("{expenditure[function=2210201]#growth(of=last_year):增长}") == ""


def test_completion_names_its_base_and_says_when_none_was_set():
    assert written("{expenditure:完成}") == "完成年初预算的98.5%"
    assert written("{official_vehicle_purchase[fund=fiscal]:完成}") == "年初未安排预算"


def test_a_percentage_may_ask_for_more_decimals():
    assert written("{expenditure#completion(of=adjusted_budget):%2}") == "98.52%"


def test_a_reason_is_printed_where_the_figure_moved_and_asked_for_where_it_is_missing():
    slot = "{reason:expenditure#change(of=last_year):，主要原因是}"
    assert written(slot, reasons={"expenditure#change(of=last_year)": "新增项目。"}) == "，主要原因是新增项目"
    writer = writer_of()
    spans = writer.render(slot)
    assert spans[-1].missing
    assert [gap.key for gap in writer.missing] == ["expenditure#change(of=last_year)"]
    assert writer.missing[0].what == "变动原因：青岚区档案局 2021年度 本年支出 比2020年度的增减额"
    assert written("{reason:revenue[fund=business]#change(of=last_year):，主要原因是}") == ""


def test_the_reason_against_the_budget_says_the_direction():
    own = {"expenditure[function=204]#change(of=initial_budget)": "厉行节约"}
    text = written("{budget_reason:expenditure[function=$code]}", reasons=own, code="204")
    assert text == "，支出决算数小于年初预算数的主要原因是厉行节约"


def test_names_list_exactly_the_rows_that_are_not_zero():
    assert written("{names:expenditure[economic=personnel,nature=basic]:economic}") == "基本工资、住房公积金"
    assert written("{names:expenditure[nature=basic]:function}") == "行政运行、住房公积金"


@pytest.mark.parametrize(
    ("slot", "says"),
    [
        ("{expenditur}", "did you mean 'expenditure'"),
        ("{expenditure[function=99]}", "'99' is not a code"),
        ("{expenditure[funktion=204]}", "did you mean 'function'"),
        ("{expenditure@next_year}", "last_year"),
    ],
)
def test_a_slot_that_cannot_be_understood_says_why(slot: str, says: str):
    with pytest.raises(TemplateError, match=says.replace("?", r"\?")):
        written(slot)


def test_words_of_the_user_cannot_call_themselves_and_are_never_lost():
    writer = writer_of(
        reasons={"expenditure#change(of=last_year)": "见{reason:expenditure#change(of=last_year):因}"}
    )
    spans = writer.render("{reason:expenditure#change(of=last_year):，主要原因是}")
    assert spans[-1].missing
    assert [span.text for span in spans] == [
        "，主要原因是见",
        "{reason:expenditure#change(of=last_year):因}",
    ]
    assert "不能再引用" in writer.missing[0].what


def test_only_the_slot_that_cannot_be_understood_is_shown_as_missing():
    """The rest of the user's line is printed as meant, and the message is Chinese and says what was probably meant."""
    writer = writer_of()
    spans = writer.render_user("花了{expenditur}元，共{expenditure:万元}")
    assert "".join(span.text for span in spans) == "花了{expenditur}元，共1000万元"
    assert [span.text for span in spans if span.missing] == ["{expenditur}"]
    assert writer.missing[0].what == "文字中的数字引用“{expenditur}”（无法识别，是不是expenditure？）"


@pytest.mark.parametrize(
    "slot",
    ["{expenditure:人}", "{expenditure:张}", "{staff_in_post:万元}", "{ratio:expenditure:%:占}",
     "{names:expenditure:colour}", "{expenditure#share(of=nothing):%}"],
)  # fmt: skip
def test_a_figure_is_never_printed_in_a_unit_that_is_not_its_own(slot: str):
    """万元 as 人, a count as money, an amount as a ratio: each is a slip that would print a wrong figure."""
    with pytest.raises(TemplateError):
        written(slot)


def test_a_slot_may_ask_for_months_of_the_year():
    """Reports print January to November and the whole year side by side: each is a period of its own."""
    store = small_store()
    store.add_points(
        [
            Point("vehicles", (("vehicle_kind", "other"),), CENTRE, "2021-01..2021-11", Fraction(7)),
            Point("vehicles", (("vehicle_kind", "other"),), CENTRE, "2021", Fraction(9)),
        ]
    )
    assert (
        written(
            "{vehicles[vehicle_kind=other]@1-11:辆}、{vehicles[vehicle_kind=other]:辆}",
            entity=CENTRE,
            store=store,
        )
        == "7辆、9辆"
    )


@pytest.mark.parametrize("period", ["0-11", "11-1", "1-13"])
def test_months_that_a_year_does_not_have_are_refused(period):
    """The message says how months are written."""
    with pytest.raises(TemplateError, match="起止月份"):
        written(f"{{vehicles@{period}:辆}}")
