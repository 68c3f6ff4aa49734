"""CSV files: RFC 4180 quoting, LF line ends, UTF-8; text that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

Value = str | int | Decimal | None

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The text of a file. Numbers are written as they are, None as nothing, texts guarded.

    >>> print(csv_text(["name", "value"], [["=1+1", Decimal("-5.00")], ["甲,乙", None]]), end="")
    name,value
    '=1+1,-5.00
    "甲,乙",
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([guarded(name) for name in header])
    writer.writerows([_field(value) for value in row] for row in rows)
    return stream.getvalue()


def guarded(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula.

    >>> guarded("@SUM(A1)"), guarded("合计")
    ("'@SUM(A1)", '合计')
    """
    return f"'{text}" if text.startswith(_TRIGGERS) else text


def _field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
