"""Automatic numbering of Word files, counted as Word counts it and printed as text: 一、 (一) 1. ①."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_PLACE = re.compile(r"%([1-9])")
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, what stands around it, where it starts."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass
class Numbering:
    """The lists of one file and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """{number id: its levels}."""
    counters_of: dict[str, str] = field(default_factory=dict)
    """{number id: the abstract list that it counts in}."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    fresh: dict[str, dict[int, int]] = field(default_factory=dict)
    """{number id: levels that begin anew where it is first used}."""

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """The numbering part of a file; None gives a file without lists."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {
            each.get(f"{W}abstractNumId"): {
                _number(level.get(f"{W}ilvl"), 0): _level(level) for level in each.iterchildren(f"{W}lvl")
            }
            for each in root.iterchildren(f"{W}abstractNum")
        }
        for each in root.iterchildren(f"{W}num"):
            name = each.get(f"{W}numId")
            base = _value(each, "abstractNumId")
            levels = dict(abstract.get(base, {}))
            for override in each.iterchildren(f"{W}lvlOverride"):
                at = _number(override.get(f"{W}ilvl"), 0)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = override.find(f"{W}startOverride")
                if start is not None:
                    numbering.fresh.setdefault(name, {})[at] = _number(start.get(f"{W}val"), 1)
            numbering.levels[name] = levels
            numbering.counters_of[name] = base
        return numbering

    def next(self, name: str, at: int) -> str:
        """Count one paragraph of a list and return its number as printed; empty where there is none."""
        level = self.levels.get(name, {}).get(at)
        if level is None:
            return ""
        counts = self.counts.setdefault(self.counters_of.get(name, name), {})
        for deeper, start in self.fresh.pop(name, {}).items():
            counts[deeper] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [each for each in counts if each > at]:
            restart = self.levels[name].get(deeper, Level()).restart
            if restart is None or (restart and at < restart):
                del counts[deeper]
        if level.kind == "bullet":
            return "" if any("\ue000" <= mark <= "\uf8ff" for mark in level.text) else level.text

        def printed(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            its = self.levels[name].get(other, level)
            kind = "decimal" if level.legal else its.kind
            return number_text(counts.get(other, its.start), kind)

        return _PLACE.sub(printed, level.text)


def number_text(number: int, kind: str) -> str:
    """A number in one of Word's kinds.

    >>> [number_text(number, "chineseCounting") for number in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百零五']
    >>> number_text(2, "decimalEnclosedCircle"), number_text(4, "upperRoman"), number_text(28, "lowerLetter")
    ('②', 'IV', 'bb')
    """
    if kind in ("none", "bullet") or not 0 <= number <= _LARGEST:
        return "" if kind in ("none", "bullet") else str(number)
    if kind.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting", "koreanCounting")):
        return _chinese(number, _DIGITS, "十百千")
    if kind.startswith(("chineseLegal", "ideographLegal", "japaneseLegal")):
        return _chinese(number, _FORMAL, "拾佰仟")
    if kind in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x245F + number)
    if kind == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2473 + number)
    if kind == "decimalEnclosedFullstop" and 1 <= number <= 20:
        return chr(0x2487 + number)
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind in ("upperLetter", "lowerLetter") and number:
        letter = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind in ("upperRoman", "lowerRoman"):
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    return str(number)


def _chinese(number: int, digits: str, places: str) -> str:
    if number < 10:
        return digits[number]
    shown, zero = "", False
    for at in range(3, -1, -1):
        digit = number // 10**at % 10
        if digit:
            shown += (digits[0] if zero and shown else "") + digits[digit] + (places[at - 1] if at else "")
            zero = False
        else:
            zero = True
    return shown[1:] if shown.startswith("一十") else shown


def _roman(number: int) -> str:
    shown = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        shown += letters * (number // value)
        number %= value
    return shown


def _level(element: Any) -> Level:
    restart = element.find(f"{W}lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
        _number(_value(element, "start"), 1),
        None if restart is None else _number(restart.get(f"{W}val"), 0),
        legal is not None and legal.get(f"{W}val") not in ("0", "false"),
    )


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(f"{W}val") or "") if child is not None else ""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise
