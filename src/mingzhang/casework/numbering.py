"""Numbers of cases and documents (案号、文号): patterns as 援字〔{year}〕第{number}号, counted anew each year."""

from __future__ import annotations

import re

_SLOT = re.compile(r"\{(\w+)(?::(0\d))?\}")


def written(pattern: str, year: int, number: int) -> str:
    """The number in the pattern's form; `{number:04}` fills with noughts.

    >>> written("援字〔{year}〕第{number}号", 2021, 7), written("JZ{year}-{number:04}", 2021, 7)
    ('援字〔2021〕第7号', 'JZ2021-0007')
    """
    return pattern.format(year=year, number=number)


def pattern_mistake(pattern: str) -> str | None:
    """What is wrong with a pattern: it needs {number} and {year} once each, and knows no other slot."""
    slots = [found[0] for found in _SLOT.findall(pattern)]
    rest = _SLOT.sub("", pattern)
    if "{" in rest or "}" in rest:
        return f"编号格式“{pattern}”的括号不成对或格式不对"
    unknown = [slot for slot in slots if slot not in ("year", "number")]
    if unknown:
        return f"编号格式“{pattern}”中的“{unknown[0]}”不能用，只能用year和number"
    if slots.count("number") != 1 or slots.count("year") != 1:
        return f"编号格式“{pattern}”应当有一个{{year}}和一个{{number}}"
    return None
