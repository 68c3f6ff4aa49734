"""The Jinja environment of the pages: what templates may call, and how amounts and days are written."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

import jinja2
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static as plain_static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from mingzhang.portal.fragments import fragment

_VERSION = version("mingzhang")


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment; autoescape is always on."""
    made = jinja2.Environment(**{**options, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True})
    made.globals.update(url=url, static=static, fragment=fragment, product="明账")
    made.filters.update(money=money, wan=wan, day=day, moment=moment, percent=percent)
    return made


def form_token(request: HttpRequest) -> dict[str, Any]:
    """The token against forgery for all forms of a page, drawn once and only where there is a form."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}


@lru_cache(maxsize=4096)
def url(name: str, /, **stated: Any) -> str:
    """The address of a page."""
    return reverse(name, kwargs=stated)


@lru_cache(maxsize=16_384)
def quoted(text: str) -> str:
    """A text as the end of an address or the value of a parameter: cheaper than `url` for each of many rows.

    >>> quoted("记-2021/03")
    '%E8%AE%B0-2021/03'
    """
    return quote(text)


@cache
def static(path: str) -> str:
    """The address of a static file, changing with the version so that browsers may keep it."""
    return f"{plain_static(path)}?v={_VERSION}"


def money(fen: int | None, zero: str = "0.00") -> str:
    """Fen as yuan with separators: 123456 → 1,234.56; nothing for None.

    >>> money(-12345678)
    '-123,456.78'
    """
    if fen is None:
        return ""
    if not fen:
        return zero
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def wan(fen: int | None) -> str:
    """Fen as 万元 with two decimals, rounded half up.

    >>> wan(5_000_000), wan(-49)
    ('5.00', '-0.00')
    """
    if fen is None:
        return ""
    hundredths = (abs(fen) + 5_000) // 10_000
    return f"{'-' if fen < 0 else ''}{hundredths // 100:,}.{hundredths % 100:02d}"


def day(value: date | None) -> str:
    """A day: 2021-03-05."""
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> str:
    """A moment in local time, to the minute."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def percent(part: int | None, whole: int | None) -> str:
    """A share with one decimal; a dash where there is no whole.

    >>> percent(1, 8), percent(1, 0)
    ('12.5%', '—')
    """
    if part is None or not whole:
        return "—"
    tenths = (abs(part) * 2000 + abs(whole)) // (2 * abs(whole))
    sign = "-" if (part < 0) != (whole < 0) and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}%"
