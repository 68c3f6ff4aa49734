"""What a metric answers (指标答数): a value with its parts and the records it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Answer:
    """A metric's value in base units (yuan, the plain ratio, the thing counted) and where it can be seen.

    A rate that is counted states its `numerator` and `denominator`. `rows` are the records it rests on
    (`Text:12`), none where a cell of the cube stands for them: `coordinate` then leads down to the vouchers.
    """

    value: Fraction
    source: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    rows: tuple[str, ...] = ()
    coordinate: str = ""
