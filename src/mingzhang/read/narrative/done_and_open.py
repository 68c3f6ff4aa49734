"""What a sentence says is done and what it says is not yet: 受理50件，已办结48件，未办结2件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingzhang.facts import Tie
from mingzhang.read.narrative.lists import SaidParagraph, sum_tie

_OPEN = re.compile(r"(?:其中)?(?:尚|还)?(?:未|正在)(?P<act>[一-龥]{2,4}?)(?:的)?\Z")
_DONE = re.compile(r"(?:其中)?(?:已|已经)?(?:完成)?(?P<act>[一-龥]{2,4}?)(?:的)?\Z")


def done_and_open(paragraphs: Sequence[SaidParagraph]) -> Iterator[Tie]:
    """Three counts of one sentence and unit, the second done, the third the same not done: the first is their sum.

    Where less is told of than there is, the sentence leaves something out; where more, one of the counts is doubted.
    """
    for paragraph in paragraphs:
        for each, done, rest in zip(paragraph.said, paragraph.said[1:], paragraph.said[2:], strict=False):
            counts = (each.statement, done.statement, rest.statement)
            between = paragraph.text[each.span.end : rest.span.start]
            alike = len({count.printed.unit for count in counts}) == 1
            if each.span.kind != "count" or not alike or "。" in between:
                continue
            finished, unfinished = (
                _DONE.match(done.statement.label),
                _OPEN.match(rest.statement.label),
            )
            if finished and unfinished and finished["act"] == unfinished["act"]:
                whole, *parts = counts
                told = sum(part.printed.value for part in parts)
                yield from (tie for tie in sum_tie(whole, parts) if tie.certain or told > whole.printed.value)
