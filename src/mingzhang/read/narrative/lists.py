"""Lists in running text: 其中, 主要用于 and numbered items whose figures add up to the one before them.

Words leave open whether a list names all parts. A sum is taken as meant where it comes out, or where a single wrong
digit keeps it from coming out; then it is a doubt, never an accusation.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from mingzhang.facts import Measure, Statement, Tie, Vocabulary
from mingzhang.numbers import Interval
from mingzhang.numbers.digits import digit_steps
from mingzhang.read.narrative.role_words import AVERAGE, MOVED
from mingzhang.read.narrative.sentences import Said

_MARK = re.compile(r"\(?其中:?|(?:主要)?用于(?:以下(?:几个)?方面)?:|包括:|分别(?:是|为):?")
_ITEM = re.compile(r"(?:\(?\d{1,2}\)?[.、．)]?|[①-⑳])(?=[^\d])")
_LONGEST_TAIL = 6
"""A tail of rounding that hides a wrong digit is that of so many figures at most."""
_LONG = 4
"""Sums of fewer digits, where there are decimals, miss by one digit of something by accident; counts have no tail."""
_SHORTEST_NAME = 4
_MOVED_WORD = 3
_NEAR = 8
"""A list that opens a paragraph is of a figure named in so many paragraphs before it at most."""
_SUMS = (Measure("actual"), Measure("initial_budget"), Measure("adjusted_budget"))


@dataclass(frozen=True, slots=True)
class SaidParagraph:
    """A paragraph's plain text and what it said, in order."""

    text: str
    said: tuple[Said, ...]


def list_ties(paragraphs: Sequence[SaidParagraph], vocabulary: Vocabulary) -> Iterator[Tie]:
    """The sums that lists of these paragraphs state, those inside a sentence and those over numbered paragraphs.

    A sum that does not come out is no doubt where the list is known not to be of its whole, or not of all of it.
    """
    statements = {each.statement.id: each.statement for paragraph in paragraphs for each in paragraph.said}
    for tie in _lists(paragraphs):
        whole, *parts = (statements[name] for _, name in tie.terms)
        if tie.certain or not _partial(whole, parts, statements.values(), vocabulary):
            yield tie


def _partial(
    whole: Statement, parts: Sequence[Statement], every: Iterable[Statement], vocabulary: Vocabulary
) -> bool:
    """Whether known concepts are listed that are not those of the whole, or not all of its own that are printed."""
    concepts = {part.coordinate.concept for part in parts}
    if whole.local or any(part.local for part in parts) or len(concepts) < 2:
        return False
    own = set(vocabulary.parts(whole.coordinate.concept))
    others = {replace(whole.coordinate, concept=name) for name in own - concepts}
    return not concepts <= own or any(
        each.coordinate in others and not each.fact.interval.contains(0) for each in every
    )


def _lists(paragraphs: Sequence[SaidParagraph]) -> Iterator[Tie]:
    for number, paragraph in enumerate(paragraphs):
        yield from _inside(paragraph, paragraphs[max(number - _NEAR, 0) : number])
    for number, paragraph in enumerate(paragraphs):
        if paragraph.text.endswith(("其中:", "如下:", "方面:")):
            items: list[SaidParagraph] = []
            for each in paragraphs[number + 1 :]:
                style = _ITEM.match(each.text)
                if not style or (items and each.text.startswith("(") != items[0].text.startswith("(")):
                    break
                items.append(each)
            yield from _over(paragraph, items)


def _inside(paragraph: SaidParagraph, earlier: Sequence[SaidParagraph]) -> Iterator[Tie]:
    marks = list(_MARK.finditer(paragraph.text))
    ranges = [(mark.end(), _end(paragraph.text, mark)) for mark in marks]
    latest: dict[tuple[str, Measure], Statement] = {}
    number = 0
    for mark, children in zip(marks, _listed(paragraph.said, ranges), strict=True):
        while number < len(paragraph.said) and paragraph.said[number].span.end <= mark.start():
            if counted := _counted(paragraph.said[number]):
                latest[counted] = paragraph.said[number].statement
            number += 1
        changes = {each.statement.coordinate.measure for each in children if _is_change(each.statement)}
        for kind, measure in (("count", _SUMS[0]), *(("money", each) for each in (*_SUMS, *changes))):
            parts = [each.statement for each in children if _is(each, kind, measure)]
            if not parts:
                continue
            whole = latest.get((kind, measure))
            if not number and kind == "money":
                whole = _named_before(paragraph.text[: mark.start()], earlier, measure)
            sums = (
                list(sum_tie(whole, parts))
                if whole and len(parts) > 1 and _same_unit([whole, *parts])
                else []
            )
            yield from sums
            if whole and not sums and "其中" in mark[0] and measure in _SUMS:
                opened = paragraph.text.rfind("。", 0, mark.start() - 1)
                first = bisect_right(paragraph.said, opened, 0, number, key=_start)
                near = [each.statement for each in paragraph.said[first:number]]
                if not any(_covers(each, parts[0]) for each in near):
                    yield from _within(whole, parts[0], near)


def _listed(said: Sequence[Said], ranges: Sequence[tuple[int, int]]) -> list[list[Said]]:
    """Of each list, where it starts and ends, the figures that stand in it and in no list inside it."""
    found: list[list[Said]] = [[] for _ in ranges]
    opened: dict[int, int] = {}  # the last list with each end, the latest opened last
    number = 0
    for each in said:
        at = each.span.start
        while number < len(ranges) and ranges[number][0] <= at:
            end = ranges[number][1]
            opened.pop(end, None)
            opened[end] = number
            number += 1
        opened = {end: which for end, which in opened.items() if end > at}
        nearest = math.inf
        for end, which in reversed(opened.items()):
            if end < nearest:
                found[which].append(each)
                nearest = end
    return found


