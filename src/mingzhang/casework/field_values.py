"""One entered value by its field's type: what it is, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mingzhang.casework.definitions import Field, FieldType
from mingzhang.numbers import fen_from_yuan

LONGEST = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 20_000}
"""Most signs of a text."""

_YES = {"是": True, "true": True, "1": True, "有": True, "否": False, "false": False, "0": False, "无": False}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_PLAIN_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MOMENT = re.compile(r"(.{8,12}?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_SEPARATORS = re.compile(r"[、,，;；|\n]+")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_DIGITS = 18


class BadValueError(ValueError):
    """A value that is none of its field's: code, what, and what to do."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.remedy = remedy


def read_value(field: Field, raw: Any, today: date) -> Any:
    """The value, None for blank. Raises BadValueError."""
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == "":
        return None
    value = _READERS[field.type](field, raw)
    _check_bounds(field, value, today)
    return value


def read_day(text: str) -> date:
    """A day as people write it. Raises ValueError.

    >>> read_day("2021年3月5日"), read_day("2021-3-5"), read_day("20210305")
    (datetime.date(2021, 3, 5), datetime.date(2021, 3, 5), datetime.date(2021, 3, 5))
    """
    found = _DATE.fullmatch(text.strip()) or _PLAIN_DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def _text(field: Field, raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise BadValueError("E-TYPE", f"“{field.chinese}”应为文字", "请填写文字。")
    text = str(raw)
    longest = LONGEST.get(field.type, 200)
    if len(text) > longest:
        raise BadValueError(
            "E-RANGE", f"“{field.chinese}”有{len(text)}字，最多{longest}字", "请缩短，详情作为附件上传。"
        )
    return text


def _number(field: Field, raw: Any) -> Decimal:
    what = {FieldType.INTEGER: "整数", FieldType.MONEY: "以元为单位的金额"}.get(field.type, "数字")
    wrong = BadValueError(
        "E-TYPE", f"“{field.chinese}”应为{what}，所填“{str(raw)[:20]}”不是", f"请填写{what}。"
    )
    if isinstance(raw, bool):
        raise wrong
    try:
        number = Decimal(str(raw).replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise wrong from None
    if not number.is_finite():
        raise wrong
    if number and number.adjusted() >= _DIGITS:
        raise BadValueError("E-RANGE", f"“{field.chinese}”的数字过大", "请核对位数。")
    return number


def _integer(field: Field, raw: Any) -> int:
    number = _number(field, raw)
    if number != number.to_integral_value():
        raise BadValueError("E-TYPE", f"“{field.chinese}”应为整数，所填“{raw}”有小数", "请填写整数。")
    return int(number)


def _decimal(field: Field, raw: Any) -> Decimal:
    number = _number(field, raw)
    if number != round(number, field.decimals):
        raise BadValueError(
            "E-TYPE", f"“{field.chinese}”最多{field.decimals}位小数，所填“{raw}”过多", "请核对小数位数。"
        )
    return number


def _money(field: Field, raw: Any) -> int:
    try:
        return fen_from_yuan(_number(field, raw))
    except BadValueError:
        raise
    except ValueError:
        raise BadValueError(
            "E-TYPE", f"“{field.chinese}”含有不足一分的尾数", "金额以元填写，最多两位小数。"
        ) from None


def _date(field: Field, raw: Any) -> date:
    if isinstance(raw, datetime):
        found = raw.date()
    elif isinstance(raw, date):
        found = raw
    else:
        found = _day(field, str(raw))
    if not _EARLIEST <= found <= _LATEST:
        raise BadValueError("E-DATE", f"“{field.chinese}”的年份{found.year}不合常理", "请核对年份。")
    return found


def _day(field: Field, text: str) -> date:
    moment = _MOMENT.fullmatch(text)
    try:
        return read_day(moment[1] if moment else text)
    except ValueError:
        raise BadValueError(
            "E-DATE", f"“{field.chinese}”不是日期：“{text[:20]}”", "请填写日历上有的日期，如2021-03-05。"
        ) from None


def _moment(field: Field, raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return raw
    wrong = BadValueError(
        "E-DATE", f"“{field.chinese}”不是时间：“{str(raw)[:24]}”", "请填写日期和时间，如2021-03-05 14:30。"
    )
    try:
        return datetime.fromisoformat(str(raw).replace("/", "-"))
    except ValueError:
        found = _MOMENT.fullmatch(str(raw))
    if found is None:
        raise wrong
    try:
        day = read_day(found[1])
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), int(found[4] or 0))
    except ValueError:
        raise wrong from None


def _yes_no(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if (key := str(raw).lower()) in _YES:
        return _YES[key]
    raise BadValueError("E-TYPE", f"“{field.chinese}”应为是或否，所填“{str(raw)[:20]}”", "请填写是或否。")


def _code(field: Field, raw: Any) -> str:
    text = str(raw)
    if text not in field.codes:
        raise BadValueError(
            "E-CODE", f"“{field.chinese}”没有“{text[:20]}”这一选项", f"请选用：{'、'.join(field.codes)}。"
        )
    return text


def _codes(field: Field, raw: Any) -> list[str]:
    """Several codes, each once and in the order of the list; in a text they are parted by 、，； (a code may hold such a sign itself)."""
    parts = _codes_in(field, raw) if isinstance(raw, str) else _keys(field, raw)
    chosen = {_code(field, part) for part in parts}
    return [code for code in field.codes if code in chosen]


def _codes_in(field: Field, text: str) -> list[str]:
    found = []
    while text := text.strip("、,，;；|\n "):
        part = max((code for code in field.codes if _begins(text, code)), key=len, default="")
        part = part or _SEPARATORS.split(text, maxsplit=1)[0]
        found.append(part)
        text = text[len(part) :]
    return found


def _begins(text: str, code: str) -> bool:
    rest = text[len(code) :]
    return text.startswith(code) and (not rest or _SEPARATORS.match(rest.lstrip(" ")) is not None)


def _keys(field: Field, raw: Any) -> list[str]:
    if isinstance(raw, list | tuple):
        return [str(part) for part in raw if str(part).strip()]
    return [part.strip() for part in _SEPARATORS.split(_text(field, raw)) if part.strip()]


_READERS: dict[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.MOMENT: _moment,
    FieldType.YES_NO: _yes_no,
    FieldType.CODE: _code,
    FieldType.CODES: _codes,
    FieldType.PERSON: _text,
    FieldType.ORGANISATION: _text,
    FieldType.AREA: _text,
    FieldType.RECORD: _text,
    FieldType.RECORDS: _keys,
    FieldType.FILE: _text,
    FieldType.FILES: _keys,
}


def _check_bounds(field: Field, value: Any, today: date) -> None:
    if field.type in (FieldType.DATE, FieldType.MOMENT):
        _check_day_bounds(field, value.date() if isinstance(value, datetime) else value, today)
    elif field.type in (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY):
        _check_number_bounds(field, Decimal(value) / 100 if field.type is FieldType.MONEY else Decimal(value))


def _check_number_bounds(field: Field, number: Decimal) -> None:
    if field.least and number < Decimal(field.least):
        code = "E-NEG" if number < 0 and Decimal(field.least) >= 0 else "E-RANGE"
        raise BadValueError(code, f"“{field.chinese}”不能小于{field.least}，所填{number:f}", "请核对数字。")
    if field.most and number > Decimal(field.most):
        raise BadValueError(
            "E-RANGE", f"“{field.chinese}”不能大于{field.most}，所填{number:f}", "请核对数字。"
        )


def _check_day_bounds(field: Field, day: date, today: date) -> None:
    if field.least and day < _bound(field.least, today):
        raise BadValueError("E-DATE", f"“{field.chinese}”早于{_bound(field.least, today)}", "请核对日期。")
    if field.most and day > _bound(field.most, today):
        late = "今天" if field.most == "today" else field.most
        raise BadValueError("E-DATE", f"“{field.chinese}”晚于{late}", "请核对日期；还没有发生的不能登记。")


def _bound(text: str, today: date) -> date:
    return today if text == "today" else date.fromisoformat(text)
