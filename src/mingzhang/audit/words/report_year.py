"""The report's year (年度) at every place where reports say it: headings, opening words, comparisons, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words

_HEADING = re.compile(r"(?P<year>20\d\d)年度?(?:部门|单位)?决算(?:公开)?(?:情况)?(?:表|说明|报表)?")
_CAPTION = re.compile(r"(?P<year>20\d\d)年度?[^,。;:\d]{0,30}决算(?:总|明细)?表")
_OPENING = re.compile(
    r"(?:[一-龥()]{0,34})(?P<year>20\d\d)年度(?:收入支出|收、支|财政拨款收入支出|财政拨款收、支|收入|支出)(?:决算)?[总合]计"
)
_COMPARED = re.compile(
    r"(?:与|比|较)(?P<year>20\d\d)年度?(?!末|初|底|[^,;。]{0,8}预算)(?:决算)?数?(?:相比)?,?"
    r"(?:[^,;。\d]{0,24}?)(?:增加|减少|增长|下降|上升|降低|持平)"
)
_AS_OF = re.compile(r"截[至止](?P<year>20\d\d)年12月31日,[^,;。]{0,40}?(?:共有|保有|拥有|占有)")


def check(words: Words) -> Iterator[Remark]:
    """Years that are not the report's own, or compare with another than the year before."""
    year = words.year
    if not year or words.whole_text.count(f"{year}年") < 3:
        return
    spots = [spot for spot, found in _headings(words) if found != year]
    if spots:
        yield _wrong(words, spots, f"标题的年度与本报告的{year}年度不符", year)
    openings = [
        (line.spot(0, match.end()), int(match["year"]))
        for line in _running(words)
        if (match := _OPENING.match(line.plain))
    ]
    spots = [spot for spot, found in openings if found != year]
    if spots and 2 * len(spots) < len(openings):
        yield _wrong(words, spots, f"说明的年度与本报告的{year}年度不符", year)
    compared = list(_all(words, _COMPARED))
    spots = [spot for spot, found in compared if found >= year]
    if 0 < len(spots) <= sum(found == year - 1 for _, found in compared):
        yield _wrong(words, spots, f"{year}年度的决算应与{year - 1}年度比较", year - 1)
    spots = [spot for spot, found in _all(words, _AS_OF) if abs(found - year) == 1]
    if spots:
        yield _wrong(words, spots, f"截止日期不是{year}年年末", year)


def _headings(words: Words) -> Iterator[tuple[Spot, int]]:
    """The years in headings of parts and in titles of tables."""
    for line in words.lines:
        pattern = _HEADING if line.level == 1 else _CAPTION if line.kind == "caption" else None
        match = pattern.search(line.plain) if pattern and line.part_kind != "annex" else None
        if match:
            yield line.spot(match.start(), match.end()), int(match["year"])


def _all(words: Words, pattern: re.Pattern[str]) -> Iterator[tuple[Spot, int]]:
    for line in _running(words):
        for match in pattern.finditer(line.plain):
            yield line.spot(match.start(), match.end()), int(match["year"])


def _running(words: Words) -> Iterator[Line]:
    """The paragraphs that explain the accounts; duties, key work and annexes speak of other years too."""
    for line in words.paragraphs:
        if line.part_kind in ("narrative", "tables") or not line.part:
            yield line


def _wrong(words: Words, spots: list[Spot], message: str, should_be: int) -> Remark:
    return words.remark(
        "report_year",
        "warning",
        f"{message}：“{spots[0].quote}”",
        spots,
        "核对年份",
        should_be=str(should_be),
    )
