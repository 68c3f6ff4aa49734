"""Anchors (锚定): the heads of all chains, put down in one chain of the whole installation, so that none can be cut short or rewritten alone."""

from __future__ import annotations

from typing import Any

from mingzhang.records.models import TrailChain, TrailEntry
from mingzhang.records.trail.chains import record

HEADS = "heads"
"""The book, and name of the chain, of anchors."""

_EVERY = 100
"""Every how many anchors all heads are put down again, so that the last ones suffice to know them all."""

Heads = dict[str, list[Any]]
"""Length and head of chains by their name."""


def anchor_heads(why: str = "每日锚定") -> TrailEntry | None:
    """Put down the heads that moved since the last anchor; None where none did."""
    heads: Heads = {
        name: [length, head]
        for name, length, head in TrailChain.objects.exclude(name=HEADS).values_list("name", "length", "head")
    }
    last = TrailEntry.objects.filter(chain__name=HEADS).order_by("number").last()
    known = _known() if last is not None else {}
    moved = {name: head for name, head in heads.items() if known.get(name) != head}
    if not moved:
        return None
    whole = last is None or last.number % _EVERY == 0
    stated = {"whole": whole, "heads": heads if whole else moved}
    return record(HEADS, "锚定", f"{why}：{len(moved)}条链的链头", after=stated)


def _known() -> Heads:
    """The heads as the anchors know them, from the last that put them all down."""
    known: Heads = {}
    for after in (
        TrailEntry.objects.filter(chain__name=HEADS).order_by("-number").values_list("after", flat=True)
    ):
        known = {**after["heads"], **known}
        if after["whole"]:
            break
    return known


def last_anchor() -> TrailEntry | None:
    """The newest anchor, whose number and digest are worth keeping on paper."""
    return TrailEntry.objects.filter(chain__name=HEADS).order_by("number").last()
