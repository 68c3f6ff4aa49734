"""Which time a statistic is about (统计时段): a whole year, January to November, any days."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from mingzhang.casework.periods import Period, months
from mingzhang.casework.periods import year as whole_year
from mingzhang.portal.typed import day


def query_of(period: Period) -> str:
    """How an address states a period."""
    return urlencode({"from": period.first.isoformat(), "to": period.last.isoformat()})


def asked(stated: Mapping[str, str], year: int) -> tuple[Period, str]:
    """The period that an address states, else the whole year; and what is wrong with the address."""
    first, last = day(stated.get("from", "")), day(stated.get("to", ""))
    if not stated.get("from") and not stated.get("to"):
        return whole_year(year), ""
    if first is None or last is None or last < first:
        return whole_year(year), "起止日期不对，已改按全年计算：请填写两个日期，止日不早于起日。"
    return Period(first, last), ""


def presets(year: int) -> list[tuple[str, str]]:
    """(words, query) of the usual periods of a year and the one before."""
    spans = (("1—11月", 1, 11), ("上半年", 1, 6), ("一季度", 1, 3), ("二季度", 4, 6), ("三季度", 7, 9), ("四季度", 10, 12))  # fmt: skip
    return [
        (f"{year - 1}年", query_of(whole_year(year - 1))),
        (f"{year}年", query_of(whole_year(year))),
        *((label, query_of(months(year, first, last))) for label, first, last in spans),
    ]
