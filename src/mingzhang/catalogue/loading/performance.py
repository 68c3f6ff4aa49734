"""The self-evaluation forms (绩效自评表) of `catalogue/performance/forms.toml`, by name."""

from __future__ import annotations

import itertools
import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.catalogue import performance
from mingzhang.performance.form import Grade, ScoringForm
from mingzhang.performance.scoring import HUNDRED, Level, Rules


@cache
def scoring_forms() -> dict[str, ScoringForm]:
    """All forms. Raises ValueError where one contradicts itself: the file is our own."""
    data = tomllib.loads((Path(performance.__path__[0]) / "forms.toml").read_text(encoding="utf-8"))
    grades = data.pop("grades")
    forms = {name: _form(name, _inherited(name, data), grades) for name in data}
    for form in forms.values():
        _check(form)
    return forms


def _inherited(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """What a form states over what its base states."""
    own = data[name]
    return {**_inherited(own["base"], data), **own} if "base" in own else own


def _form(name: str, stated: dict[str, Any], grades: dict[str, Any]) -> ScoringForm:
    return ScoringForm(
        name=name,
        chinese=stated["chinese"],
        rules=Rules(
            execution=Fraction(stated["execution"]),
            levels=tuple(
                Level(level["name"], Fraction(level["low"]), Fraction(level["high"]))
                for level in stated["levels"]
            ),
            over_achieved=Fraction(stated["over_achieved"]),
            reduces_excess=stated.get("reduces_excess", False),
            explain_below=Fraction(stated["explain_below"]),
        ),
        tree={first: tuple(seconds) for first, seconds in stated["tree"].items()},
        grades=tuple(Grade(grade, Fraction(low)) for grade, low in grades[stated["grades"]]),
        weights={level: Fraction(weight) for level, weight in stated["weights"].items()},
        source=stated["source"],
    )


def _check(form: ScoringForm) -> None:
    """Weights leave what execution takes; levels and bands cover everything without a hole."""
    if form.weights and sum(form.weights.values()) != form.for_indicators:
        raise ValueError(f"performance/forms.toml, {form.name}: the weights do not add up to a hundred")
    if form.weights and form.weights.keys() != form.tree.keys():
        raise ValueError(f"performance/forms.toml, {form.name}: weights and tree name different levels")
    bounds = [(level.low, level.high) for level in form.rules.levels]
    if bounds[0][1] != 1 or bounds[-1][0] != 0 or any(a[0] != b[1] for a, b in itertools.pairwise(bounds)):
        raise ValueError(f"performance/forms.toml, {form.name}: the levels leave a hole")
    lows = [grade.low for grade in form.grades]
    if lows != sorted(lows, reverse=True) or lows[-1] != 0 or lows[0] >= HUNDRED:
        raise ValueError(f"performance/forms.toml, {form.name}: the grades are not in order")
