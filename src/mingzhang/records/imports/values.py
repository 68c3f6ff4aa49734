"""Values of cells (单元格的值) read as what the books keep: exact fen, days, codes, words of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from mingzhang.documents.text import holds_controls
from mingzhang.numbers import fen_from_yuan, printed, round_half_up
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError, Reader

_LARGEST = 10**15
_NOISE = Decimal("0.000001")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?\Z"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_DATE_REMEDY = "按 年-月-日 填写，如 2021-03-31"
_FIRST_SERIAL, _LAST_SERIAL = 20000, 80000
_EXCEL_ORIGIN = date(1899, 12, 30)
_BRACKETED = re.compile(r"\((-?[\d,.]+)\)\Z")


def written(value: Any) -> str:
    """The text of a cell as a person reads it: whole numbers without a decimal point, days as 2021-03-31."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == datetime.min.time() else str(value)
    return str(value)


def plain(value: Any) -> str:
    """The text in one width, stripped: what codes and words of lists are compared by."""
    shown = written(value)
    if shown.isascii() or unicodedata.is_normalized("NFKC", shown):
        return shown
    return unicodedata.normalize("NFKC", shown).strip()


CONTROLS = ("control_characters", "文字中有不可见的控制字符", "重新输入这个单元格")


def text(longest: int) -> Reader:
    """A reader of free text of at most so many characters."""

    def read(value: Any, _: Context) -> str:
        found = written(value)
        if len(found) > longest:
            raise CellError("text_too_long", f"文字超过{longest}个字", f"缩短到{longest}个字以内")
        if holds_controls(found):
            raise CellError(*CONTROLS)
        return found

    return read


def fen_of(value: Any, scale: int = 1) -> int:
    """Exact fen of an amount; `scale` is 10000 in a column of 万元. A fraction of a fen is refused, not rounded.

    A binary number stands for the whole fen within a millionth of a yuan, which undoes what adding up in binary
    left; where the nearest fen divided by 100 is that very number, no decimal is needed to know it.
    """
    if type(value) in (float, int) and scale == 1 and abs(value) < 1e13:
        nearest = round(value * 100)
        if nearest / 100 == value:
            return nearest
    if isinstance(value, bool):
        raise ValueError("truth value")
    exact = _number(value) * scale
    if not abs(exact) < _LARGEST:
        raise ValueError(f"{written(value)[:20]} 大得不合常理")
    if isinstance(value, float):
        nearest_yuan = round_half_up(exact, 2)
        exact = nearest_yuan if abs(nearest_yuan - exact) <= _NOISE else exact
    return fen_from_yuan(f"{exact:.6f}" if isinstance(value, float) else exact)


def _number(value: Any) -> Decimal:
    if isinstance(value, float):
        return Decimal(value) if isfinite(value) else Decimal("Infinity")
    return Decimal(value) if isinstance(value, int) else printed(_amount_text(value)).value


def _amount_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value} 不是金额")
    found = re.sub(r"[\s¥￥]", "", unicodedata.normalize("NFKC", value)).removesuffix("元")
    if bracketed := _BRACKETED.match(found):
        found = f"-{bracketed[1]}"
    return found


def money(*, negative: bool = False, zero: bool = True, scale: int = 1) -> Reader:
    """A reader of amounts in yuan (in 万元 with scale 10000)."""

    def read(value: Any, _: Context) -> int:
        try:
            fen = fen_of(value, scale)
        except ValueError as error:
            detail = f"：{error}" if "一分" in str(error) or "常理" in str(error) else ""
            raise CellError(
                "wrong_amount",
                f"“{written(value)[:30]}”不是金额{detail}",
                "填写以元为单位的数字，最多两位小数，如 1234.56",
            ) from None
        if fen < 0 and not negative:
            raise CellError("negative_amount", f"金额{fen / 100:.2f}元为负数", "这一栏不能为负，请核对")
        if fen == 0 and not zero:
            raise CellError("wrong_amount", "金额为零", "填写不为零的金额，或删去这一行")
        return fen

    return read


