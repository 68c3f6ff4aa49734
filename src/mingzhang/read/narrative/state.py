"""What a paragraph has named so far, on the way through its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mingzhang.facts import ACTUAL, Cell, Measure
from mingzhang.read.narrative.role_words import AND, EACH, GENERAL_HEAD, RESPECTIVELY
from mingzhang.read.narrative.subjects import Named


@dataclass(slots=True)
class State:
    """What a paragraph has named so far."""

    named: Named | None = None
    local: str = ""
    base: str = ""
    budget: str = "initial_budget"
    parents: set[str] = field(default_factory=set)
    year: str = ""
    """The year that the sentence speaks of, where it is not the report's."""
    budgeted: bool = False
    """Whether the sentence compares budgets of two years."""
    whole: Cell | None = None
    """What a list in progress splits: the parts of 行政运行100万元，其中：基本支出80万元 are its own."""
    head: Cell | None = None
    """What the list in progress is of, where that is known: a bare 占20% in it is of that."""
    pair: tuple[Named, Named] | None = None
    """The two sides that the sentence tells of together: 收、支总计分别为…和…."""
    sign: int = 1
    item: str = ""
    """The item whose list is in progress, where only the report knows it."""
    measure: Measure = ACTUAL
    previous: str = ""
    """Measure and concept of the figure before."""
    unit: str = ""
    """In what the sentence counted last."""
    planned: Measure | None = None
    """The budget that the list in progress splits: 预算100万元,其中:甲费用60万元."""
    periods: set[str] = field(default_factory=set)
    """The years that the figures of the sentence are of."""
    outer: list[State] = field(default_factory=list)
    """What stood before each bracket that is still open."""

    def take_up(self, named: Named, words: str) -> None:
        """Take up what is named; what splits the figure before into natures or funds is a part of that figure."""
        before = self.named.cell if self.named else None
        parts = "其中" in words or words.startswith("(")
        if parts and before is not None:
            self.whole = before
        whole = self.whole
        if whole is not None and (cell := _part(whole, named.cell)):
            named = replace(named, cell=cell)
        elif not parts:
            self.whole = None
        self.named, self.local = named, ""

    def of_pair(self, words: str) -> bool:
        """Take up the side of a pair whose figure comes: the first behind 分别, the second behind 和; whether it is that."""
        if RESPECTIVELY.search(words) and self.named and self.named.cell.concept == "total_resources":
            other = replace(self.named.cell, concept="total_uses")
            self.pair = (self.named, replace(self.named, cell=other))
        elif self.pair and EACH.search(words) and self.named in self.pair:
            self.named = self.pair[0]
        elif self.pair and AND.fullmatch(words):
            self.named, self.local = self.pair[1], ""
            return True
        return False

    def of_local(self, named: Named, words: str) -> bool:
        """Whether what is named is a nature or fund of an item that only the report knows: 值班经费9万元，其中：基本支出."""
        if "其中" in words or words.startswith("("):
            self.item = "" if self.named or GENERAL_HEAD.search(self.local) else self.local
        elif not self.local.startswith(self.item):
            self.item = ""
        inner = dict(named.cell.dimensions).keys()
        return (
            bool(self.item)
            and named.cell.concept == "expenditure"
            and bool(inner)
            and inner <= {"nature", "fund"}
        )

    def through_brackets(self, gap: str, name: Callable[[str], Named | None]) -> str:
        """The words of the gap that stand in the bracket that the next figure stands in.

        What a bracket says is said aside: behind it, the words go on with what was spoken of before it.
        """
        opened: list[int] = []
        for at, character in enumerate(gap):
            if character == "(":
                opened.append(at)
            elif character == "。":
                self.outer.clear()
            elif character == ")" and opened:
                opened.pop()
            elif character == ")" and self.outer:
                back = self.outer.pop()
                self.named, self.local, self.base = back.named, back.local, back.base
                self.budget, self.whole, self.parents = back.budget, back.whole, back.parents
                self.previous = back.previous
                gap = "\0" * (at + 1) + gap[at + 1 :]
        for at in opened:
            if named := name(gap[:at].replace("\0", "")):
                self.named, self.local = named, ""
            self.outer.append(replace(self, parents=set(self.parents), outer=[]))
        return (gap[opened[-1] :] if opened else gap).replace("\0", "")


def _part(whole: Cell, named: Cell) -> Cell | None:
    """The part of a whole that bare words name: its nature, where it is expenditure of an item; its fund elsewhere."""
    own, inner = dict(whole.dimensions), dict(named.dimensions)
    if named.concept not in ("expenditure", "revenue") or whole.concept == named.concept == "revenue":
        return None
    if whole.concept == "expenditure":
        if "function" in own and inner.keys() <= {"nature", "fund"} and "nature" in inner:
            return whole.where(nature=inner["nature"])
        return None
    if inner.keys() == {"fund"} and "fund" in own:
        return whole.where(fund=inner["fund"])
    return None
