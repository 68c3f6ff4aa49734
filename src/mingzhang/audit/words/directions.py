"""Words of direction (大于、小于、持平) against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Words
from mingzhang.facts import Statement

_BUDGETS = ("initial_budget", "adjusted_budget")
_CLAIM = re.compile(
    r"(?:支出)?决算数?(?:与(?P<level_base>年初预算|全年预算|调整预算|预算)数?(?:相比)?(?P<roughly>基本)?持平"
    r"|(?P<word>大于|小于|高于|低于|等于|超过)(?P<base>年初预算|全年预算|调整预算|预算)数?)"
)
_SIGNS = {"大于": 1, "高于": 1, "超过": 1, "小于": -1, "低于": -1, "等于": 0}
_CALLED = {"年初预算": "initial_budget", "全年预算": "adjusted_budget", "调整预算": "adjusted_budget"}
_SIBLINGS = 3


@dataclass(frozen=True, slots=True)
class _Said:
    """One comparison in words: its line, where it stands, its direction and the base that it names."""

    line: Line
    start: int
    end: int
    word: str
    direction: int
    roughly: bool
    base: str
    own: Statement | None
    budget: Statement | None
    rate: Statement | None = None
    """The completion of that budget, where only this is printed."""


def check(words: Words) -> Iterator[Remark]:
    """Directions that the figures contradict, and bases that are not the one printed."""
    said = [each for line in words.items for each in _said(words, line)]
    for each in said:
        if (
            each.own
            and each.budget
            and words.suspected.isdisjoint((each.own.id, each.budget.id))
            and _contradicted(each, each.own, each.budget)
        ):
            yield _wrong(words, each, each.own, each.budget)
        elif (
            each.rate
            and not each.budget
            and each.rate.id not in words.suspected
            and _at_odds(each, each.rate)
        ):
            yield _wrong_rate(words, each, each.rate)
    yield from _bases(words, said)


def _said(words: Words, line: Line) -> Iterator[_Said]:
    """The comparisons of a line with the last actual and the last budget printed before each in the same item."""
    claims = list(_CLAIM.finditer(line.plain))
    if not claims:
        return
    figures = _figures(words, line)
    begin = 0
    for match in claims:
        near = [each for at, each in figures if begin <= at < match.start()]
        own = _last(near, "actual")
        name = match["base"] or match["level_base"]
        budget = next(
            (each for each in reversed(near) if _is_budget(each, name) and own and _same_subject(each, own)),
            None,
        )
        word = match["word"] or "持平"
        yield _Said(
            line,
            match.start(),
            match.end(),
            word,
            _SIGNS.get(word, 0),
            bool(match["roughly"]),
            name,
            own,
            budget,
            None if budget else _completion(near, own, name),
        )
        begin = match.end()


def _figures(words: Words, line: Line) -> list[tuple[int, Statement]]:
    """The figures of a line with their places among its characters."""
    index = {offset: at for at, offset in reversed(list(enumerate(line.text.offsets)))}
    firsts = {page.number: page.first for page in words.document.pages}
    found = []
    for each in words.statements_of(line):
        at = index.get(firsts[each.places[0].page] + each.places[0].start)
        if at is not None:
            found.append((at, each))
    return found


def _last(figures: Sequence[Statement], kind: str) -> Statement | None:
    return next((each for each in reversed(figures) if each.coordinate.measure.kind == kind), None)


def _completion(near: Sequence[Statement], own: Statement | None, name: str) -> Statement | None:
    """The last completion printed, where it is of the same subject and budget."""
    found = _last(near, "completion")
    if found is None or own is None or found.approximate or not _same_subject(found, own):
        return None
    return found if _CALLED.get(name, found.coordinate.measure.of) == found.coordinate.measure.of else None


def _at_odds(said: _Said, rate: Statement) -> bool:
    """Whether a completion lies on the other side of 100 % than the words say."""
    interval = rate.fact.interval
    if said.roughly or interval.high == 0:
        return False
    if said.direction:
        return interval.high < 1 if said.direction > 0 else interval.low > 1
    return not interval.contains(1)


def _is_budget(statement: Statement, name: str) -> bool:
    kind = statement.coordinate.measure.kind
    return kind == _CALLED[name] if name in _CALLED else kind in _BUDGETS


def _same_subject(one: Statement, other: Statement) -> bool:
    first, second = one.coordinate, other.coordinate
    return (first.concept, first.dimensions, first.period) == (
        second.concept,
        second.dimensions,
        second.period,
    )


def _contradicted(said: _Said, own: Statement, budget: Statement) -> bool:
    """Whether no exact values behind the print could make the words true; 基本持平 may differ by a tenth."""
    if own.approximate or budget.approximate:
        return False
    actual, planned = own.fact.interval, budget.fact.interval
    if said.direction > 0:
        return actual.high < planned.low
    if said.direction < 0:
        return planned.high < actual.low
    if said.roughly:
        return 10 * abs(own.fact.value - budget.fact.value) > abs(budget.fact.value)
    return not actual.meets(planned)


def _wrong(words: Words, said: _Said, own: Statement, budget: Statement) -> Remark:
    should_be = "大于" if own.fact.value > budget.fact.value else "小于"
    return words.remark(
        "direction",
        "warning",
        f"说决算数{said.word}{said.base}数，但决算{own.shown}、预算{budget.shown}，应为{should_be}",
        [said.line.spot(said.start, said.end)],
        "核对表述与数字",
        should_be=should_be,
        statements=(own, budget),
    )


def _wrong_rate(words: Words, said: _Said, rate: Statement) -> Remark:
    should_be = "大于" if rate.fact.value > 1 else "小于"
    return words.remark(
        "direction",
        "warning",
        f"说决算数{said.word}{said.base}数，但完成率是{rate.shown}，应为{should_be}",
        [said.line.spot(said.start, said.end)],
        "核对表述与完成率",
        should_be=should_be,
        statements=(rate,),
    )


def _bases(words: Words, said: Sequence[_Said]) -> Iterator[Remark]:
    """预算数 alone where the same item prints 全年预算 and its siblings compare with 全年预算数."""
    for name, kind in _CALLED.items():
        siblings = sum(each.base == name for each in said)
        bare = [
            each
            for each in said
            if each.base == "预算"
            and each.budget
            and each.budget.coordinate.measure.kind == kind
            and name != "调整预算"
        ]
        if bare and siblings >= max(_SIBLINGS, 2 * len(bare)):
            yield words.remark(
                "direction",
                "notice",
                f"“{bare[0].line.plain[bare[0].start : bare[0].end]}”没有写明是{name}数，其他各项都写明",
                [each.line.spot(each.start, each.end) for each in bare],
                f"写明“{name}数”",
                should_be=f"{name}数",
            )
