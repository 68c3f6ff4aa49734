"""Figures counted from the books: fields, rows, deadlines, stocks of past days, areas; nothing sealed is read."""

from datetime import date

import pytest

from mingzhang.casework.definitions import Counting, Flavour, Metric
from mingzhang.casework.periods import as_at, months, year
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.metrics import figure, figures, metric_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.people import add_person
from mingzhang.records.casework.transitions import take
from records.casework.helping import TODAY, clean, key


def value(metric, period=None, **stated):
    return figure(metric, period or year(2023), today=TODAY, **stated).printed


def test_a_figure_opens_to_its_records(district, opened):
    first, second = opened(on=date(2023, 3, 1)), opened(on=date(2023, 12, 1), today=date(2023, 12, 1))
    found = figure("M99-01", year(2023), today=TODAY)
    assert found.keys == (first.key, second.key)
    assert (found.printed, found.grain, found.late) == ("2", "records", found.keys)
    assert value("M99-01", months(2023, 1, 11)) == "1"
    assert value("M99-01", year(2022)) == "0"
    assert value("M99-03") == "—"


def test_areas_and_organisations_narrow_a_figure(district, opened):
    opened()
    opened(area="990111002001")
    assert value("M99-01", area=district.east) == "1"
    assert value("M99-01", area=district.areas["990111"]) == "2"
    assert value("M99-01", entity=district.unit) == "0"


def test_rows_and_lists_are_read(district, opened):
    opened(groups=["老年人"])
    opened(groups=["其他"])
    assert value("M99-06") == "1"


def test_a_stock_of_a_past_day_sees_the_states_of_that_day(district, opened):
    record = opened(on=date(2023, 3, 1))
    opened(on=date(2023, 6, 1))
    take(
        district.clerk, record, "refuse", {"grounds": "不符合条件"},
        occurred_on=date(2023, 7, 2), command_key=key(), today=TODAY,
    )  # fmt: skip
    assert value("M99-07", as_at(date(2023, 3, 31))) == "1"
    assert value("M99-07", as_at(date(2023, 2, 28))) == "0"
    assert value("M99-07", as_at(date(2023, 7, 1))) == "2"
    assert value("M99-07", as_at(TODAY)) == "1"


def test_a_registry_counts_what_is_in_force_on_the_day(district):
    lawyers = Metric("M99-x", "window_service", "律师", "名", Flavour.STOCK, Counting(kinds=("lawyer",)))
    person = add_person(date(2020, 1, 1), {"name": "某律师"})
    kept, ended = (
        open_record(
            district.clerk, "window_service.lawyer", {"person": person.key, "firm": "某所"},
            occurred_on=on, command_key=key(), today=TODAY, reason="另一人",
        )
        for on in (date(2023, 2, 1), date(2023, 3, 1))
    )  # fmt: skip
    take(district.clerk, ended, "end", {}, occurred_on=date(2023, 6, 1), command_key=key(), today=TODAY)

    def there(day):
        return set(figure(lawyers, as_at(day), today=TODAY).keys)

    assert there(date(2023, 1, 31)) == set()
    assert there(date(2023, 2, 1)) == {kept.key}
    assert there(date(2023, 6, 1)) == {kept.key, ended.key}
    assert there(date(2023, 6, 2)) == {kept.key}


def test_a_stock_of_a_past_day_sees_the_fields_of_that_day(district):
    """What changed afterwards is as it was then; what was wrong from the first and corrected later counts as it should have been."""
    person = add_person(date(2020, 1, 1), {"name": "某律师"})
    lawyer = open_record(
        district.clerk, "window_service.lawyer", {"person": person.key, "firm": "甲所"},
        occurred_on=date(2023, 2, 1), command_key=key(), today=TODAY,
    )  # fmt: skip
    take(
        district.clerk, lawyer, "change", {"firm": "乙所"},
        occurred_on=date(2023, 6, 1), command_key=key(), today=TODAY,
    )  # fmt: skip

    def at(firm, day):
        counting = Counting(kinds=("lawyer",), where={"firm": firm})
        return value(Metric("M99-x", "window_service", "律师", "名", Flavour.STOCK, counting), as_at(day))

    assert [at(firm, date(2023, 5, 31)) for firm in ("甲所", "乙所")] == ["1", "0"]
    assert [at(firm, date(2023, 6, 1)) for firm in ("甲所", "乙所")] == ["0", "1"]
    correct(district.clerk, lawyer, {"firm": "丙所"}, "登记时写错", today=TODAY)
    assert [at(firm, date(2023, 5, 31)) for firm in ("甲所", "丙所")] == ["1", "0"]
    assert at("丙所", date(2023, 6, 1)) == "1"
    assert at("甲所", date(2023, 1, 31)) == "0"


def test_deadlines_count_by_their_due_day(district, opened):
    record = opened(on=date(2023, 3, 1))
    assert figure("M99-09", year(2023), today=TODAY).printed == "0%"
    found = figure("M99-09", months(2023, 3, 3), today=TODAY)
    assert (found.base_keys, found.denominator) == ((record.key,), 1)
    assert figure("M99-09", year(2023), today=date(2023, 3, 2)).printed == "—"


def test_several_figures_at_once_are_the_same_as_one_by_one(district, opened):
    opened(groups=["老年人"])
    opened(area="990111002001")
    wanted = [metric_of(f"M99-0{number}") for number in range(1, 10)]
    together = figures(wanted, year(2023), today=TODAY)
    assert together == [figure(metric.id, year(2023), today=TODAY) for metric in wanted]
    clean()


def test_reading_figures_opens_nothing_sealed(district, opened, django_assert_max_num_queries, monkeypatch):
    for _ in range(5):
        opened()
    monkeypatch.setattr("mingzhang.records.casework.sealing._opened", None)
    with django_assert_max_num_queries(16):
        figures([metric_of("M99-01"), metric_of("M99-02"), metric_of("M99-03")], year(2023), today=TODAY)
    assert Record.objects.count() == 5


def test_a_metric_that_no_line_has(window):
    with pytest.raises(RefusedError, match="M00-00"):
        metric_of("M00-00")
