"""Lines of plain text → paragraphs: which line goes on in the next, told from the text's own habits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mingzhang.read.reports.plain import width

_LINE = re.compile(r"([^\n\r\f]*)(\r\n|\n|\r|\f|\Z)")
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页(?:[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})"
)
_NUMBER_ALONE = re.compile(r"\d{1,3}")
_PART = re.compile(r"第\s*[一二三四五六七八九十\d]{1,3}\s*部分")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十]{1,3}[）)]")
_ITEM = re.compile(
    r"\d{1,2}\s*(?:[、．]|\.(?!\d))|[（(]\d{1,2}[）)]|\d{1,2}[）)]|[①-⑳⑴-⒇⒈-⒛●■◆▲★•]"
    r"|(?:注|备注|说明|附注|附件|附表)\s*\d*\s*[：:]|[图表]\s*\d{1,2}(?!\d*(?:\.\d|万|元|%))"
)
_TITLE_TAIL = re.compile(
    r"(?:\d{4}\s*年)?度?(?:部门|单位)?(?:预|决)?(?:算)?(?:公开)?表?(?:情况)?(?:的?说明|明)?(?:报告)?"
)
_PART_ENDS = re.compile(r"(?:概况|情况|表|说明|解释|附件|附录|公开|释义|报告)\Z")
_TITLE_ENDS = re.compile(r"(?:表|说明|概况|解释|报告)\Z")
_HEADED = re.compile(r"(?:情况|说明|表|概况|职能|职责|构成|结果|解释)\Z")
_ENDS = re.compile(r"[。！？：!?:][”’\"')）》】]*\Z")
_OF_WHICH = re.compile(r"[，,；;]其中[：:]\Z")
"""Ends a line that is nearly full, not a sentence: 支出100元，其中： / 基本支出…."""
_OPEN_END = re.compile(r"[，、,（(“《]\Z")
_SENTENCE = re.compile(r"[，。；]|[\d%一-龥)）][,;](?!\d)")
_LABELLED = re.compile(r".[：:].{6}")
_LEADERS = re.compile(r"(?:[.．·…]\s*){3,}\(?\d*\)?\Z")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OF_TABLE = re.compile(r"(?:\s[-－]?\d[\d,，]*(?:\.\d+)?)+\Z")
"""Ends a row of a table: its width tells nothing of where running text breaks."""
_NARROWEST_WRAP, _WIDEST_WRAP = 20, 200
_FEWEST_LINES = 6
_MOST_NUMBERS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line with ink: where its text starts, the text as it stands, how many blank lines stand above it."""

    start: int
    text: str
    blank_above: int = 0
    page_break: bool = False
    """Whether a new page began above it."""

    @property
    def words(self) -> str:
        """The text without the spaces around it."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """The width of the space in front, in half characters."""
        return width(self.text[: len(self.text) - len(self.text.lstrip())])


def lines_of(text: str) -> list[Line]:
    """The lines that say something: page numbers and repeated page heads are left out."""
    lines: list[Line] = []
    blank, broken = 0, False
    for found in _LINE.finditer(text):
        if not found[0]:
            break
        if _inked(found[1]):
            lines.append(Line(found.start(), found[1], blank, broken))
            blank, broken = 0, False
        else:
            blank += 1
        broken = broken or found[2] == "\f"
    return _without_heads(_without_page_numbers(lines))


def _inked(text: str) -> bool:
    return bool(text.strip().strip("\u200b\u200c\u200d\ufeff\u200e\u200f\0"))


def _without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Numbers alone on a line, growing from page to page, are page numbers; others may be figures."""
    alone = [line for line in lines if _NUMBER_ALONE.fullmatch(line.words)]
    ascending = _heaviest_ascent(alone) if len(alone) <= max(3, len(lines) // 12) else set()
    kept: list[Line] = []
    passed = False
    for line in lines:
        if line.start in ascending or _PAGE_NUMBER.fullmatch(line.words):
            passed = True
            continue
        kept.append(Line(line.start, line.text, line.blank_above, True) if passed else line)
        passed = False
    return kept


def _heaviest_ascent(alone: Sequence[Line]) -> set[int]:
    """The growing chain of numbers with the largest sum: a list's 1, 2, 3 on one page yields to the pages' own numbers."""
    best: list[tuple[int, int]] = []
    """For each number the heaviest sum of a chain that it closes, and the one before it in that chain."""
    for at, line in enumerate(alone[:_MOST_NUMBERS]):
        value = int(line.words)
        earlier = ((best[before][0], before) for before in range(at) if int(alone[before].words) < value)
        weight, before = max(earlier, default=(0, -1))
        best.append((weight + value, before))
    chain: set[int] = set()
    at = max(range(len(best)), key=lambda each: best[each][0], default=-1)
    while at >= 0:
        chain.add(alone[at].start)
        at = best[at][1]
    return chain


def _without_heads(lines: Sequence[Line]) -> list[Line]:
    """Lines that stand the same at the top of three or more pages say nothing of their own."""
    tops = Counter(line.words for line in lines if line.page_break and not _SENTENCE.search(line.words))
    heads = {words for words, times in tops.items() if times >= 3 and not words[-1:].isdigit()}
    kept: list[Line] = []
    passed = False
    for line in lines:
        if line.page_break and line.words in heads:
            passed = True
            continue
        kept.append(Line(line.start, line.text, line.blank_above, True) if passed else line)
        passed = False
    return kept


@dataclass(frozen=True)
class Layout:
    """The habits of a text: `usual` is the width of a full line, 0 where each paragraph is one line.

    `indented` says that paragraphs begin set in, so that a line at the margin goes on with the one before.
    """

    usual: int
    double_spaced: bool
    margin: int
    indented: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """The habits of these lines."""
        words = [
            line.words
            for line in lines
            if _CHINESE.search(line.words) and not (line.words[-1].isdigit() and _OF_TABLE.search(line.words))
        ]
        blank = sum(1 for line in lines[1:] if line.blank_above)
        margin = Counter(line.indent for line in lines).most_common(1)[0][0] if lines else 0
        usual = _usual(words)
        return cls(
            usual, len(lines) > 3 and blank * 10 > len(lines) * 6, margin, _indented(lines, usual, margin)
        )

    def goes_on(self, before: Sequence[Line], line: Line) -> bool:
        """Whether a paragraph of the lines before goes on in this line."""
        return _Joint(self, before, line).holds


def _indented(lines: Sequence[Line], usual: int, margin: int) -> bool:
    """Whether nearly every line after a paragraph's certain end is set in."""
    after = [
        line.indent >= margin + 3
        for before, line in pairwise(lines)
        if _ENDS.search(before.words) and width(before.words) < 0.7 * usual
    ]
    return len(after) >= _FEWEST_LINES and sum(after) * 10 >= len(after) * 9


def _usual(lines: Sequence[str]) -> int:
    """The width at which lines break; 0 where they end only with their paragraphs."""
    wide = [(each, line) for line in lines if (each := width(line)) >= _NARROWEST_WRAP]
    if len(wide) < _FEWEST_LINES:
        return 0
    widest = sorted(each for each, _ in wide)[int(len(wide) * 0.95)]
    full = [line for each, line in wide if 0.88 * widest <= each <= 1.06 * widest]
    beyond = sum(1 for each, _ in wide if each > 1.1 * widest)
    ended = sum(1 for line in full if _ENDS.search(line))
    regular = len(full) * 100 >= len(wide) * 30 and beyond * 20 <= len(wide) and widest <= _WIDEST_WRAP
    return widest if regular and ended * 2 <= len(full) else 0


@dataclass(frozen=True)
class _Joint:
    """The place between two lines."""

    layout: Layout
    before: Sequence[Line]
    line: Line

    @cached_property
    def last(self) -> str:
        return self.before[-1].words

    @cached_property
    def next(self) -> str:
        return self.line.words

    @cached_property
    def nearby(self) -> Sequence[Line]:
        """The lines that tell what the paragraph is, however long it is."""
        return self.before if len(self.before) < 20 else (*self.before[:15], *self.before[-4:])

    @property
    def holds(self) -> bool:
        if _PART.match(self.next) or _LEADERS.search(self.last) or _LEADERS.search(self.next):
            return False
        if _SECTION.match(self.next) and _HEADED.search(self.next) and not _SENTENCE.search(self.next):
            return False
        begins = bool(_SECTION.match(self.next) or _ITEM.match(self.next))
        ended = bool(_ENDS.search(self.last))
        said = any(_SENTENCE.search(line.words) for line in self.nearby)
        if begins and (
            ended
            or self.last.endswith(("；", ";"))
            or not said
            or self.fullness < 0.8
            or self._under_heading()
        ):
            return False
        if not said and not begins and self._title_goes_on():
            return True
        if _OPEN_END.search(self.last):
            return not begins
        if self.layout.indented and said and not begins and self.line.indent <= self.layout.margin + 1:
            return self.fullness >= 0.6
        parted = self.line.blank_above and not self.line.page_break and not self.layout.double_spaced
        if self._indented() or (parted and (ended or not said)):
            return False
        if not self.layout.usual:
            return False
        if _OF_WHICH.search(self.last) and self.fullness >= 0.75:
            return not begins
        if ended:
            return self.fullness >= 0.955 and not self.line.page_break
        if not said:
            labelled = any(_LABELLED.search(line.words) for line in self.nearby)
            return self.fullness >= 0.85 and (labelled or not self._is_heading())
        return True

    @cached_property
    def fullness(self) -> float:
        """How much of a full line the last line takes, a first line with its indent, which it may have lost."""
        if not self.layout.usual:
            return 0.0
        indent = 4 if len(self.before) == 1 else 0
        return (width(self.last) + indent) / self.layout.usual

    def _indented(self) -> bool:
        return (
            self.line.indent
            >= max(self.layout.margin, self.before[-1].indent if len(self.before) > 1 else 0) + 3
        )

    def _under_heading(self) -> bool:
        """一、坚持法治思维，筑牢法治根基 / （一）全面依法治区。"""
        first = bool(re.match(r"[（(](?:一|1)[）)]|1\s*[.、．]|[（(]?[①⑴⒈]", self.next))
        headed = _PART.match(self.before[0].words) or _SECTION.match(self.before[0].words)
        closed = self.last.endswith(("）", ")", "：", ":"))
        return first and (closed or (bool(headed) and not any("。" in line.text for line in self.nearby)))

    def _is_heading(self) -> bool:
        first = self.before[0].words
        return bool(_PART.match(first)) or (bool(_SECTION.match(first)) and self.fullness < 0.97)

    def _title_goes_on(self) -> bool:
        """第三部分 云岭区水务局2022年度 / 部门决算情况说明."""
        if width(self.last) > 80 or _ENDS.search(self.last):
            return False
        if _TITLE_TAIL.fullmatch(re.sub(r"\s", "", self.next)) and self.next:
            return not _TITLE_ENDS.search(self.last)
        part = _PART.match(self.before[0].words)
        short = width(self.next) < 40 and not _SENTENCE.search(self.next)
        return bool(part and short and _PART_ENDS.search(self.next) and not _PART_ENDS.search(self.last))


def paragraphs(lines: Sequence[Line], layout: Layout) -> Iterator[list[Line]]:
    """Lines grouped into logical paragraphs."""
    group: list[Line] = []
    for line in lines:
        if group and not layout.goes_on(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def begins_paragraph(words: str) -> bool:
    """Whether words open with the numbering of a part, section or item."""
    return bool(_PART.match(words) or _SECTION.match(words) or _ITEM.match(words))


def ends_sentence(words: str) -> bool:
    """Whether words close with the mark of a sentence's end."""
    return bool(_ENDS.search(words)) or words.endswith(("；", ";"))


def says_sentence(words: str) -> bool:
    """Whether words have what a sentence has and a title has not."""
    return bool(_SENTENCE.search(words))
