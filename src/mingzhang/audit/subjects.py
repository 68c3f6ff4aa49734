"""What a remark is about, told so that the same thing is known again in another version of the report."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from mingzhang.audit.remark import Remark
from mingzhang.facts import Statement

_ALIKE = 0.6
"""Wordings with so much in common are the same passage, rewritten."""


def name_of(statement: Statement) -> str:
    """The figure's name over versions: its written coordinate."""
    return str(statement.coordinate)


def figures_of(remark: Remark, statements: Mapping[str, Statement]) -> dict[str, str]:
    """The figures of a remark by name, each as it is printed; the quoted words where it speaks of no figure."""
    found: dict[str, list[str]] = {}
    for each in remark.statements:
        if each in statements:
            found.setdefault(name_of(statements[each]), []).append(statements[each].shown)
    if not found:
        found = {place.quote: [place.quote] for place in remark.places if place.quote}
    return {name: "、".join(dict.fromkeys(ways)) for name, ways in found.items()}


def likeness(
    one: Remark,
    those: Mapping[str, str],
    other: Remark,
    these: Mapping[str, str],
    *,
    worded: bool,
) -> float:
    """How much two remarks are about the same thing: 0 not at all, 1 wholly, a little more for the same rule."""
    same_rule = one.rule == other.rule
    if worded:
        text = SequenceMatcher(None, "".join(those), "".join(these), autojunk=False).ratio()
        return text + 0.1 if same_rule and text >= _ALIKE else 0.0
    common, every = len(those.keys() & these.keys()), len(those.keys() | these.keys())
    enough = common > 0 and (same_rule or 2 * common >= every)
    return common / every + (0.1 if same_rule else 0.0) if enough else 0.0
