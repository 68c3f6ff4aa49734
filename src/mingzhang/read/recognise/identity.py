"""Whose report it is and of which year, and the edition that it most resembles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from mingzhang.documents import Block
from mingzhang.forms import Edition
from mingzhang.read.recognise.outline import text_of
from mingzhang.read.texts import alike, plain

_NAME = r"[一-龥]{1}[一-龥()·、]{2,34}?"
_TITLES = (
    re.compile(rf"(?P<name>{_NAME})(?P<year>20[12]\d)年度?(?:部门|单位|本级|本部)?决算"),
    re.compile(rf"(?P<year>20[12]\d)年度?(?P<name>{_NAME})(?:部门|单位|本级)决算"),
    re.compile(rf"(?P<year>20[12]\d)年度?(?P<name>{_NAME})决算(?:公开|报告|\Z)"),
    re.compile(
        rf"(?P<name>{_NAME})(?P<year>20[12]\d)年度?(?:一般公共预算)?(?:财政拨款)?[\"“]?三公[\"”]?经费"
    ),
    re.compile(rf"第一部分(?P<name>{_NAME})(?:部门|单位)?(?:概况|基本情况)(?P<year>)"),
)
_BUDGET_TITLES = (
    re.compile(rf"(?P<name>{_NAME})(?P<year>20[12]\d)年度?(?:部门|单位)?预算"),
    re.compile(rf"(?P<year>20[12]\d)年度?(?P<name>{_NAME})(?:部门|单位)?预算"),
)
"""Tried where no title of final accounts names anybody: these name budgets too, of which final accounts speak."""
_BEFORE = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|纳入|根据|现将|关于|附件?\d?|目录|[一二三四五六七八九十]+、)+"
)
_AFTER = re.compile(r"(?:\((?:部门|汇总)\)|(?:部门|单位))\Z")
_YEAR = re.compile(r"(20[12]\d)年度")
_ANY_YEAR = re.compile(r"(?<!\d)(20[12]\d)年(?!\d{1,2}月|以|\d?\d?至)")
"""A year that is no date: what is left to tell the report's year where nothing says 年度."""
_NO_NAME = frozenset(
    {
        "部门",
        "单位",
        "本部门",
        "本单位",
        "部门决算",
        "一般公共预算",
        "上年",
        "收入",
        "支出",
        "一般公共",
        "政府性基金",
        "国有资本经营",
        "社会保险基金",
    }
)
_COVER = 12
"""The cover is among so many first lines."""


def whose(blocks: Sequence[Block], entities: Sequence[str]) -> tuple[str, int]:
    """Department and year, as cover, headings, sentences and the tables' own lines say; "" and 0 where unknown.

    >>> from mingzhang.documents import Paragraph, Span
    >>> lines = ("中共云岭区委", "社会工作部2023年度", "部门决算")
    >>> whose([Paragraph((Span(line),)) for line in lines], ())
    ('中共云岭区委社会工作部', 2023)
    """
    texts = [text for block in blocks if (text := text_of(block))]
    names: Counter[str] = Counter()
    years: Counter[int] = Counter()
    for text, weight in (("".join(_cover(texts)), 3), *((text, 1) for text in texts if len(text) < 70)):
        for name, year in _titles(text):
            names[name] += weight
            if year:
                years[int(year)] += weight
    if not names:
        for name, year in _titles("".join(_cover(texts)), _BUDGET_TITLES):
            names[name] += 1
            years[int(year)] += 1
    for entity in entities:
        if entity not in _NO_NAME:
            names[entity] += 1
    if not years:
        years.update(int(year) for text in texts for year in _YEAR.findall(text))
    if not years:
        years.update(int(year) for text in texts for year in _ANY_YEAR.findall(text))
    best = _best(names).replace("(", "（").replace(")", "）")
    return best, _latest_of_the_frequent(years)


def is_budget(blocks: Sequence[Block]) -> bool:
    """Whether the cover names a budget (预算) and no final accounts (决算)."""
    cover = "".join([text for block in blocks if (text := text_of(block))][:_COVER])
    return "预算" in cover and "决算" not in cover


def _latest_of_the_frequent(years: Counter[int]) -> int:
    """The year said most often, or one after it said nearly as often: reports name last year beside their own."""
    if not years:
        return 0
    most = years.most_common(1)[0][1]
    return max(year for year, times in years.items() if 2 * times >= most)


def _best(names: Counter[str]) -> str:
    """The name said most often; of names said nearly as often, the longer one that another ends in."""
    if not names:
        return ""
    best, times = names.most_common(1)[0]
    for name, count in names.items():
        if name.endswith(best) and name != best and 2 * count >= times:
            best = name
    return best


def _cover(texts: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for text in texts[:_COVER]:
        if text.startswith("目录") or len(text) > 45:
            break
        lines.append(text)
        if "决算" in text:
            break
    return lines


def _titles(text: str, patterns: Sequence[re.Pattern[str]] = _TITLES) -> list[tuple[str, str]]:
    found = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = _AFTER.sub("", _BEFORE.sub("", match["name"]))
            if (
                len(name) > 2
                and name not in _NO_NAME
                and not re.search(r"决算|预算|支出|收入|拨款|三公|^月|[一二三四五六七八九十]、", name)
            ):
                found.append((name, match["year"]))
        if found:
            break
    return found


def edition_of(
    editions: Sequence[Edition],
    department: str,
    year: int,
    blocks: Sequence[Block],
    titles: Sequence[str],
    labels: Collection[str],
) -> Edition:
    """The edition of the year that most resembles the report: by its place, its tables' titles and its rows.

    Falls back to the nearest national edition. Raises ValueError where there are no editions at all.
    """
    if not editions:
        raise ValueError("no editions to recognise a report by")
    near = department + "".join(text_of(block) for block in blocks[:_COVER])
    printed, listed = {alike(title) for title in titles}, {alike(label) for label in labels}

    def likeness(edition: Edition) -> tuple[int, int, int, int]:
        first, last = edition.fiscal_years
        away = max(first - year, year - (last or 9999), 0) if year else 0
        own = {alike(form.title) for form in edition.forms}
        rows = {alike(row.label) for form in edition.forms for row in (*form.rows, *form.right_rows)}
        place = _place(edition, near)
        return (
            -away - (0 if place >= 0 else 100),
            place,
            len(own & printed),
            len(rows & listed) - len(rows - listed),
        )

    return max(editions, key=likeness)


def _place(edition: Edition, near: str) -> int:
    """1 where the edition's own place is named, −1 where it has one that is not, 0 for editions of the whole country."""
    place = plain(edition.chinese).partition("(")[0]
    if "全国" in place:
        return 0
    return 1 if any(place[at : at + 2] in near for at in range(0, len(place) - 1, 2)) else -1
