"""Punctuation (标点): sentences that end as if they went on, marks printed twice, brackets and quotes left open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Spot, Words
from mingzhang.documents import Block, Heading, Paragraph, Table

_GOES_ON = re.compile(r"[;,、]\Z")
_TWICE = re.compile(r"[,;:、。]*(?:。[,;:、。]|[,;:、][,;、。]|,:|;:)[,;:、。]*")
_NUMBERED = re.compile(r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.)]|[①-⑳]|[一二三四五六七八九十]是|[-•·—])")
_STUTTER = re.compile(
    r"主要是是|原因是是|(?:主要主要|原因原因|预算预算|决算决算)|为为(?=\d)|支出收入(?=为?[\d.]+万元)"
)
"""Words printed twice, and 支出收入, which one template has for 支出."""
_NO_REASON = re.compile(r"(?:主要)?原因(?:是|为|是:|为:|:)(?=[。;,]|\Z)")
_NUMBERING = re.compile(r"(?:\A|[,;:、。])[\dA-Za-z一二三四五六七八九十]{1,3}\Z")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、[^,。;]{0,20}(?:情况|说明)")
_FIGURE = re.compile(r"\d(?:万元|元|%|人|辆|个)")


def check(words: Words) -> Iterator[Remark]:
    """Each kind of slip is one remark with all its places. Most are notices: they change no meaning."""
    following = _following(words)
    kinds: tuple[tuple[str, str, str, list[Spot]], ...] = (
        ("段末应为句号", "把段末的标点改为句号", "notice", list(_unfinished(words, following))),
        ("标点重复", "删去多余的标点", "notice", list(_doubled(words))),
        ("文字重复", "删去重复的文字", "notice", list(_stuttered(words))),
        ("引号或括号不成对", "补上缺少的引号或括号", "notice", list(_unpaired(words))),
        ("写了“主要原因”而没有原因", "补写原因", "warning", list(_without_reason(words, following))),
    )
    for what, remedy, severity, spots in kinds:
        if spots:
            number = f"，共{len(spots)}处" if len(spots) > 1 else ""
            yield words.remark("punctuation", severity, f"{what}：“{spots[0].quote}”{number}", spots, remedy)


def _following(words: Words) -> dict[int, bool]:
    """For each line, by its block's number, whether the text certainly ends there: a heading or a table follows."""
    blocks = words.document.blocks
    return {line.at: line.at + 1 < len(blocks) and _begins_anew(blocks[line.at + 1]) for line in words.lines}


def _begins_anew(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.located and _SECTION.match(block.located.text))
    return isinstance(block, Table) or (isinstance(block, Heading) and block.level <= 3)


def _unfinished(words: Words, ends: dict[int, bool]) -> Iterator[Spot]:
    """Paragraphs with figures that end in ； ， or 、 though a heading follows; lists of duties are not looked at."""
    for line in words.paragraphs:
        if not ends[line.at] or not _FIGURE.search(line.plain) or not _GOES_ON.search(line.plain):
            continue
        if not _NUMBERED.match(line.plain):
            yield line.spot(max(len(line.plain) - 8, 0))


def _doubled(words: Words) -> Iterator[Spot]:
    for line in words.paragraphs:
        for match in _TWICE.finditer(line.plain):
            if not re.fullmatch(r"。{3,}", match[0]):
                yield line.spot(max(match.start() - 4, 0), match.end())


def _stuttered(words: Words) -> Iterator[Spot]:
    for line in words.paragraphs:
        for match in _STUTTER.finditer(line.plain):
            yield line.spot(match.start(), match.end())


def _unpaired(words: Words) -> Iterator[Spot]:
    """Whole paragraphs only: they begin after a full stop and end with one."""
    whole = True
    for line in words.lines:
        begins, whole = whole, line.kind == "heading" or line.plain.endswith(("。", ":", ";"))
        if line.kind not in ("body", "list") or not begins or not line.plain.endswith("。"):
            continue
        at = _open(line.plain, words.printed(line.text))
        if at is not None:
            yield line.spot(max(at - 6, 0), min(at + 7, len(line.plain)))


def _open(plain: str, printed: str) -> int | None:
    """Where the first bracket or quote stands that has no partner; None where all pair.

    Straight quotes tell nothing of their side: of an odd number only the last is known to be left.

    >>> _open("(一)本年(含上年结转。", "（一）本年（含上年结转。")
    5
    """
    curly = [at for at, character in enumerate(printed) if character in "“”"]
    if plain.count('"') == len(curly):
        waiting = _alone(printed, "“”")
        if waiting is not None and 2 * printed.count("“") != len(curly):
            return waiting
    elif plain.count('"') % 2:
        return plain.rindex('"')
    return _alone(plain, "()")


def _alone(text: str, pair: str) -> int | None:
    waiting: list[int] = []
    for at, character in enumerate(text):
        if character == pair[0]:
            waiting.append(at)
        elif character == pair[1]:
            if waiting:
                waiting.pop()
            elif not _NUMBERING.search(text[max(at - 6, 0) : at]):
                return at
    return waiting[0] if waiting else None


def _without_reason(words: Words, ends: dict[int, bool]) -> Iterator[Spot]:
    for line in words.paragraphs:
        for match in _NO_REASON.finditer(line.plain):
            if match.end() < len(line.plain) or ends[line.at]:
                yield line.spot(match.start(), min(match.end() + 1, len(line.plain)))
