"""Numbers and days as a form or an address states them (填写的数、日期); what is none is nothing, never an error."""

from __future__ import annotations

from datetime import date

from mingzhang.records.imports.values import CellError, plain, written_day

_LONGEST = 11
"""More digits than any key, version or place has."""


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """A whole number that is not negative; `otherwise` where the text is none.

    >>> whole_number("12"), whole_number("²"), whole_number("9" * 5_000), whole_number(None, -1)
    (12, 0, 0, -1)
    """
    fits = text is not None and text.isascii() and text.isdigit() and len(text) <= _LONGEST
    return int(text) if text is not None and fits else otherwise


def day(text: str) -> date | None:
    """A day as people write it; None where the text is none.

    >>> day("2021-03-05") == day("2021/3/5") == day(" 20210305 ") == date(2021, 3, 5)
    True
    >>> day(""), day("2021-02-30")
    (None, None)
    """
    try:
        return written_day(plain(text))
    except CellError:
        return None
