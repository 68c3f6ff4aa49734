"""A measure: which statement is made about a coordinate — the actual, a budget, or a comparison with a base."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("actual", "initial_budget", "adjusted_budget", "change", "growth", "share", "completion", "count")
"""Every kind of measure. The last but one group carries the base it is compared with."""

COMPARISONS = frozenset({"change", "growth", "share", "completion"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind and, for comparisons, the base.

    The base of change and growth is a period (`2020`) or a budget (`initial_budget`); of completion a budget;
    of share the concept and dimensions of the whole (`expenditure[fund=general_public_budget]`).
    """

    kind: str
    of: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown measure {self.kind!r}: one of {', '.join(KINDS)}")
        if (self.kind in COMPARISONS) != bool(self.of):
            raise ValueError(
                f"measure {self.kind!r} {'needs a base: ' + self.kind + '(of=…)' if not self.of else 'has no base'}"
            )

    def __str__(self) -> str:
        return f"{self.kind}(of={self.of})" if self.of else self.kind


ACTUAL = Measure("actual")
INITIAL_BUDGET = Measure("initial_budget")
ADJUSTED_BUDGET = Measure("adjusted_budget")
COUNT = Measure("count")
