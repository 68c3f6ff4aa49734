"""The words of the index (索引词): pairs of neighbouring characters and a mark of the preparer, each of one unit's year.

A word that carries its unit and year is looked up among the unit's own vouchers, however many others have it, and
nothing is intersected with the hundreds of thousands of vouchers that a unit's year has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def of_books(unit: int, year: int, words: Iterable[str]) -> list[str]:
    """The words as they stand for one unit's year.

    >>> of_books(7, 2021, ["印刷"])
    ['7y2021印刷']
    """
    return [f"{unit}y{year}{word}" for word in words]


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
