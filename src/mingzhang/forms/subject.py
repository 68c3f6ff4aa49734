"""A subject: words of running text that name something of the cube."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mingzhang.facts import Cell


@dataclass(frozen=True, slots=True)
class Subject:
    """Words and the cell they name.

    `words` is a regular expression over plain text. `takes_fund` lets the section that the words stand in add its
    fund. `units` are the counting units that a figure of this subject may carry; none for money. Words with `within`
    mean it only where their sentence has named that concept before, words with `after` only where the figure before is
    of that concept, words with `sections` only in sections of those kinds.
    """

    words: str
    cell: Cell
    takes_fund: bool = False
    units: tuple[str, ...] = ()
    within: str = ""
    sections: tuple[str, ...] = ()
    after: str = ""
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.words))