def day(value: Any, _: Context) -> date:
    """A day: a date cell, 2021-01-05, 2021/1/5, 20210105, 2021年1月5日, or the serial number of a spreadsheet."""
    if isinstance(value, datetime):
        return _sensible(value.date(), value)
    if isinstance(value, date):
        return _sensible(value, value)
    shown = plain(value)
    found = written_day(shown)
    if found:
        return _sensible(found, value)
    if shown.isdecimal() and len(shown) == 5 and _FIRST_SERIAL < int(shown) < _LAST_SERIAL:
        return _EXCEL_ORIGIN + timedelta(days=int(shown))
    raise CellError("wrong_date", f"“{shown[:30]}”不是日期", _DATE_REMEDY)


def written_day(text: str) -> date | None:
    """2021-01-05, 2021/1/5, 20210105 or 2021年1月5日 as a day; None where the text is not written as one.

    Raises CellError where there is no such day.
    """
    found = _DAY.match(text) or _COMPACT_DAY.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise CellError("wrong_date", f"“{text}”不是存在的日期", _DATE_REMEDY) from None


def _sensible(found: date, value: Any) -> date:
    if not 1949 <= found.year <= 2100:
        raise CellError("wrong_date", f"日期{written(value)}不合常理", _DATE_REMEDY)
    return found


def whole(*, smallest: int | None = 0, largest: int = 10**9, what: str = "整数") -> Reader:
    """A reader of whole numbers."""

    def read(value: Any, _: Context) -> int:
        shown = plain(value).replace(",", "")
        if not re.fullmatch(r"[-+]?\d{1,12}", shown):
            raise CellError("not_a_whole_number", f"“{shown[:30]}”不是{what}", "填写不带小数的数字")
        number = int(shown)
        if smallest is not None and number < smallest:
            raise CellError("negative_amount", f"{what}{number}小于{smallest}", "核对后填写")
        if number > largest:
            raise CellError("number_too_large", f"{what}{number}大得不合常理", "核对后填写")
        return number

    return read


def year(value: Any, context: Context) -> int:
    """A fiscal year: 2021 or 2021年."""
    shown = plain(value).removesuffix("年度").removesuffix("年")
    if not re.fullmatch(r"(?:19|20)\d{2}", shown):
        raise CellError("wrong_year", f"“{shown[:30]}”不是年度", "填写四位年度，如 2021")
    return int(shown)


def fiscal_year(value: Any, context: Context) -> int:
    """A fiscal year that is the one of this import, where one was given."""
    found = year(value, context)
    if context.year not in (None, found):
        raise CellError(
            "year_differs",
            f"年度{found}不是要导入的{context.year}年度",
            "改正年度，或在导入时指定年度（命令行用 --year）",
        )
    return found


def choice(words: Mapping[str, str], what: str) -> Reader:
    """A reader of words of a list; the codes themselves are understood too."""
    known = {plain(word): code for word, code in words.items()} | {
        code: code for code in words.values() if code
    }

    def read(value: Any, _: Context) -> str:
        shown = plain(value)
        if shown not in known:
            raise CellError(f"unknown_{what}", f"“{shown[:30]}”无法识别", "改为 " + "、".join(shorter(words)))
        return known[shown]

    return read


def shorter(words: Mapping[str, str]) -> tuple[str, ...]:
    """One word for each code, the first."""
    first: dict[str, str] = {}
    for word, code in words.items():
        first.setdefault(code, word)
    return tuple(first.values())


def yes_no(value: Any, _: Context) -> bool:
    """是 or 否."""
    shown = plain(value).lower()
    if shown in ("是", "1", "true", "y", "yes", "√"):
        return True
    if shown in ("否", "0", "false", "n", "no", "×"):
        return False
    raise CellError("not_yes_or_no", f"“{shown[:30]}”不是“是”或“否”", "填写 是 或 否")


def in_ten_thousand(value: Any) -> Any:
    """An amount in 万元 as the text of the same amount in yuan; left as it is where it is no number."""
    try:
        fen = fen_of(value, 10_000)
    except ValueError:
        return value
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
