"""Text as a reader can see it: control characters, direction marks and other invisible characters left out."""

from __future__ import annotations

from unicodedata import category

_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def visible(text: str) -> str:
    r"""A text without characters that draw nothing; a line break or tab becomes a space.

    Direction marks among them could show a figure's digits in another order than they are stored.

    >>> visible("合计\u202e12.30\x00\t元")
    '合计12.30 元'
    """
    if text.isprintable():
        return text
    spaced = text.translate({0x0A: " ", 0x0D: " ", 0x09: " ", 0x2028: " ", 0x2029: " "})
    if spaced.isprintable():
        return spaced
    return "".join(character for character in spaced if category(character) not in _INVISIBLE)
