"""Units (计量单位) that are missing, printed twice or cut short where their siblings have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words

_END = r"(?=[,;。)])"
_SHARE = re.compile(
    r"(?:占(?:[^,;。\d]{0,24}的)?(?P<share>\d+(?:\.\d+)?)|(?:增长|下降|降低|上升|完成[^,;。\d]{0,8}预算数?的)\d+\.\d+)"
    rf"{_END}"
)
_SHARE_WITH = re.compile(r"(?:占(?:[^,;。\d]{0,24}的)?|增长|下降|降低|上升|预算数?的)[\d.]+%")
_AMOUNT = re.compile(
    rf"(?:决算|预算|支出|收入|合计|总计|金额|经费|费)数?(?:[为是共]|增加|减少)?(?P<figure>\d[\d,]*\.\d{{1,2}}){_END}"
)
_AMOUNT_WITH = re.compile(r"(?<![\d,.])[,.]*\d[\d,.]*万元")
_TWICE = re.compile(r"(?<=\d)(?:万元万元|万元元|万万元|元元|%%|个个百分点)")
_LISTED = re.compile(r"[、,和与及][\d.,、和与及]+(?:万元|元|%)")
_CUT = re.compile(r"(?:支出|收入|经费|费|决算数?|预算数?)[为是]?(?P<figure>\d+\.\d+万)(?=[,;。(])")
_COUNT = re.compile(
    r"(?:\A|[,;。:(])(?P<label>[一-龥]{2,20})(?P<figure>\d+)(?P<unit>人次|人|名|件|个|家|次|场|辆|台|户|份|起)?(?=[,;。)]|\Z)"
)
_FULL_STOP = re.compile("[。;]")
_WITH_UNIT = re.compile(r"\d(?:万元|元|%)")
"""Rows of a table that was read as text have no full stops; a table may print its unit above."""
_SIBLINGS = 2


def check(words: Words) -> Iterator[Remark]:
    """Each kind is one remark with all its places."""
    shares = sum(len(_SHARE_WITH.findall(line.plain)) for line in words.paragraphs)
    amounts = sum(len(_AMOUNT_WITH.findall(line.plain)) for line in words.paragraphs)
    kinds: tuple[tuple[str, str, str, list[Spot]], ...] = (
        ("漏写百分号", "补上“%”", "warning", _all(words, _SHARE) if shares >= _SIBLINGS else []),
        ("金额漏写单位", "补上“万元”", "warning", _all(words, _AMOUNT) if amounts >= _SIBLINGS else []),
        ("单位重复", "删去多余的单位", "warning", _all(words, _TWICE)),
        ("“万”之后漏写“元”", "补上“元”", "notice", _all(words, _CUT, alone=True)),
        ("数量漏写单位", "补上单位", "warning", list(_counts(words))),
    )
    for what, remedy, severity, spots in kinds:
        if spots:
            number = f"，共{len(spots)}处" if len(spots) > 1 else ""
            yield words.remark("unit_missing", severity, f"{what}：“{spots[0].quote}”{number}", spots, remedy)


def _all(words: Words, pattern: re.Pattern[str], alone: bool = False) -> list[Spot]:
    """Every match in sentences that have a figure with its unit, unless it tells its meaning `alone`."""
    return [
        line.spot(match.start(), match.end())
        for line in words.paragraphs
        if _FULL_STOP.search(line.plain) and (alone or _WITH_UNIT.search(line.plain))
        for match in pattern.finditer(line.plain)
        if not _listed(line, match)
    ]


def _listed(line: Line, match: re.Match[str]) -> bool:
    """Whether the unit follows later for several figures at once (各10.5、20.3万元)."""
    return bool(_LISTED.match(line.plain, match.end()))


def _counts(words: Words) -> Iterator[Spot]:
    """A count without its unit whose neighbour in the sentence counts the same things with a unit."""
    for line in words.paragraphs:
        found = list(_COUNT.finditer(line.plain))
        for before, here, after in zip([None, *found], found, [*found[1:], None], strict=False):
            if here["unit"]:
                continue
            if any(_sibling(line, here, other) for other in (before, after) if other is not None):
                yield line.spot(here.start("label"), here.end())


def _sibling(line: Line, bare: re.Match[str], other: re.Match[str]) -> bool:
    low, high = sorted((bare, other), key=lambda match: match.start())
    between = line.plain[low.end() : high.start() + 1]
    return (
        bool(other["unit"]) and other["label"][-2:] == bare["label"][-2:] and not re.search("[。;]", between)
    )
