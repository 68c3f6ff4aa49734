"""An indicator bound to a metric of a line: its value, parts and records; up to a day; nothing where nobody keeps the line."""

from datetime import date
from fractions import Fraction

import pytest

from mingzhang.records.models import Entity, GoalIndicator, Goals
from mingzhang.records.performance.metrics import is_metric, metric
from mingzhang.records.performance.values import found_values
from mingzhang.records.points import fact_store


@pytest.fixture
def department(db):
    made = Entity.objects.create(code="dept", name="示例局", kind="department", order=1)
    Entity.objects.create(code="office", name="示例局本级", kind="administrative", parent=made, order=1)
    return made


def test_an_indicator_is_answered_by_the_records_of_a_line(opened, department):
    """Two requests by June, three in the year; their keys stand with the value."""
    records = [opened(on=on) for on in (date(2023, 3, 1), date(2023, 5, 8), date(2023, 9, 4))]
    goals = Goals.objects.create(entity=department, year=2023, form="hubei")
    GoalIndicator.objects.create(
        goals=goals, order=1, first_level="产出指标", second_level="数量指标", name="收件", target="≥2件", weight=80, metric="M99-01"
    )  # fmt: skip
    store = fact_store("dept", (2022, 2023))
    assert is_metric("M99-01", store.vocabulary)
    found = found_values(goals, store)["收件"]
    assert found.actual.value == 3
    assert set(found.answer.rows) == {record.key for record in records}
    assert found.source == "业务台账：收件数（2023年，M99-01）"
    assert found_values(goals, store, date(2023, 6, 30))["收件"].actual.value == 2


def test_a_rate_states_its_parts_and_nothing_over_nothing(opened, department):
    """No decision yet: no rate, rather than none of nothing."""
    opened()
    store = fact_store("dept", (2022, 2023))
    assert metric("M99-03", 2023, department, store) is None
    assert metric("M99-01", 2023, department, store).numerator == Fraction(1)


def test_a_line_that_nobody_keeps_answers_nothing(district, department):
    """And a unit of the department is not told apart."""
    store = fact_store("dept", (2022, 2023))
    assert metric("M99-01", 2023, department, store) is None
    assert not is_metric("M98-01", store.vocabulary)


def test_an_indicator_may_ask_the_first_months_alone(opened, department):
    """Three requests in the year, two of them by June; months that are none are no metric."""
    for on in (date(2023, 3, 1), date(2023, 5, 8), date(2023, 9, 4)):
        opened(on=on)
    store = fact_store("dept", (2022, 2023))
    assert metric("M99-01@1-6", 2023, department, store).value == 2
    assert metric("M99-01@1-6", 2023, department, store).source.startswith("业务台账：收件数（2023年1—6月")
    assert metric("M99-01@7-9", 2023, department, store, date(2023, 6, 30)) is None
    assert is_metric("M99-01@1-6", store.vocabulary)
    assert not is_metric("M99-01@6-1", store.vocabulary)
    assert not is_metric("M99-01@1-13", store.vocabulary)
