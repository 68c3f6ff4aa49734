"""Small numbers as headings and lists write them: in digits or in Chinese."""

from __future__ import annotations

CHINESE = "一二三四五六七八九十"
"""The characters of a number below a hundred."""
_DIGITS = {character: number for number, character in enumerate(CHINESE[:9], 1)} | {"两": 2}


def value(text: str) -> int:
    """The number behind digits or a Chinese numeral below a hundred.

    >>> [value(text) for text in ("三", "十", "十二", "二十", "二十六", "7")]
    [3, 10, 12, 20, 26, 7]
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def chinese(number: int) -> str:
    """The Chinese numeral of a number from 1 to 99.

    >>> [chinese(number) for number in (3, 10, 12, 26)]
    ['三', '十', '十二', '二十六']
    """
    tens, ones = divmod(number, 10)
    digits = " " + CHINESE
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones].strip()}"
