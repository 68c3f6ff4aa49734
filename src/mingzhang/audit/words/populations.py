"""Populations (口径): stocks and rates under one name that are drawn differently in different places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words

_STOCK_WORDS = "现有|在册|实有|登记在册|共有|目前有|在矫|在管"
_STOCK = re.compile(
    rf"(?P<before>(?:全[区县市镇乡街院]|辖区|目前|我[区县市])*(?:{_STOCK_WORDS}))(?P<what>[一-龥]{{3,12}}?)(?:共|为|有)?"
    r"(?P<number>\d[\d,]*)(?P<unit>人|名|家|户|个|辆|所)?(?![\d.,]*\d)"
)
_RATE = re.compile(
    r"(?P<what>[一-龥]{4,10}率)(?:实现了?|达到?|为|是|保持|控制在)*(?P<quote>\"?)(?P<number>\d+(?:\.\d+)?)(?P<unit>%?)(?P=quote)(?![\d.])"
)
_GOAL = re.compile(r"(?:指标值|目标值|年初目标|不[高低]于|[≤≥<>]|以[上内])[^,;。]{0,4}\Z")
_ACCOUNTS = re.compile("预算|支付|结转|经费|采购|资金|增长|执行|完成|支出|收入")
"""Rates of the accounts differ from project to project."""
_MOST = 500


@dataclass(frozen=True, slots=True)
class _Count:
    what: str
    number: str
    whose: str
    """The words before it in its clause: 法律援助中心, 截至2020年底."""
    line: Line
    spot: Spot


def check(words: Words) -> Iterator[Remark]:
    """One stock counted in two ways in two sections; a rate that is nothing here and something there."""
    for group in _grouped(islice(_found(words, _STOCK), _MOST)):
        yield from _told(words, group, "数量")
    for group in _grouped(islice(_found(words, _RATE), _MOST)):
        if any(float(each.number) == 0 for each in group):
            yield from _told(words, group, "比率")


def _found(words: Words, pattern: re.Pattern[str]) -> Iterator[_Count]:
    for line in words.paragraphs:
        for match in pattern.finditer(line.plain):
            rate = pattern is _RATE
            if rate and (not (match["unit"] or match["quote"]) or _ACCOUNTS.search(match["what"])):
                continue
            if _GOAL.search(line.plain[: match.start("number")]):
                continue
            whose = "" if rate else re.split("[,。;:、()]", line.plain[: match.start()])[-1]
            spot = line.spot(match.start(), match.end())
            yield _Count(match["what"], match["number"].replace(",", ""), whose, line, spot)


def _grouped(counts: Iterator[_Count]) -> Iterator[list[_Count]]:
    """Counts of one name and owner together; a name may stand with more words before it."""
    groups: dict[str, list[_Count]] = {}
    for each in counts:
        name = next((key for key in groups if key.endswith(each.what) or each.what.endswith(key)), each.what)
        groups.setdefault(name, []).append(each)
    yield from (group for group in groups.values() if len({each.whose for each in group}) == 1)


def _told(words: Words, group: list[_Count], kind: str) -> Iterator[Remark]:
    numbers = list(dict.fromkeys(each.number for each in group))
    sections = {(each.line.part, each.line.section) for each in group}
    if len(numbers) != 2 or len(sections) < 2:
        return
    first, second = (next(each for each in group if each.number == number) for number in numbers)
    name = min((each.what for each in group), key=len)
    yield words.remark(
        "population",
        "warning",
        f"“{name}”的{kind}前后不同：“{first.spot.quote}”与“{second.spot.quote}”，口径不一",
        [each.spot for each in group],
        "写明各自的统计口径，或统一为一个数",
    )
