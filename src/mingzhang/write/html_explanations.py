"""Explanations as data for the page: each refers to its parts by number."""

from __future__ import annotations

from collections.abc import Mapping

from mingzhang.documents import Explanation
from mingzhang.write.visible_text import visible

Data = dict[str, object]


def explanation_data(
    explanations: Mapping[str, Explanation], numbers: Mapping[str, int], year: int
) -> list[Data]:
    """One entry an explanation, in the order of `numbers`; absent things are left out."""
    return [_entry(explanation, numbers, year) for explanation in explanations.values()]


def _entry(explanation: Explanation, numbers: Mapping[str, int], year: int) -> Data:
    entry: Data = {
        "coordinate": explanation.coordinate,
        "title": visible(explanation.title),
        "exact": visible(explanation.exact),
        "meaning": visible(explanation.meaning),
        "formula": visible(explanation.formula),
    }
    if explanation.parts:
        entry["parts"] = [
            [visible(label), visible(exact), numbers.get(coordinate, -1)]
            for label, coordinate, exact in explanation.parts
        ]
    if explanation.records:
        entry["records"] = [[visible(text) for text in record] for record in explanation.records]
    before = numbers.get(explanation.coordinate.replace(f"/{year}#", f"/{year - 1}#"))
    if before is not None and f"/{year}#" in explanation.coordinate:
        entry["before"] = before
    return entry
