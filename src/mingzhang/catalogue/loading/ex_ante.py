"""The rules of ex-ante evaluation (事前绩效评估) of `catalogue/performance/ex_ante.toml`."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path

from mingzhang.catalogue import performance
from mingzhang.performance.ex_ante import Aspect, ExAnteRules
from mingzhang.performance.form import Grade
from mingzhang.performance.scoring import HUNDRED


@cache
def ex_ante_rules() -> ExAnteRules:
    """The rules. Raises ValueError where they contradict themselves: the file is our own."""
    stated = tomllib.loads((Path(performance.__path__[0]) / "ex_ante.toml").read_text(encoding="utf-8"))
    rules = ExAnteRules(
        tuple(Aspect(each["name"], Fraction(each["weight"])) for each in stated["aspects"]),
        tuple(Grade(each["name"], Fraction(each["low"])) for each in stated["conclusions"]),
        Fraction(stated["threshold_yuan"]),
        stated["source"],
    )
    if sum(aspect.weight for aspect in rules.aspects) != HUNDRED:
        raise ValueError("performance/ex_ante.toml: the weights do not add up to a hundred")
    lows = [each.low for each in rules.conclusions]
    if lows != sorted(lows, reverse=True) or lows[-1] != 0:
        raise ValueError("performance/ex_ante.toml: the conclusions leave a hole")
    return rules
