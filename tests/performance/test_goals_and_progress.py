"""Goals checked when they are set, parts put together, progress told on any day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.performance.aggregate import Part, funds, together
from mingzhang.performance.form import goal_complaints
from mingzhang.performance.indicator import Indicator, target_of
from mingzhang.performance.monitoring import Light, execution_progress, indicator_progress
from mingzhang.performance.scoring import Actual

HUBEI, NATIONAL = scoring_forms()["hubei"], scoring_forms()["national"]


def goals(**changes):
    stated = {
        "普法活动次数": ("产出指标", "数量指标", "≥800次", 40, "events"),
        "重新犯罪率": ("效益指标", "社会效益指标", "≤3%", 30, "reoffending"),
        "群众满意度": ("满意度指标", "服务对象满意度指标", "≥95%", 10, "rating"),
    }
    return [
        Indicator(name, (first, second), target_of(target), Fraction(weight), metric)
        for name, (first, second, target, weight, metric) in (stated | changes).items()
    ]


def codes(indicators, form=HUBEI, last_year=None):
    return {
        (complaint.code, complaint.indicator) for complaint in goal_complaints(form, indicators, last_year)
    }


def test_complete_measurable_goals_pass():
    """Weights of 80, each level, each bound to a record."""
    assert codes(goals()) == set()


def test_weights_must_leave_what_execution_takes():
    """70 of 80."""
    assert ("weights_do_not_add_up", "") in codes(
        goals(群众满意度=("满意度指标", "服务对象满意度指标", "≥95%", 0.5, "r"))
    )


def test_the_national_form_fixes_the_weights_of_its_levels():
    """50, 30, 10."""
    assert ("level_weight", "") in codes(
        goals(群众满意度=("满意度指标", "服务对象满意度指标", "≥95%", 20, "r")), NATIONAL
    )


def test_a_target_that_cannot_be_measured_is_to_be_replaced():
    """辖区文明程度=高."""
    assert ("not_measurable", "辖区文明程度") in codes(
        goals(辖区文明程度=("效益指标", "社会效益指标", "高", 1, ""))
    )


def test_an_indicator_that_no_record_answers_is_told():
    """Neither a metric nor evidence nor a reporter."""
    assert ("nobody_answers", "走访户数") in codes(goals(走访户数=("产出指标", "数量指标", "≥10户", 1, "")))


def test_a_rate_over_a_hundred_is_told():
    """≥120% of a satisfaction."""
    assert ("over_hundred", "群众满意度") in codes(
        goals(群众满意度=("满意度指标", "服务对象满意度指标", "≥120%", 10, "r"))
    )


def test_a_target_far_below_last_year_is_questioned():
    """800 where 3558 were reached."""
    assert ("target_too_low", "普法活动次数") in codes(goals(), last_year={"普法活动次数": Fraction(3558)})


def test_a_missing_level_is_told():
    """No satisfaction is a warning, no output an error."""
    left = [indicator for indicator in goals() if indicator.levels[0] != "产出指标"]
    found = {complaint.code: complaint.severity for complaint in goal_complaints(HUBEI, left)}
    assert found["level_empty"] == "error"


money = st.fractions(0, 10_000, max_denominator=100)


@given(st.lists(st.tuples(money, money, st.fractions(0, 100, max_denominator=10)), min_size=1, max_size=8))
def test_the_whole_has_the_sum_of_the_funds_and_a_rate_between_the_parts(stated):
    """Absolute values add up; a rate weighed by funds lies between the least and the greatest."""
    parts = [Part(budget, executed, Actual(value)) for budget, executed, value in stated]
    assert funds(parts) == (sum(b for b, _, _ in stated), sum(e for _, e, _ in stated))
    assert together(parts, relative=False).value == sum(value for _, _, value in stated)
    rate = together(parts, relative=True).value
    assert min(value for _, _, value in stated) <= rate <= max(value for _, _, value in stated)


def test_a_part_that_does_not_know_leaves_the_whole_unknown():
    """Nothing is guessed."""
    assert together(
        [Part(Fraction(1), Fraction(1), Actual()), Part(Fraction(1), Fraction(1), Actual(Fraction(3)))],
        relative=False,
    ).is_missing


@pytest.mark.parametrize(
    ("executed", "on", "light"),
    [
        ("50", date(2021, 6, 30), Light.GREEN),
        ("35", date(2021, 6, 30), Light.YELLOW),
        ("10", date(2021, 6, 30), Light.RED),
        ("101", date(2021, 11, 30), Light.RED),
    ],
)
def test_execution_is_held_against_the_calendar(executed, on, light):
    """Half a year, half the money."""
    progress = execution_progress(Fraction(100), Fraction(executed), on, 2021)
    assert progress.light is light
    assert progress.reason


@pytest.mark.parametrize(
    ("target", "value", "cumulative", "light"),
    [
        ("≥800次", 900, True, Light.GREEN),
        ("≥800次", 100, True, Light.RED),
        ("≤3%", "1.46", False, Light.GREEN),
        ("≤3%", 4, False, Light.RED),
        ("≤10件", 8, True, Light.YELLOW),
        ("≥95%", 90, False, Light.YELLOW),
        ("及时", 1, True, Light.GREY),
    ],
)
def test_an_indicator_gets_a_light_with_its_reason(target, value, cumulative, light):
    """Counts grow, rates stand; a reverse count that will pass its limit is yellow before it does."""
    progress = indicator_progress(
        target_of(target), Fraction(str(value)), date(2021, 6, 30), 2021, cumulative=cumulative
    )
    assert progress.light is light
    assert progress.reason
