"""Read one printed figure with its unit: `3,369.44万元`, `百分之三`, `十二人`, `－2.5个百分点`."""

from __future__ import annotations

import re
from decimal import Decimal

from mingzhang.numbers.chinese import read_numeral
from mingzhang.numbers.printed import Printed, plain_digits, printed
from mingzhang.numbers.units import PERCENT, RATIO, UNITS, Unit, unit_named

_LONGEST = 80
_ARABIC = re.compile(r"(?P<digits>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>.*)\Z", re.DOTALL)
_NUMERAL = "零〇○一二三四五六七八九十百千万亿两点壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸"
_CHINESE = re.compile(rf"[-+]?(?P<numeral>负?[{_NUMERAL}]+)(?P<unit>.*)\Z", re.DOTALL)
_UNIT = re.compile(r"[A-Za-z\u3400-\u9fff]{1,12}\Z")
_AFTER_NUMERALS = sorted((name for name in UNITS if name and name[0] not in "百千"), key=len, reverse=True)
"""Units that may follow a Chinese numeral, longest first; in 三千三百万元 the 百 belongs to the numeral."""


def read_figure(text: str) -> Printed:
    """Read one figure: digits or Chinese numerals, full-width or not, then its unit (none: a plain number).

    An unknown unit counts that thing. Raises ValueError, in Chinese, where the text is not exactly one figure.

    >>> [(str(figure.value), figure.unit.chinese) for figure in map(read_figure, ("３,369.44万元", "百分之三", "两万人次"))]
    [('3369.44', '万元'), ('3', '%'), ('2', '万人次')]
    """
    if len(text) > _LONGEST:
        raise ValueError(f"“{text[:12]}…”有{len(text)}个字，过长，不是一个数")
    plain = plain_digits(text)
    sign = "-" if plain.startswith("负百分之") else ""
    head, percent, tail = plain.partition("百分之")
    if percent and head in ("", "-", "负"):
        return _percentage(text, sign or head, tail)
    if found := _ARABIC.match(plain):
        return _figure(text, printed(found["digits"]), _unit(found["unit"], text))
    if _CHINESE.match(plain):
        return _chinese_figure(text, plain)
    raise ValueError(f"“{text}”不是一个带计量单位的数，应形如 3369.44万元、7.2%、12人")


def _percentage(text: str, sign: str, digits: str) -> Printed:
    if not digits:
        raise ValueError(f"“{text}”缺少数字，应形如 百分之三")
    value = printed(digits) if digits[:1].isdigit() else _numeral(digits)
    if value.value < 0:
        raise ValueError(f"“{text}”的正负号应写在“百分之”之前")
    return _figure(text, value, PERCENT, negative=bool(sign))


def _chinese_figure(text: str, plain: str) -> Printed:
    """Prefer a large unit: 二十万元 is 20 万元 (known to half a 万), not 200,000 元 (known to half a yuan)."""
    negative = plain.startswith("-")
    body = plain.lstrip("+-")
    for name in _AFTER_NUMERALS:
        numeral = body.removesuffix(name)
        if numeral != body and _is_numeral(numeral):
            return _figure(text, _numeral(numeral), UNITS[name], negative=negative)
    found = _CHINESE.match(body)
    if found is None:
        raise ValueError(f"“{text}”不是一个带计量单位的数")
    return _figure(text, _numeral(found["numeral"]), _unit(found["unit"], text), negative=negative)


def _is_numeral(text: str) -> bool:
    try:
        read_numeral(text)
    except ValueError:
        return False
    return True


def _numeral(text: str) -> Printed:
    value = read_numeral(text)
    exponent = value.as_tuple().exponent
    return Printed(text, value, -exponent if isinstance(exponent, int) else 0, RATIO)


def _figure(text: str, number: Printed, unit: Unit, *, negative: bool = False) -> Printed:
    value: Decimal = number.value.copy_negate() if negative else number.value
    return Printed(text.strip(), value, number.decimals, unit)


def _unit(name: str, text: str) -> Unit:
    if name in UNITS:
        return UNITS[name]
    if not _UNIT.match(name):
        raise ValueError(f"“{text}”中的“{name}”不是计量单位")
    return unit_named(name)
