"""The table of rules and tests is whole; rules that no other file holds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from mingzhang.catalogue.loading.ex_ante import ex_ante_rules
from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.performance.aggregate import Part, together
from mingzhang.performance.ex_ante import Judged, ex_ante_complaints, total_of
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import Indicator, target_of
from mingzhang.performance.scoring import Actual, indicator_score
from performance.formulas import FORMULAS

HUBEI, NATIONAL = scoring_forms()["hubei"], scoring_forms()["national"]


def indicator(target: str, weight=80, name="指标"):
    return Indicator(name, ("产出指标", "数量指标"), target_of(target), Fraction(weight))


@pytest.mark.parametrize("name", FORMULAS)
def test_every_rule_names_a_test_that_is_there(name):
    """The file and the function."""
    path, _, function = FORMULAS[name][1].partition("::")
    text = (Path(__file__).parents[1] / path).read_text(encoding="utf-8")
    assert f"def {function}(" in text


@pytest.mark.parametrize("name", ["national", "national_cost", "shanghai"])
def test_forms_split_a_hundred_points_as_they_say(name):
    """Execution and the levels; with cost indicators 20, 40, 20, 10."""
    form = scoring_forms()[name]
    assert form.rules.execution + sum(form.weights.values()) == 100
    wanted = [50, 30, 10] if name == "national" else [20, 40, 20, 10]
    assert list(form.weights.values()) == wanted


@pytest.mark.parametrize(
    ("form", "total", "grade"),
    [
        ("hubei", "100", "优"),
        ("hubei", "90", "优"),
        ("hubei", "89.99", "良"),
        ("hubei", "80", "良"),
        ("hubei", "79.99", "中"),
        ("hubei", "60", "中"),
        ("hubei", "59.99", "差"),
        ("shanghai", "90", "优"),
        ("shanghai", "75", "良"),
        ("shanghai", "74.99", "合格"),
        ("shanghai", "59.99", "不合格"),
    ],
)
def test_a_total_falls_into_its_band(form, total, grade):
    """The better band on a border."""
    assert scoring_forms()[form].grade(Fraction(total)) == grade


def test_spending_beyond_the_budget_earns_nothing_and_must_be_explained():
    """120 of 100."""
    done = evaluate(HUBEI, Fraction(100), Fraction(120), [indicator("≥1次")], {"指标": Actual(Fraction(1))})
    assert done.total == 100
    assert done.must_explain() == [("预算执行率", "执行数超过全年预算数")]


@pytest.mark.parametrize(
    ("target", "actual", "executed", "what"),
    [
        ("≥100次", 90, 100, [("指标", "没有达到目标")]),
        ("≤3%", 4, 100, [("指标", "没有达到目标")]),
        ("≥100次", 131, 100, [("指标", "超过目标较多，目标可能定得过低")]),
        ("≥100次", 130, 100, []),
        ("≤3%", 1, 100, []),
        ("≥100次", 100, 99, [("预算执行率", "预算没有全部执行")]),
        ("≥100次", None, 100, [("指标", "没有实际完成值")]),
    ],
)
def test_what_must_be_explained(target, actual, executed, what):
    """Missed, exceeded, unknown, far over, not fully spent; nothing else."""
    value = Actual() if actual is None else Actual(Fraction(actual))
    done = evaluate(HUBEI, Fraction(100), Fraction(executed), [indicator(target)], {"指标": value})
    assert done.must_explain() == what


def test_qualitative_scores_are_weighed_by_funds():
    """Full marks for three parts of the money, half for one."""
    best, middle = (level.name for level in HUBEI.rules.levels[:2])
    stated = [(Fraction(3), Actual(level=best)), (Fraction(1), Actual(level=middle, share=Fraction(1, 2)))]
    scored = [
        Part(funds, funds, Actual(indicator_score(indicator("及时", 10), actual, HUBEI.rules).points))
        for funds, actual in stated
    ]
    assert together(scored, relative=True).value == Fraction("8.75")


def test_an_ex_ante_evaluation_adds_its_points_and_follows_them():
    """90 supports, 70 in part, 50 not; money must fit."""
    rules = ex_ante_rules()
    for points, conclusion in ((18, "予以支持"), (14, "部分支持"), (10, "不予支持")):
        judged = {aspect.name: Judged(Fraction(points), "有依据") for aspect in rules.aspects}
        assert rules.conclusion(total_of(judged)) == conclusion
        refused = conclusion == rules.refusal
        money = Fraction(0) if refused else Fraction(5)
        assert ex_ante_complaints(rules, judged, Fraction(10), money) == []
        wrong = Fraction(5) if refused else Fraction(0)
        assert len(ex_ante_complaints(rules, judged, Fraction(10), wrong)) == 1
