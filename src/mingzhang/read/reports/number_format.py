"""What a spreadsheet cell shows: its value printed by its number format, exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<skipped>.)|\*(?P<filled>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<power>E[+-]0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<bound>-?\d+(?:\.\d+)?)\Z")
_SIGNIFICANT = 15
"""Digits of a number that spreadsheets keep."""
_GENERAL_WIDTH = 11
_MOST_DECIMALS = 30


class Section(NamedTuple):
    """One section of a format: literals around one place of digits."""

    before: str = ""
    digits: str = ""
    after: str = ""
    percents: int = 0
    general: bool = False
    condition: tuple[str, Decimal] | None = None
    inner: tuple[tuple[int, str], ...] = ()
    """Literals among the whole digits, each with the number of digits right of it: 0!.0000 shows 元 as 万元."""


def as_printed(value: object, code: str) -> str:
    """The text that a cell shows for a value; digits as printed, column widths apart.

    >>> as_printed(3369.4400000001, "0.00"), as_printed(1234.5, "#,##0.00_ "), as_printed(0.071, "0.0%")
    ('3369.44', '1,234.50', '7.1%')
    >>> as_printed(0, "0.00;-0.00;;@"), as_printed(7, "[Red]")
    ('', '7')
    >>> as_printed(-3.25, "0.0;[Red](0.0)"), as_printed(0.1 + 0.2, "General"), as_printed(0, '0.00;-0.00;"-"')
    ('(3.3)', '0.3', '-')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, code)
    if isinstance(value, int | float | Decimal):
        return _number(value, code)
    return str(value)


def _number(value: int | float | Decimal, code: str) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return ""
    if isinstance(value, float):
        exact = exact.normalize(Context(prec=_SIGNIFICANT))
    sections = _sections(code)
    section, shown = _chosen(sections, exact)
    if section is None:
        return ""
    if section.general:
        return section.before + _general(shown) + section.after
    if not section.digits:
        return (section.before + section.after).strip()
    digits = _by_digits(shown.copy_abs().scaleb(2 * section.percents), section.digits)
    for right, literal in section.inner:
        whole, point, fraction = digits.partition(".")
        digits = whole[: len(whole) - right] + literal + whole[len(whole) - right :] + point + fraction
    sign = "-" if shown < 0 and re.search(r"[1-9]", digits) else ""
    return (sign + section.before + digits + section.after).strip()


def _chosen(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, Decimal]:
    """The section that prints a value, and the value as that section shows it."""
    conditions = [section for section in sections if section.condition]
    if conditions:
        for section in sections:
            if section.condition is None or _meets(value, section.condition):
                return section, value
        return None, value
    if value < 0 and len(sections) > 1:
        return sections[1], value.copy_abs()
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _meets(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]


@lru_cache(maxsize=2048)
def _sections(code: str) -> tuple[Section, ...]:
    parts = _split(code or "General")[:4]
    numbers = list(parts[:3]) if len(parts) == 4 else [part for part in parts if "@" not in part]
    return tuple(_section(part) for part in numbers) or (Section(general=True),)


def _split(code: str) -> list[str]:
    parts, start, quoted, escaped = [], 0, False, False
    for at, mark in enumerate(code):
        if escaped:
            escaped = False
        elif mark == "\\" and not quoted:
            escaped = True
        elif mark == '"':
            quoted = not quoted
        elif mark == ";" and not quoted:
            parts.append(code[start:at])
            start = at + 1
    return [*parts, code[start:]]


def _section(part: str) -> Section:
    before = digits = after = ""
    percents, general = 0, False
    condition = None
    cuts: list[tuple[int, str]] = []
    for token in _TOKEN.finditer(part):
        literal = token["quoted"] or token["escaped"] or ""
        if token["bracket"] is not None:
            found = _CONDITION.match(token["bracket"])
            condition = (found["sign"], Decimal(found["bound"])) if found else condition
            currency = re.match(r"\$([^-]*)", token["bracket"])
            literal = currency[1] if currency else ""
        elif token["general"]:
            general = True
        elif token["digits"]:
            if digits and after:
                cuts.append((len(digits), after))
                after = ""
            digits += token["digits"]
            continue
        elif token["power"]:
            digits = digits or "General"
            continue
        elif token["skipped"] or token["filled"]:
            literal = ""
        elif token["other"]:
            literal = token["other"]
            percents += literal == "%"
        if digits or general:
            after += literal
        else:
            before += literal
    if re.search(r"[ymdhs年月日]", before + after, re.IGNORECASE) and not digits:
        general = True
        before = after = ""
    general = general or bool(part and not digits and not before and not after)
    inner = [(len(re.findall(r"[0#?]", digits[at:].partition(".")[0])), literal) for at, literal in cuts]
    return Section(before, digits, after, percents, general, condition, tuple(inner))


def _by_digits(value: Decimal, pattern: str) -> str:
    """An absolute value by a pattern of 0, # and ?; commas between digits group, behind them scale."""
    if pattern == "General":
        return _general(value)
    whole, _, fraction = pattern.partition(".")
    trimmed = whole.rstrip(",")
    if not fraction or not fraction.endswith(","):
        scaled = len(whole) - len(trimmed)
    else:
        scaled, trimmed = len(fraction) - len(fraction.rstrip(",")), whole
    value = value.scaleb(-3 * scaled)
    fraction = fraction.rstrip(",").replace(",", "").replace(".", "")[:_MOST_DECIMALS]
    with localcontext() as context:
        context.prec = 400
        rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    shown, _, decimals = format(rounded, ",f" if "," in trimmed else "f").partition(".")
    least = len(fraction.rstrip("#?"))
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    zeros = sum(mark == "0" for mark in trimmed)
    if zeros == 0 and shown == "0":
        shown = ""
    shown = shown.zfill(zeros) if "," not in trimmed else shown
    return f"{shown}.{decimals}" if decimals else shown


def _general(value: Decimal) -> str:
    """The General format: up to eleven characters, whole numbers always in full."""
    if value == 0:
        return "0"
    whole = len(format(value.copy_abs().to_integral_value(), "f"))
    room = max(_GENERAL_WIDTH - whole - 1, 0)
    with localcontext() as context:
        context.prec = 400
        rounded = value.quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP) if value.adjusted() > -7 else value
    shown = format(rounded, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _moment(value: datetime | date | time | timedelta, code: str) -> str:
    if isinstance(value, time | timedelta):
        return str(value)
    days, months = "d" in code.lower() or "日" in code, "m" in code.lower() or "月" in code
    if "y" not in code.lower() and "年" not in code:
        return f"{value.month}月{value.day}日"
    if not months:
        return f"{value.year}年"
    return f"{value.year}年{value.month}月{value.day}日" if days else f"{value.year}年{value.month}月"
