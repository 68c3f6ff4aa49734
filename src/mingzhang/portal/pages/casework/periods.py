"""Which time a statistic is about (统计时段): a whole year, January to November, any days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from mingzhang.portal.typed import day


@dataclass(frozen=True, slots=True)
class Asked:
    """Days from the first to the last, both counted."""

    begins: date
    ends: date

    @property
    def chinese(self) -> str:
        """The time in words.

        >>> Asked(date(2021, 1, 1), date(2021, 11, 30)).chinese, Asked(date(2021, 1, 1), date(2021, 12, 31)).chinese
        ('2021年1—11月', '2021年全年')
        """
        begins, ends = self.begins, self.ends
        whole = begins.day == 1 and ends.day == monthrange(ends.year, ends.month)[1]
        if not whole or begins.year != ends.year:
            return f"{begins} 至 {ends}"
        if (begins.month, ends.month) == (1, 12):
            return f"{begins.year}年全年"
        if begins.month == ends.month:
            return f"{begins.year}年{begins.month}月"
        return f"{begins.year}年{begins.month}—{ends.month}月"

    @property
    def query(self) -> str:
        """How an address states it."""
        return urlencode({"from": self.begins.isoformat(), "to": self.ends.isoformat()})


def months(year: int, first: int, last: int) -> Asked:
    """From the first day of a month to the last of another."""
    return Asked(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def asked(stated: Mapping[str, str], year: int) -> tuple[Asked, str]:
    """The time that an address states, else the whole year; and what is wrong with the address."""
    begins, ends = day(stated.get("from", "")), day(stated.get("to", ""))
    if begins is None and ends is None and not (stated.get("from") or stated.get("to")):
        return months(year, 1, 12), ""
    if begins is None or ends is None or ends < begins:
        return months(year, 1, 12), "起止日期不对，已改按全年计算：请填写两个日期，止日不早于起日。"
    return Asked(begins, ends), ""


def presets(year: int) -> list[tuple[str, str]]:
    """(words, query) of the usual times of a year and the one before."""
    spans = (("全年", 1, 12), ("1—11月", 1, 11), ("上半年", 1, 6), ("一季度", 1, 3), ("二季度", 4, 6), ("三季度", 7, 9), ("四季度", 10, 12))  # fmt: skip
    return [(f"{year - 1}年", months(year - 1, 1, 12).query)] + [
        (f"{year}年" if label == "全年" else label, months(year, first, last).query)
        for label, first, last in spans
    ]
