"""Sentences follow the figures: directions, levels, bases of zero, lists, missing reasons."""

from fractions import Fraction

import pytest
from small_department import CENTRE, DEPARTMENT, small_store

from mingzhang.compose.printer import Printer
from mingzhang.compose.template import TemplateError, Writer
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
    assert written("{official_reception_spending[fund=fiscal]:比预算}") == "与年初预算持平"


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
    assert "见{reason" in spans[-1].text
    assert "不能再引用" in writer.missing[0].what
    assert writer.render_user("花了{expenditur}元")[0].text == "花了{expenditur}元"
