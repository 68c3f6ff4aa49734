"""Where text stands: pages as read from a file, and runs of text that know the place of each character."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: page (from 1), character offsets in the page's text, the box where the page has one.

    Plain text, web pages and office documents are one page each, a workbook one page a sheet.
    """

    page: int
    start: int
    end: int
    box: Box | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page as read. `text` is what offsets count in; `first` is the document-wide offset of its first character.

    `boxes` holds four numbers (left, top, right, bottom, in points) for each character of `text`, zeros where a
    character has no ink; None for files without pages. `readable` is False where the page is a picture.
    `name` is a sheet's name.
    """

    number: int
    text: str
    first: int = 0
    width: float = 0.0
    height: float = 0.0
    boxes: array[float] | None = field(default=None, repr=False)
    readable: bool = True
    name: str = ""

    def box(self, start: int, end: int) -> Box | None:
        """The smallest box around the inked characters in a range of `text`; None where there are none."""
        if self.boxes is None:
            return None
        spots = [self.boxes[4 * at : 4 * at + 4] for at in range(start, end)]
        inked = [spot for spot in spots if spot[2] > spot[0]]
        if not inked:
            return None
        return (
            min(spot[0] for spot in inked),
            min(spot[1] for spot in inked),
            max(spot[2] for spot in inked),
            max(spot[3] for spot in inked),
        )


class Run(NamedTuple):
    """A run of text in an office file: its offsets in the page as read, and where its element is in the file.

    `element` counts the elements of `part` in document order; `note` is the id of the foot- or endnote it stands in.
    """

    start: int
    end: int
    part: str
    element: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text made plain for understanding, and for each of its characters the document-wide offset.

    Plain means: one width for digits and Latin letters, radicals turned into characters, line breaks and the
    spaces around Chinese characters taken out; a space stays only where it parts two numbers or two Latin words.
    `offsets` has one entry per character, so that every slice still knows its place.
    """

    text: str
    offsets: Sequence[int] = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"{len(self.text)} characters need as many offsets, not {len(self.offsets)}")

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Text:
        return Text(self.text[part], self.offsets[part])

    def __add__(self, other: Text) -> Text:
        return Text(self.text + other.text, [*self.offsets, *other.offsets])


def places(text: Text, pages: Sequence[Page], start: int = 0, end: int | None = None) -> tuple[Place, ...]:
    """The places of a range of a text, in order: one for each page that it touches, where pages have boxes each line.

    >>> page = Page(1, "共 59 人")
    >>> places(Text("共59人", [0, 2, 3, 5]), [page], 1, 3)
    (Place(page=1, start=2, end=4, box=None, quote='59'),)
    """
    end = len(text) if end is None else end
    return tuple(_places(text.offsets[start:end], text.text[start:end], pages))


def _same_line(page: Page, before: int, after: int) -> bool:
    """Whether the next character stands on the same page, and where there are boxes on the same line."""
    if not 0 <= after - page.first < len(page.text):
        return False
    between = page.text[before - page.first : after - page.first] if before < after else ""
    return page.boxes is None or "\n" not in between


def _whole(offsets: Sequence[int], page: Page) -> tuple[Page, int, int] | None:
    """Page and range of characters that stand on one line, one after another; None where they do not."""
    low, high = offsets[0] - page.first, offsets[-1] - page.first + 1
    in_order = all(before <= after for before, after in pairwise(offsets))
    if not in_order or not 0 <= low < high <= len(page.text):
        return None
    return (page, low, high) if page.boxes is None or "\n" not in page.text[low:high] else None


def _places(offsets: Sequence[int], quote: str, pages: Sequence[Page]) -> Iterator[Place]:
    firsts = [page.first for page in pages]
    at = 0
    if offsets and (whole := _whole(offsets, pages[max(bisect_right(firsts, offsets[0]) - 1, 0)])):
        page, low, high = whole
        yield Place(page.number, low, high, page.box(low, high), quote)
        return
    while at < len(offsets):
        page = pages[max(bisect_right(firsts, offsets[at]) - 1, 0)]
        last = at + 1
        while last < len(offsets) and _same_line(page, offsets[last - 1], offsets[last]):
            last += 1
        inside = [offset - page.first for offset in offsets[at:last]]
        low, high = min(inside), max(inside) + 1
        yield Place(page.number, low, high, page.box(low, high), quote[at:last])
        at = last
