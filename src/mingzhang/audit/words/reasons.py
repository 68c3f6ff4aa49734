"""Reasons (主要原因) that explain another change than the one that is stated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words

_BECAUSE = r"(?:的?主要)?原因(?:是|为)?:?"
_LEVEL = re.compile(rf"(?<!基本)持平[。,;]?{_BECAUSE}")
_CHANGE = re.compile(
    rf"(?P<change>增加|增长|减少|下降)[\d.]+(?:万元|元|%)(?:,(?:增长|下降|增加|减少)[\d.]+(?:%|万元))?[。,;]{_BECAUSE}"
)
_REASON = re.compile(r"(?:主要)?原因(?:是|为)?:?(?P<reason>[^。;]{4,})")
_ANOTHER_BASE = re.compile(r"上年|去年|基数|同期|20\d\d年|结转|结余|其中|一是|预算")
_BALANCE = re.compile(r"结转|结余|余额")
_BEGINNING = 20


def check(words: Words) -> Iterator[Remark]:
    """A reason for a change where nothing changed, and a reason for the opposite change.

    The very reason given elsewhere for a change makes the first more than a notice: it was copied.
    """
    elsewhere = _reasons(words)
    for line in words.items:
        for match in _LEVEL.finditer(line.plain):
            reason = _first_sentence(line.plain[match.end() :])
            direction = _direction(words, reason)
            if direction:
                copied = bool(elsewhere[reason[:_BEGINNING]] - {line.at})
                yield words.remark(
                    "reason",
                    "warning" if copied else "notice",
                    f"说“持平”，给出的却是{direction}的原因：“{reason[:40]}”",
                    [line.spot(match.start(), match.end())],
                    "核对是否持平，原因与变动一致",
                )
        for match in _CHANGE.finditer(line.plain):
            reason = _first_sentence(line.plain[match.end() :])
            said = "增加" if match["change"] in ("增加", "增长") else "减少"
            direction = _direction(words, reason)
            if not direction or direction == said or _ANOTHER_BASE.search(reason):
                continue
            if not _BALANCE.search(line.plain[max(match.start() - 40, 0) : match.start()]):
                yield words.remark(
                    "reason",
                    "notice",
                    f"说{said}，给出的却像是{direction}的原因：“{reason[:40]}”",
                    [line.spot(match.start(), min(match.end() + len(reason), len(line.plain)))],
                    "核对变动方向与原因",
                )


def _reasons(words: Words) -> dict[str, set[int]]:
    """The lines in which each reason is given, by its first words."""
    found: dict[str, set[int]] = defaultdict(set)
    for line in words.items:
        for match in _REASON.finditer(line.plain):
            found[match["reason"][:_BEGINNING]].add(line.at)
    return found


def _first_sentence(text: str) -> str:
    return re.split("[。;]", text, maxsplit=1)[0]


def _direction(words: Words, reason: str) -> str:
    """增加 or 减少 where a reason has words of one direction only, else nothing."""
    up = any(word in reason for word in words.phrases.more)
    down = any(word in reason for word in words.phrases.less)
    return "" if up == down else "增加" if up else "减少"
