"""The article of a web page: the smallest part that holds nearly all text that is not a link."""

from __future__ import annotations

from typing import Any

from lxml import etree

from mingzhang.read.reports.html_tables import is_data_table
from mingzhang.read.reports.html_text import is_dropped

_CONTAINERS = frozenset(
    ["article", "body", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr"]
)
_NEARLY_ALL = 0.9
_DIGIT = 5


def article_of(root: Any) -> Any:
    """The element of the article; the whole page where nothing stands out."""
    weights = _weights(root)
    whole = weights.get(root, 0)
    article = root
    while True:
        heavy = [
            child
            for child in article
            if child.tag in _CONTAINERS and weights.get(child, 0) >= _NEARLY_ALL * max(whole, 1)
        ]
        if len(heavy) != 1 or (heavy[0].tag == "table" and is_data_table(heavy[0])):
            return article
        article = heavy[0]


def _weights(root: Any) -> dict[Any, int]:
    """Characters outside links, for every container."""
    weights: dict[Any, int] = {}
    sums = [0]
    links = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start":
            sums.append(0)
            if is_dropped(element):
                walk.skip_subtree()
                continue
            links += element.tag == "a"
            if not links:
                sums[-1] += _ink(element.text)
            continue
        if event == "end":
            own = sums.pop()
            links -= element.tag == "a"
            sums[-1] += own
            if element.tag in _CONTAINERS or element is root:
                weights[element] = own
        if not links:
            sums[-1] += _ink(element.tail)
    return weights


def _ink(text: str | None) -> int:
    """Characters shown; a digit weighs more, since a report is known by its figures."""
    return sum(_DIGIT if mark.isdigit() else 1 for mark in text if not mark.isspace()) if text else 0
