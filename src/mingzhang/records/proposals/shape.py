"""The shape of a proposal's content (内容的形式): which fields hold words, days, whole numbers, lists; looked at before anything relies on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingzhang.documents import Problem

MOST_FEN = 10**15
"""Ten trillion yuan: more than any department has."""
_MOST_ITEMS = 5_000

Wrong = Iterator[tuple[str, str]]
"""(path, what is asked for) of everything that has another shape."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words, blank or null where not stated."""

    longest: int = 200

    def wrong(self, value: Any, path: str) -> Wrong:
        """Text that any database keeps, and not too long."""
        if value is not None and not (
            isinstance(value, str) and len(value) <= self.longest and is_plain(value)
        ):
            yield path, f"至多{self.longest}字的文字"


@dataclass(frozen=True, slots=True)
class Word:
    """One of some words."""

    words: tuple[str, ...]

    def wrong(self, value: Any, path: str) -> Wrong:
        """One of them, blank or null."""
        if value not in (None, "", *self.words):
            yield path, f"{'、'.join(self.words)}之一"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    low: int = -MOST_FEN
    high: int = MOST_FEN
    needed: bool = False

    def wrong(self, value: Any, path: str) -> Wrong:
        """Within its bounds; null where not needed."""
        if value is None and not self.needed:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            yield path, f"{self.low}至{self.high}的整数"


@dataclass(frozen=True, slots=True)
class Day:
    """A day."""

    def wrong(self, value: Any, path: str) -> Wrong:
        """YYYY-MM-DD, blank or null."""
        if value in (None, ""):
            return
        try:
            date.fromisoformat(value)
        except (TypeError, ValueError):
            yield path, "形如 2021-03-05 的日期"


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def wrong(self, value: Any, path: str) -> Wrong:
        """A truth value or null."""
        if value is not None and not isinstance(value, bool):
            yield path, "true 或 false"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, each item of one shape."""

    item: Any

    def wrong(self, value: Any, path: str) -> Wrong:
        """A list or null."""
        if value is None:
            return
        if not isinstance(value, list) or len(value) > _MOST_ITEMS:
            yield path, f"至多{_MOST_ITEMS}项的列表"
            return
        for place, each in enumerate(value):
            yield from self.item.wrong(each, f"{path}[{place}]")


@dataclass(frozen=True, slots=True)
class Amounts:
    """One amount in fen, or amounts by name."""

    def wrong(self, value: Any, path: str) -> Wrong:
        """A whole number, or whole numbers by name."""
        if isinstance(value, Mapping):
            for name, each in value.items():
                yield from Whole().wrong(each, f"{path}.{name}")
        else:
            yield from Whole().wrong(value, path)


@dataclass(frozen=True, slots=True)
class Texts:
    """Words by name."""

    longest: int = 500

    def wrong(self, value: Any, path: str) -> Wrong:
        """Texts by name, or null."""
        if value is None:
            return
        if not isinstance(value, Mapping) or len(value) > _MOST_ITEMS:
            yield path, "按名称的文字"
            return
        for name, each in value.items():
            if not is_plain(str(name)):
                yield path, "按名称的文字"
            yield from Text(self.longest).wrong(each, f"{path}.{name}")


@dataclass(frozen=True, slots=True)
class Record:
    """Fields by name. Where it is `open`, others may stand beside them if they are plain."""

    fields: Mapping[str, Any]
    open: bool = False

    def wrong(self, value: Any, path: str) -> Wrong:
        """An object with fields of their shapes."""
        if not isinstance(value, Mapping):
            yield path, "对象"
            return
        for name, shape in self.fields.items():
            yield from shape.wrong(value.get(name), f"{path}.{name}" if path else name)
        for name in value.keys() - self.fields.keys():
            if not self.open or not is_plain(name):
                yield f"{path}.{name}" if path else str(name), "已知的字段"
            elif not _is_simple(value[name]):
                yield f"{path}.{name}" if path else name, "文字、整数、或它们的列表和对象"


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something that may be left out."""

    shape: Any

    def wrong(self, value: Any, path: str) -> Wrong:
        """Null, or of the shape."""
        if value is not None:
            yield from self.shape.wrong(value, path)


def problems_of_shape(shape: Record, payload: Any, where: str) -> list[Problem]:
    """What of a content has another shape than it must, at most twenty."""
    found = []
    for path, wanted in shape.wrong(payload, ""):
        found.append(
            Problem("wrong_shape", f"“{path[:100] or '内容'}”应为{wanted}", where, "按接口说明改正这一项。")
        )
        if len(found) == 20:
            break
    return found


def is_plain(text: str) -> bool:
    r"""Whether any database can keep a text: no NUL, no half of a surrogate pair.

    >>> is_plain("办公费"), is_plain("a\x00"), is_plain("\ud800")
    (True, False, False)
    """
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _is_simple(value: Any, depth: int = 0) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) <= MOST_FEN
    if isinstance(value, str):
        return len(value) <= 10_000 and is_plain(value)
    if depth > 5:
        return False
    if isinstance(value, list):
        return len(value) <= _MOST_ITEMS and all(_is_simple(each, depth + 1) for each in value)
    if isinstance(value, Mapping):
        return len(value) <= _MOST_ITEMS and all(
            is_plain(name) and _is_simple(each, depth + 1) for name, each in value.items()
        )
    return False
