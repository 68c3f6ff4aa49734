"""Amounts in workbook cells: exact values from numbers as written, and clear words for what is not a number."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mingzhang.documents import Problem
from mingzhang.numbers import (
    HUNDRED_MILLION_YUAN,
    TEN_THOUSAND_YUAN,
    YUAN,
    Unit,
    printed,
    round_half_up,
)
from mingzhang.read.texts import plain
from mingzhang.read.workbook import Place, Sheet, is_number, says_nothing

_UNIT_LINE = re.compile(r"单位:?(亿元|万元|元)")
_MONEY_UNITS: dict[str, Unit] = {
    unit.chinese: unit for unit in (YUAN, TEN_THOUSAND_YUAN, HUNDRED_MILLION_YUAN)
}
_BLANK_MARKS = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "*"})
FORMULA_WITHOUT_VALUE = "formula_without_value"
_LARGEST = 10**16
"""No department's amount reaches so many yuan: such a cell holds something else."""


def money_unit(sheet: Sheet, last_row: int) -> Unit | None:
    """The unit that the sheet's unit line states (金额单位：万元), None where there is none."""
    for row in range(1, last_row + 1):
        for column in range(1, sheet.columns + 1):
            found = _UNIT_LINE.search(plain(sheet.text(row, column)))
            if found:
                return _MONEY_UNITS[found[1]]
    return None


def read_amount(
    sheets: dict[str, Sheet], sheet: Sheet, place: Place, unit: Unit
) -> Fraction | Problem | None:
    """The exact value of a cell in base units, None where it is blank or says nothing.

    Money is rounded to the fen once, from the decimals as written, which removes the noise of binary numbers.
    """
    value = sheet.values.get(place)
    if place in sheet.formulas and (not value or not is_number(value)) and says_nothing(sheets, sheet, place):
        return None
    if place in sheet.formulas and value is None:
        remedy = "用 Excel 或 WPS 打开，按 F9 重新计算并保存，再导入"
        what = f"公式 {sheet.formulas[place][:40]} 没有保存计算结果"
        return _problem(sheet, place, FORMULA_WITHOUT_VALUE, what, remedy)
    if value is None:
        return None
    number = _decimal(value)
    if isinstance(number, str):
        return _problem(
            sheet, place, "not_a_number", f"“{number[:20]}”不是数", "改为数字；没有发生额的请留空"
        )
    if number is None:
        return None
    exact = Fraction(number) * unit.scale
    if abs(exact) >= _LARGEST:
        return _problem(sheet, place, "number_too_large", f"{number} 大得不合常理", "核对数值和金额单位")
    if unit.kind == "money":
        return Fraction(round_half_up(exact, 2))
    return exact


def _decimal(value: Any) -> Decimal | str | None:
    """The number as written, None for marks that mean nothing, the text itself where it is no number."""
    if is_number(value):
        return Decimal(repr(value)) if math.isfinite(value) else str(value)
    text = str(value).strip()
    if not text or text in _BLANK_MARKS:
        return None
    try:
        return printed(text).value
    except ValueError:
        return text


def _problem(sheet: Sheet, place: Place, code: str, what: str, remedy: str) -> Problem:
    return Problem(code, what, sheet.where(*place), remedy)
