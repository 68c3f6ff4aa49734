"""What differs between two published versions (版本比较): figures that moved, paragraphs that read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import html

from mingzhang import pipeline
from mingzhang.facts import Coordinate, CoordinateError, Vocabulary
from mingzhang.facts.titles import title_of
from mingzhang.records.models import Publication
from mingzhang.records.published import text_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of which the versions print something else; blank where one prints nothing."""

    coordinate: str
    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A paragraph in both versions, in pieces: (`same`, `out` or `in`, text)."""

    heading: str
    pieces: tuple[tuple[str, str], ...]


def moved_figures(before: Publication, now: Publication, words: Vocabulary) -> list[Moved]:
    """The figures that differ, in the order of their coordinates."""
    changes = pipeline.what_moved(before.figures, now.figures)
    return [Moved(coordinate, _title(coordinate, words), was, is_) for coordinate, was, is_ in changes]


def _title(coordinate: str, words: Vocabulary) -> str:
    """The figure in words; its coordinate where the books no longer know what it names."""
    try:
        asked = Coordinate.parse(coordinate)
        words.check(asked.cell)
        return title_of(asked, words)
    except (CoordinateError, KeyError, ValueError):
        return coordinate


def rewritten(before: Publication, now: Publication) -> list[Rewritten] | None:
    """Paragraphs that differ; None where the text of one of the versions is not kept here."""
    was, is_ = _paragraphs(before), _paragraphs(now)
    if was is None or is_ is None:
        return None
    return list(_differing(was, is_))


def _paragraphs(publication: Publication) -> list[tuple[str, str]] | None:
    """(heading, text) of every paragraph of the frozen text."""
    text = text_of(publication)
    if text is None:
        return None
    heading, found = "", []
    for element in html.fragment_fromstring(text, create_parent="div").iter():
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            heading = element.text_content()
        elif element.tag == "p":
            found.append((heading, element.text_content()))
    return found


def _differing(was: list[tuple[str, str]], is_: list[tuple[str, str]]) -> Iterator[Rewritten]:
    matcher = SequenceMatcher(None, [text for _, text in was], [text for _, text in is_], autojunk=False)
    for kind, low, high, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        paired = min(high - low, last - first)
        for (_, old), (heading, new) in zip(
            was[low : low + paired], is_[first : first + paired], strict=True
        ):
            yield Rewritten(heading, tuple(_pieces(old, new)))
        for heading, old in was[low + paired : high]:
            yield Rewritten(heading, (("out", old),))
        for heading, new in is_[first + paired : last]:
            yield Rewritten(heading, (("in", new),))


def _pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    for kind, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", old[low:high]
            continue
        if high > low:
            yield "out", old[low:high]
        if last > first:
            yield "in", new[first:last]
