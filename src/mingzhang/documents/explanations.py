"""An explanation: what stands behind one figure, ready to be shown to a reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a figure means and comes from.

    `parts` are (label, coordinate, exact value); each part has an explanation of its own. `records` are vouchers
    or register rows: (number, date, summary, amount); empty where they are not for publication.
    """

    coordinate: str
    title: str
    exact: str
    meaning: str
    formula: str
    parts: tuple[tuple[str, str, str], ...] = ()
    records: tuple[tuple[str, str, str, str], ...] = ()
