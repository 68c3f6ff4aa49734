"""Controlled rounding: printed figures that add up everywhere, each within one last digit."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from mingzhang.numbers import Infeasible, controlled_rounding


def thirds(count):
    return {"total": Fraction(count, 3), **{number: Fraction(1, 3) for number in range(count)}}


def all_parts(count):
    return [("total", dict.fromkeys(range(count), 1))]


def test_thirds_add_up_in_print():
    """Three times ⅓ prints as 0.33 + 0.33 + 0.34 = 1.00."""
    rounded = controlled_rounding(thirds(3), all_parts(3), 2)
    assert sorted(rounded.values()) == [Decimal("0.33"), Decimal("0.33"), Decimal("0.34"), Decimal("1.00")]
    assert str(rounded["total"]) == "1.00"


def test_half_up_stays_where_it_adds_up():
    """Nothing is moved without need."""
    values = {"total": Fraction("10.008"), "a": Fraction("4.006"), "b": Fraction("6.002")}
    rounded = controlled_rounding(values, [("total", {"a": 1, "b": 1})], 2)
    assert rounded == {"total": Decimal("10.01"), "a": Decimal("4.01"), "b": Decimal("6.00")}
    unrelated = controlled_rounding({"c": Fraction("0.005"), "d": Fraction("-0.005")}, [], 2)
    assert unrelated == {"c": Decimal("0.01"), "d": Decimal("-0.01")}


def test_figures_already_on_the_grid_stay_as_they_are():
    """A figure that needs no rounding is not rounded, even where that would be easier."""
    values = {
        "total": Fraction("1.00"),
        "a": Fraction("0.25"),
        "b": Fraction("0.375"),
        "c": Fraction("0.375"),
    }
    rounded = controlled_rounding(values, [("total", {"a": 1, "b": 1, "c": 1})], 2)
    assert (rounded["total"], rounded["a"]) == (Decimal("1.00"), Decimal("0.25"))
    assert {rounded["b"], rounded["c"]} == {Decimal("0.37"), Decimal("0.38")}


def test_the_figure_nearest_to_the_edge_is_the_one_that_moves():
    """Least total deviation: of 0.334 and 0.336 the one that loses less is printed away from its nearest."""
    values = {
        "total": Fraction("1.00"),
        "a": Fraction("0.331"),
        "b": Fraction("0.334"),
        "c": Fraction("0.335"),
    }
    rounded = controlled_rounding(values, [("total", {"a": 1, "b": 1, "c": 1})], 2)
    assert rounded == {
        "total": Decimal("1.00"),
        "a": Decimal("0.33"),
        "b": Decimal("0.33"),
        "c": Decimal("0.34"),
    }


def test_money_goes_in_as_yuan_and_comes_out_as_ten_thousands():
    """scale is the number of base units in one printed unit."""
    values = {"total": Fraction(100), "a": Fraction(50), "b": Fraction(50)}
    rounded = controlled_rounding(values, [("total", {"a": 1, "b": 1})], 2, 10_000)
    assert rounded["total"] == Decimal("0.01")
    assert {rounded["a"], rounded["b"]} == {Decimal("0.00"), Decimal("0.01")}


def test_differences_hold_as_sums_do():
    """Coefficients may be negative: balance = opening + in − out."""
    values = {
        "balance": Fraction("0.555"),
        "opening": Fraction("0.333"),
        "in": Fraction("0.777"),
        "out": Fraction("0.555"),
    }
    rounded = controlled_rounding(values, [("balance", {"opening": 1, "in": 1, "out": -1})], 2)
    assert rounded["balance"] == rounded["opening"] + rounded["in"] - rounded["out"]


def test_a_sum_that_is_not_true_is_named_and_left_out():
    """Figures that do not add up exactly cannot be made to by rounding; the rest still does."""
    values = {**thirds(3), "x": Fraction("0.5"), "y": Fraction("0.1")}
    found = controlled_rounding(values, [("x", {"y": 1}), *all_parts(3)], 1)
    assert isinstance(found, Infeasible)
    assert (found.untrue, found.broken, found.totals) == ((0,), (), ("x",))
    assert found.values["total"] == sum(found.values[number] for number in range(3))


def test_where_no_printing_exists_the_sum_that_gave_way_is_named():
    """Twice a half cannot be whole with both halves equal: a = b = ½·1 in print is impossible."""
    values = {"whole": Fraction(1), "half": Fraction(1, 2), "other": Fraction(1, 2)}
    sums = [("whole", {"half": 1, "other": 1}), ("half", {"other": 1})]
    found = controlled_rounding(values, sums, 0)
    assert isinstance(found, Infeasible)
    assert (found.untrue, found.broken, found.totals) == ((), (1,), ("half",))
    assert found.values["half"] + found.values["other"] == 1
    only = controlled_rounding(values, [("whole", {"half": 2})], 0)
    assert isinstance(only, Infeasible)
    assert only.broken == (0,)


def test_a_sum_over_an_unknown_figure_is_an_error():
    """A typing error in a key is not taken for zero."""
    with pytest.raises(KeyError):
        controlled_rounding({"total": Fraction(1)}, [("total", {"absent": 1})], 2)


def test_the_solver_is_loaded_only_when_needed():
    """`import mingzhang.numbers` stays light."""
    code = "import sys, mingzhang.numbers; assert not {'highspy', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
