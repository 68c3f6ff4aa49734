"""The words of the index (索引词): pairs of neighbouring characters, and marks for unit, year and preparer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring letters, digits or characters, each once; punctuation and blanks part them.

    >>> bigrams("支付印刷费（3月）")
    ['3月', '付印', '刷费', '印刷', '支付']
    """
    return sorted({pair for run in _runs(text) for pair in map("".join, pairwise(run))})


def is_indexed(word: str) -> bool:
    """Whether the index can narrow a search for this word: it has two neighbouring characters.

    >>> is_indexed("费"), is_indexed("印刷")
    (False, True)
    """
    return any(len(run) > 1 for run in _runs(word))


def books_mark(unit: int, year: int) -> str:
    """The mark that every voucher of a unit's year carries."""
    return f"unit{unit}year{year}"


def person_mark(name: str) -> str:
    """The mark of who prepared it; in hexadecimal digits, so that no tokenizer parts a name.

    >>> person_mark("甲")
    'bye794b2'
    """
    return "by" + name.strip().encode().hex()


def _runs(text: str) -> Iterator[str]:
    run = ""
    for character in text.lower():
        if character.isalnum():
            run += character
        elif run:
            yield run
            run = ""
    if run:
        yield run
