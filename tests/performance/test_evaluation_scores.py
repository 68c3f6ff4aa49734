"""Every row of the scoring rules, and what must hold whatever the numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import Indicator, Operator, Target, TargetError, target_of
from mingzhang.performance.scoring import Actual, ScoreError, execution_score, indicator_score

HUBEI, NATIONAL = scoring_forms()["hubei"], scoring_forms()["national"]


def indicator(target: str, weight=10, name="指标"):
    return Indicator(name, ("产出指标", "数量指标"), target_of(target), Fraction(weight))


def points(target, actual, form=HUBEI, weight=10):
    value = actual if isinstance(actual, Actual) else Actual(Fraction(str(actual)))
    return indicator_score(indicator(target, weight), value, form.rules).points


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥800次", 800, "10"),
        ("≥800次", 1_000, "10"),
        ("≥800次", 400, "5"),
        ("≥800次", 0, "0"),
        (">95%", 96, "10"),
        ("≤3%", "1.46", "10"),
        ("≤3%", 3, "10"),
        ("≤3%", 6, "5"),
        ("≤3%", 0, "10"),
        ("≤0件", 0, "10"),
        ("≤0件", 1, "0"),
        ("=100%", 100, "10"),
        ("=100%", 90, "9"),
        ("=100%", 250, "0"),
        ("80—100人", 90, "10"),
        ("80—100人", 40, "5"),
        ("80—100人", 200, "5"),
        ("≥0件", 0, "10"),
    ],
)
def test_an_indicator_scores_by_its_direction(target, actual, expected):
    """正向 w×B/A, 反向 w×A/B, 等值, 区间; a target of nothing; never above the weight."""
    assert points(target, actual) == Fraction(expected)


@pytest.mark.parametrize(
    ("form", "level", "share", "expected"),
    [
        (HUBEI, "达成预期指标", None, "10"),
        (HUBEI, "达成预期指标", "0.8", "8"),
        (HUBEI, "部分达成预期指标并具有一定效果", "0.5", "5"),
        (HUBEI, "未达成预期指标且效果较差", "0", "0"),
        (NATIONAL, "部分达成年度指标并具有一定效果", "0.6", "6"),
    ],
)
def test_a_qualitative_indicator_scores_within_the_band_of_its_level(form, level, share, expected):
    """达成 100–80 %, 部分达成 80–50 % (national 80–60 %), 未达成 below."""
    actual = Actual(level=level, share=None if share is None else Fraction(share))
    assert points("及时", actual, form) == Fraction(expected)


def test_a_share_outside_its_band_is_refused():
    """部分达成 cannot score like 达成."""
    with pytest.raises(ScoreError, match="50%至80%"):
        points("及时", Actual(level="部分达成预期指标并具有一定效果", share=Fraction("0.9")))


def test_a_level_of_another_form_is_refused():
    """The message offers this form's levels."""
    with pytest.raises(ScoreError, match="达成预期指标"):
        points("及时", Actual(level="圆满完成"))


def test_words_are_not_taken_for_a_number():
    """A measured target wants a measured value."""
    with pytest.raises(ScoreError, match="填数值"):
        indicator_score(indicator("≥95%"), Actual(level="达成预期指标"), HUBEI.rules)


def test_what_nobody_knows_scores_nothing():
    """Missing is not zero, and not full marks."""
    score = indicator_score(indicator("≤3%"), Actual(), HUBEI.rules)
    assert (score.points, score.reached) == (0, False)


def test_the_national_form_takes_back_what_a_target_judged_too_low_gave():
    """Twice the target is 100 % over: what lies beyond the tolerated 30 % is lost; without the judgement nothing is."""
    low = Actual(Fraction(200), target_was_low=True)
    assert points("≥100次", low, NATIONAL) == 3
    assert points("≥100次", Actual(Fraction(130), target_was_low=True), NATIONAL) == 10
    assert points("≥100次", 200, NATIONAL) == 10
    assert points("≥100次", low, HUBEI) == 10


