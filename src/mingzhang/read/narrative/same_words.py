"""Counts that stand in the same words twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from mingzhang.facts import Tie
from mingzhang.numbers import Unit
from mingzhang.read.narrative.lists import SaidParagraph
from mingzhang.read.narrative.repeats import one_figure
from mingzhang.read.narrative.sentences import Said

_BEFORE, _BEFORE_SURELY = 2, 4
"""So many characters before a figure are the same, where what it counts is named; where one digit differs."""
_AFTER, _AFTER_SURELY = 4, 10
"""So many Chinese characters of its clause after it are."""
_CLAUSE = re.compile(r"[^,，。；;:：!！?？\n]*")
_DIGITS = re.compile(r"\d[\d.]*")
_CHINESE = re.compile(r"[一-龥]")
_MOST_TOGETHER = 10
"""Words that stand with more figures than that are a form, not a fact said again."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands around a count, its unit and period."""

    before: str
    after: str
    unit: Unit
    period: str


def said_again(paragraphs: Sequence[SaidParagraph]) -> Iterator[Tie]:
    """Counts of things that are named behind them (我局4篇法律援助案例入选…), told in the same words in two paragraphs.

    Equal ones are one figure; where one digit differs a slip is doubted, but only under words so many and so alike that
    they tell of one thing.
    """
    groups: dict[_Words, list[tuple[int, str, Said]]] = defaultdict(list)
    for number, paragraph in enumerate(paragraphs):
        for each in paragraph.said:
            if not _counts_here(each):
                continue
            after = _after(paragraph.text, each)
            if len(_CHINESE.findall(after)) >= _AFTER:
                start = each.span.start
                before = paragraph.text[max(start - _BEFORE_SURELY, 0) : start]
                at = each.statement
                key = _Words(before[-_BEFORE:], after, at.printed.unit, at.coordinate.period)
                groups[key].append((number, before, each))
    for words, group in groups.items():
        if len(group) > _MOST_TOGETHER:
            continue
        for (here, before, one), (there, also, other) in combinations(group, 2):
            surely = before == also and len(_CHINESE.findall(words.after)) >= _AFTER_SURELY
            if here != there:
                chinese = f"“{words.after}”的数前后一致"
                yield from one_figure(
                    one.statement, other.statement, surely, chinese, "同一句话说了两次的数只有一个"
                )


def _counts_here(each: Said) -> bool:
    statement = each.statement
    return statement.local and not statement.approximate and statement.printed.unit.kind.startswith("count")


def _after(text: str, each: Said) -> str:
    """The clause behind a figure, its own figures taken out."""
    found = _CLAUSE.match(text, each.span.end)
    return _DIGITS.sub("#", found[0]) if found else ""
