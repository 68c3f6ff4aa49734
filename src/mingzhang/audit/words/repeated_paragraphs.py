"""Paragraphs printed twice, one right after the other (段落重复): left there when a draft was put together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words

_SHORTEST = 30
"""A shorter paragraph may be said twice: 支出0万元，与上年持平。"""
_FEW = 3
"""More repetitions than that were made in reading."""


def check(words: Words) -> Iterator[Remark]:
    """Each paragraph that the next one repeats to the letter."""
    twice = [
        (one, other)
        for one, other in pairwise(words.paragraphs)
        if one.plain == other.plain
        and other.at == one.at + 1
        and len(one.plain) >= _SHORTEST
        and "。" in one.plain
    ]
    for one, other in twice if len(twice) <= _FEW else ():
        yield words.remark(
            "repeated_paragraph",
            "warning",
            f"段落重复：“{one.plain[:20]}…”连印两遍",
            [other.spot(), one.spot()],
            "删去重复的一段",
        )
