"""Anchors (锚定): the heads of all chains, put down in one chain of the whole installation, so that none can be cut short or rewritten alone."""

from __future__ import annotations

import re
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.models import TrailChain, TrailEntry
from mingzhang.records.trail.chains import record

HEADS = "heads"
"""The book, and name of the chain, of anchors."""

_EVERY = 100
"""Every how many anchors all heads are put down again, so that the last ones suffice to know them all."""

_SHORTEST = 16
_KEPT_HEAD = re.compile(r"(\d{1,9})[:：]\s*([0-9a-fA-F]{16,64})")

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


def differs_from_kept(kept: str) -> Problem | None:
    """What is wrong where an anchor kept outside, as `number:digest`, is not the one of the books; None where it is."""
    found = _KEPT_HEAD.fullmatch(kept.strip())
    if found is None:
        return Problem(
            "wrong_head",
            f"“{kept[:80]}”不是锚定的号和摘要",
            "--head",
            f"写作 号:摘要，摘要至少抄{_SHORTEST}位，如 12:0f3a9c…。",
        )
    entry = TrailEntry.objects.filter(chain__name=HEADS, number=int(found[1])).first()
    if entry is not None and entry.digest.startswith(found[2].lower()):
        return None
    what = (
        "账簿里没有这次锚定"
        if entry is None
        else f"账簿里这次锚定的摘要是{entry.digest[:_SHORTEST]}…，与所存的不符"
    )
    remedy = "留痕被整体改写过：用存下这次锚定之前和之后的备份逐一核验，找出改写的时间。"
    return Problem("head_differs", what, f"第{found[1]}次锚定", remedy)