def _start(said: Said) -> int:
    return said.span.start


def _covers(whole: Statement, part: Statement) -> bool:
    return _same_unit([whole, part]) and part.fact.interval.low <= whole.fact.interval.high


def _within(whole: Statement, part: Statement, near: Sequence[Statement]) -> Iterator[Tie]:
    """What 其中 names first, where it is more than what it is of: both counted alike, of one subject's kind and sentence."""
    if whole not in near or MOVED.search(whole.label[-_MOVED_WORD:]):
        return  # 增加5辆，其中：… may be of all vehicles
    at, there = whole.coordinate, part.coordinate
    kin = (whole.local and part.local) or at.concept == there.concept or whole.printed.unit.kind != "money"
    if (
        kin
        and at.period == there.period
        and _same_unit([whole, part])
        and not (whole.approximate or part.approximate)
    ):
        yield Tie(
            "part_within_whole",
            "sum",
            ((Fraction(1), part.id), (Fraction(-1), whole.id)),
            comparison="at_most",
            certain=False,
            severity="warning",
            chinese=f"其中的{part.label}不大于{whole.label}",
            basis="部分不大于整体",
        )


def _is_change(statement: Statement) -> bool:
    return statement.coordinate.measure.kind == "change"


def _named_before(words: str, earlier: Sequence[SaidParagraph], measure: Measure) -> Statement | None:
    """The figure of an earlier paragraph that the words opening a list name: 项目支出主要用于."""
    for paragraph in reversed(earlier):
        for each in reversed(paragraph.said):
            label = each.statement.label
            if len(label) >= _SHORTEST_NAME and words.endswith(label) and _is(each, "money", measure):
                return each.statement
    return None


def _is(said: Said, kind: str, measure: Measure) -> bool:
    """Whether a figure may be a part or a whole of the kind."""
    return _counted(said) == (kind, measure)


def _counted(said: Said) -> tuple[str, Measure] | None:
    """What a part or a whole counts and how it is measured; an average is neither."""
    statement = said.statement
    return None if AVERAGE.search(statement.label) else (said.span.kind, statement.coordinate.measure)


def _end(text: str, mark: re.Match[str]) -> int:
    """Where a list ends: the bracket that it stands in, the sentence."""
    closers = [text.find(")", mark.end())] if mark[0].startswith("(") else []
    found = [at for at in (*closers, text.find("。", mark.end())) if at >= 0]
    return min(found, default=len(text))


def _over(head: SaidParagraph, items: Sequence[SaidParagraph]) -> Iterator[Tie]:
    for measure in _SUMS:
        whole = _first(head.said[::-1], measure)
        parts = [found for item in items if (found := _first(item.said, measure))]
        if whole and len(parts) > 1 and _same_unit([whole, *parts]):
            yield from sum_tie(whole, parts)


def _first(said: Sequence[Said], measure: Measure) -> Statement | None:
    return next((each.statement for each in said if _is(each, "money", measure)), None)


def _same_unit(statements: Sequence[Statement]) -> bool:
    return len({statement.printed.unit for statement in statements}) == 1


def sum_tie(whole: Statement, parts: Sequence[Statement]) -> Iterator[Tie]:
    """The tie that the whole is the sum of its parts, where it comes out or misses by one digit of one figure."""
    if any(statement.approximate for statement in (whole, *parts)):
        return
    finest = max(part.printed.decimals for part in (whole, *parts))
    added = sum((_at(part, finest) for part in parts), start=Interval.of(0))
    holds = added.meets(_at(whole, finest))
    if holds or one_digit_off(whole, parts):
        names = "、".join(part.label for part in parts[:4])
        yield Tie(
            "total",
            "sum",
            ((Fraction(-1), whole.id), *((Fraction(1), part.id) for part in parts)),
            certain=holds,
            severity="error" if holds else "warning",
            chinese=f"{names}{'等' if len(parts) > 4 else ''}之和等于{whole.label}",
            basis="合计＝各部分之和",
        )


def _at(statement: Statement, decimals: int) -> Interval:
    """The figure read with the decimals that its list uses, so that a bare 0 says no more than 0.00 would."""
    return replace(statement.printed, decimals=decimals).interval.scaled(_sign(statement))


def _value(statement: Statement) -> Decimal:
    """The printed value, a decrease below zero."""
    return statement.printed.value * _sign(statement)


def _sign(statement: Statement) -> int:
    return -1 if statement.fact.interval.high < 0 <= statement.printed.value else 1


def one_digit_off(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether one other digit in one of the figures would make the sum come out, but for a tail of rounding.

    Figures must be long enough that this is no accident.
    """
    missing = _value(whole) - sum(_value(part) for part in parts)
    decimals = max(each.printed.decimals for each in (whole, *parts))
    if len(f"{whole.printed.value:.{decimals}f}".replace(".", "")) < (_LONG if decimals else _LONG - 1):
        return False
    last = Decimal(1).scaleb(-decimals)
    tail = min(len(parts), _LONGEST_TAIL) * last / 2
    wanted = [*((part, missing) for part in parts), (whole, -missing)]
    return any(
        abs(change - turned) <= tail
        for each, change in wanted
        for turned in digit_steps(_value(each), decimals)
    )
