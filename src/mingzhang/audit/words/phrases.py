"""Words that the checks go by: data of the catalogue, handed in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingzhang.facts import Cell


@dataclass(frozen=True, slots=True)
class Nothing:
    """A subject that reports deny having (没有政府性基金预算财政拨款支出), and the cells that must then be zero."""

    name: str
    words: re.Pattern[str]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Required:
    """Something that every report must have: one of its `parts`, `topics` or `forms`, from a year on."""

    kind: str
    name: str
    words: re.Pattern[str]
    since: int = 0


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns over plain text, as the catalogue's files in `words/` state them."""

    alternatives: tuple[re.Pattern[str], ...] = ()
    """Pairs of words where one had to be struck out: 增加（减少）."""
    instructions: tuple[re.Pattern[str], ...] = ()
    """Sentences of a template that speak to the author: 如持平作持平表述."""
    purposes: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """Names of classes (类) with the words that only purposes of their subjects have."""
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    """Words of a reason that say which way a figure went."""
    nothing: tuple[Nothing, ...] = ()
    required: tuple[Required, ...] = ()
    required_by: str = ""
    """The rule that asks for what is required."""
