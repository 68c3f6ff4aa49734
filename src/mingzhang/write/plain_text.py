"""Plain text for XML files: characters that XML forbids are shown as �, never dropped; widths of text in em."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE_PUNCTUATION = frozenset("“”‘’—…·×÷°§±")


_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Direction marks: they could show a figure's digits in another order than they are stored."""


def clean(text: str) -> str:
    """Text that may stand in XML.

    >>> clean("合计" + chr(0) + chr(11))
    '合计��'
    """
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", _DIRECTION.sub("", text))


def escape(text: str) -> str:
    """Clean text with the XML marks escaped, for element content and quoted attributes."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


@lru_cache(maxsize=4096)
def is_wide(character: str) -> bool:
    """Whether a character takes a full em in Chinese typesetting."""
    return character in _WIDE_PUNCTUATION or east_asian_width(character) in "WF"


@lru_cache(maxsize=8192)
def ems(text: str) -> float:
    """Width of a text in em: 1 for a Chinese character, half for a digit.

    >>> ems("合计12.30")
    4.5
    """
    return 0.5 * (len(text) if text.isascii() else len(text) + sum(map(is_wide, text)))


_NUMBER_MARKS = {".": 0.34, ",": 0.34, "-": 0.38, "%": 0.97}


def number_ems(text: str, *, bold: bool = False) -> float:
    """Width of a number in em, as wide as the digits of the bundled fonts really are.

    >>> number_ems("12.50"), number_ems("12.50", bold=True)
    (2.62, 2.74)
    """
    digit = 0.6 if bold else 0.57
    width = sum(_NUMBER_MARKS.get(mark, digit if mark.isdigit() else ems(mark)) for mark in text)
    return round(width, 3)


def first_units(text: str, units: int) -> str:
    """The beginning of a text, at most so many UTF-16 units long, as office programs count; no character is halved.

    >>> first_units("表𠮷野", 2), first_units("表𠮷野", 3)
    ('表', '表𠮷')
    """
    if len(text) * 2 <= units:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return cut.decode("utf-16-le", "ignore")
