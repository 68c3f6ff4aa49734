"""Bands of a scale (100%—80%（含80%）、80%—50%（含50%）、50%—0%): each begins where the one before it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words

_BAND = r"(?P<from>\d{1,3})%?[-—–－~～至](?P<to>\d{1,3})%(?:\(含(?P<with>\d{1,3})%\))?"
_ONE = re.compile(_BAND)
_BANDS = re.compile(
    rf"{re.sub(r'[?]P<[a-z]+>', '', _BAND)}(?:[、,;和及]{re.sub(r'[?]P<[a-z]+>', '', _BAND)}){{2,}}"
)


def check(words: Words) -> Iterator[Remark]:
    """Scales of three bands or more that leave a gap or overlap at one place, or include what is no end of the band."""
    for line in words.items:
        for scale in _BANDS.finditer(line.plain):
            bands = list(_ONE.finditer(line.plain, scale.start(), scale.end()))
            if _wrong(bands):
                yield words.remark(
                    "bands",
                    "warning",
                    f"分档“{scale[0]}”首尾不相接，或所含的数不在本档的端点上",
                    [line.spot(scale.start(), scale.end())],
                    "核对各档的起止数",
                )


def _wrong(bands: Sequence[re.Match[str]]) -> bool:
    """Whether a scale that is meant to be without gaps has one, goes up and down, or includes what is no end."""
    gaps = sum(one["to"] != other["from"] for one, other in pairwise(bands))
    if gaps:
        return gaps == 1 and len(bands) > 2
    ends = [int(bands[0]["from"]), *(int(each["to"]) for each in bands)]
    included = all(not each["with"] or each["with"] in (each["from"], each["to"]) for each in bands)
    return not included or max(ends) > 100 or ends not in (sorted(ends), sorted(ends, reverse=True))