@pytest.mark.parametrize(
    ("budget", "executed", "form", "expected"),
    [
        ("145", "133.3", HUBEI, "18.386"),
        ("440.24", "385.14", HUBEI, "17.497"),
        ("3516.88", "3369.44", HUBEI, "19.162"),
        ("3516.88", "3369.44", NATIONAL, "9.581"),
        ("100", "120", HUBEI, "20"),
        ("0", "0", HUBEI, "20"),
    ],
)
def test_execution_scores_by_its_rate(budget, executed, form, expected):
    """20 (10) × rate, at most the weight."""
    score = execution_score(Fraction(budget), Fraction(executed), form.rules)
    assert abs(score.points - Fraction(expected)) <= Fraction(1, 2000)


@pytest.mark.parametrize(("budget", "executed"), [("0", "1"), ("-1", "0"), ("1", "-1")])
def test_impossible_amounts_are_refused(budget, executed):
    """Money spent without a budget, amounts below zero."""
    with pytest.raises(ScoreError):
        execution_score(Fraction(budget), Fraction(executed), HUBEI.rules)


def full_marks(budget, executed, form=HUBEI):
    indicators = [indicator("≥1次", form.for_indicators, "全部目标")]
    return evaluate(form, Fraction(budget), Fraction(executed), indicators, {"全部目标": Actual(Fraction(1))})


def test_the_published_score_that_follows_comes_out():
    """133.3 of 145 with every target reached is 98.39, printed 98.4."""
    evaluation = full_marks("145", "133.3")
    assert evaluation.total == Fraction("98.39")
    assert evaluation.grade == "优"
    assert [what for what, _ in evaluation.must_explain()] == ["预算执行率"]


@pytest.mark.parametrize(
    ("budget", "executed", "published"), [("440.24", "385.14", "99.1"), ("3516.88", "3369.44", "99.4")]
)
def test_the_published_scores_that_do_not_follow_exceed_what_is_possible(budget, executed, published):
    """No indicator can make good for what execution lost."""
    assert full_marks(budget, executed).total < Fraction(published) - Fraction(5, 100)


measured = st.builds(
    Target,
    st.sampled_from(
        [Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN, Operator.EQUAL]
    ),
    st.fractions(0, 10_000, max_denominator=100),
)
values = st.fractions(0, 20_000, max_denominator=100)


@given(
    target=measured,
    value=values,
    weight=st.fractions(1, 60, max_denominator=10),
    form=st.sampled_from([HUBEI, NATIONAL]),
)
def test_a_score_stays_between_nothing_and_its_weight(target, value, weight, form):
    """Whatever is reached."""
    score = indicator_score(Indicator("甲", ("", ""), target, weight), Actual(value), form.rules)
    assert 0 <= score.points <= weight


@given(target=measured.filter(lambda target: target.operator is not Operator.EQUAL), one=values, two=values)
def test_better_never_scores_less(target, one, two):
    """More for a positive indicator, less for a reverse one; the form that takes back excess aside."""
    worse, better = sorted((one, two), reverse=target.operator.is_reverse)
    made = Indicator("甲", ("", ""), target, Fraction(10))
    assert (
        indicator_score(made, Actual(worse), HUBEI.rules).points
        <= indicator_score(made, Actual(better), HUBEI.rules).points
    )


@given(
    budget=st.fractions(1, 10_000, max_denominator=100), executed=st.fractions(0, 10_000, max_denominator=100)
)
def test_the_total_is_the_sum_of_what_the_rows_print(budget, executed):
    """No hidden digits in the total."""
    evaluation = full_marks(budget, executed)
    assert evaluation.total * 100 == int(evaluation.total * 100)
    assert evaluation.total <= 100


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("≥95%", "≥95%"),
        ("不少于6次", "≥6次"),
        ("800次", "≥800次"),
        ("3%-5%", "3—5%"),
        ("＜1.5", "<1.5"),
        ("及时", "及时"),
        ("1,000件", "≥1000件"),
    ],
)
def test_targets_are_read_as_people_write_them(text, written):
    """Signs in words and symbols; words alone are qualitative."""
    assert target_of(text).in_chinese() == written


@pytest.mark.parametrize("text", ["", "  ", "5—3%"])
def test_a_text_that_states_no_target_is_refused(text):
    """Nothing, and bounds the wrong way round."""
    with pytest.raises(TargetError):
        target_of(text)
