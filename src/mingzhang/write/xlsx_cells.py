"""Cells of the XLSX: formats made once each, exact numbers, text that is never a formula."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from mingzhang.documents import Figure
from mingzhang.numbers import unit_named
from mingzhang.write.plain_text import clean, first_units

SONG, HEI = "宋体", "黑体"
LONGEST_CELL = 32_000
"""Excel refuses texts beyond 32,767 characters."""
_CUT = "……（本格文字过长，全文见同时公开的其他格式）"


class ShortestNumber(float):
    """A number written with the fewest digits that give it back, so that 3369.44 stands in the file as 3369.44."""

    __slots__ = ()

    def __format__(self, specification: str) -> str:
        return float.__repr__(self)

    def __str__(self) -> str:
        return float.__repr__(self)


class Formats:
    """The workbook's formats by their properties."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}
        self._asked: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        """The format with these properties; fonts and vertical place are given."""
        asked = tuple(properties.items())
        if asked not in self._asked:
            whole = {"font_name": SONG, "font_size": 10.5, "valign": "vcenter", **properties}
            key = tuple(sorted(whole.items()))
            if key not in self._made:
                self._made[key] = self._workbook.add_format(whole)
            self._asked[asked] = self._made[key]
        return self._asked[asked]


def cell_text(text: str) -> str:
    """Text that Excel takes whole; a longer one is cut and says so."""
    if len(text) * 2 <= LONGEST_CELL and text.isprintable():
        return text
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    if first_units(text, LONGEST_CELL) == text:
        return text
    return first_units(text, LONGEST_CELL - len(_CUT)) + _CUT


def printed_number(figure: Figure) -> ShortestNumber:
    """The exact value of a figure in its printed unit, as a spreadsheet holds numbers.

    Amounts to the fen come back to the digit up to 10^9 万元.

    >>> print(printed_number(Figure("revenue@bureau/2021#actual", Fraction(33694400), "3369.44", "万元")))
    3369.44
    """
    value, scale = figure.value, unit_named(figure.unit).scale
    return ShortestNumber(value.numerator * scale.denominator / (value.denominator * scale.numerator))


def number_format(figure: Figure, *, blank_zero: bool = False) -> str:
    """The format that shows the number with the decimals it is printed with; `blank_zero` shows nothing for zero.

    >>> figure = Figure("revenue@bureau/2021#actual", Fraction(0), "0.00", "万元")
    >>> number_format(figure), number_format(figure, blank_zero=True)
    ('0.00', '0.00;-0.00;;@')
    >>> number_format(Figure("staff@bureau/2021#actual", Fraction(1286), "1,286", "人"))
    '#,##0'
    """
    decimals = len(figure.text.partition(".")[2]) if figure.text else unit_named(figure.unit).decimals
    digits = "0." + "0" * decimals if decimals else "0"
    if "," in figure.text:
        digits = "#,##" + digits
    return f"{digits};-{digits};;@" if blank_zero else digits


def as_fraction(figure: Figure | None) -> Fraction:
    """The exact value of a figure; a cell without one counts nothing."""
    return figure.value if figure else Fraction(0)
