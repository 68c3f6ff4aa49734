"""Differences between budget and final accounts for which no reason is given, though the format asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Spot, Words

_CLAIM = re.compile(r"决算数?(?:大于|小于|高于|低于|超过)(?:年初|全年|调整)?预算数?")
_REASON = re.compile(r"原因|因为|由于|主要(?:是|系|为)|系[一-龥]|是因")
_END = re.compile("。")
_SENTENCES = 3
"""The reason stands in the same sentence or in one of the next."""


def check(words: Words) -> Iterator[Remark]:
    """One notice with all places: many reports give one reason for several items together."""
    spots = [spot for line in words.items for spot in _without(line.plain, line.spot)]
    given = sum(len(_REASON.findall(line.plain)) for line in words.items)
    if spots and given:
        yield words.remark(
            "reason_owed",
            "notice",
            f"有{len(spots)}处决算数与预算数不同，没有说明原因",
            spots,
            "逐项说明差异的主要原因",
        )


def _without(plain: str, spot: object) -> Iterator[Spot]:
    assert callable(spot)
    claims = list(_CLAIM.finditer(plain))
    for number, claim in enumerate(claims):
        until = claims[number + 1].start() if number + 1 < len(claims) else len(plain)
        ends = [each.end() for each in _END.finditer(plain, claim.end(), until)][:_SENTENCES]
        behind = plain[claim.end() : ends[-1] if ends else until]
        before = plain[max(claim.start() - 12, 0) : claim.start()]
        if not _REASON.search(behind) and not _REASON.search(before):
            yield spot(claim.start(), claim.end())
