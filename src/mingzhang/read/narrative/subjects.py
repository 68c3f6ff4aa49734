"""What the words before a figure name: something of the cube, or a subject that only its own report knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mingzhang.facts import Cell, Dimension, Vocabulary
from mingzhang.forms.subject import Subject
from mingzhang.read.narrative.contexts import Context

_PATH = re.compile(
    r"(?P<a>[一-龥、()]{2,30}?)(?:支出)?\((?:\d{3})?类\)(?:支出)?"
    r"(?:(?P<b>[一-龥、()]{2,30}?)\((?:\d{2,5})?款\)(?:(?P<c>[一-龥、()]{2,40}?)\((?:\d{2,7})?项\))?)?"
)
_NUMBERING = re.compile(
    r"^(?:其中:?|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[.、](?!\d)|[一二三四五六七八九十]是)+"
)
_BY_SECTION = frozenset(
    {"revenue", "expenditure", "total_resources", "total_uses", "opening_balance", "closing_balance"}
)
"""Concepts of many funds, of which the section says the one that bare words mean."""
_FORBIDDEN = re.compile(r"[\[\]@#(),=\s\"“”:;。]")


@dataclass(frozen=True, slots=True)
class Named:
    """What words name: the cell, where its words end, and those words."""

    cell: Cell
    end: int
    label: str
    units: tuple[str, ...] = ()


class Namer:
    """Finds subjects in plain text, under one vocabulary; `funds` says which fund a concept has in the tables."""

    def __init__(
        self, subjects: Sequence[Subject], vocabulary: Vocabulary, funds: Mapping[str, str] | None = None
    ) -> None:
        self._funds = funds or {}
        self._subjects = subjects
        self._tree = vocabulary.dimensions["function"]

    def named(self, words: str, context: Context, parents: Collection[str] = ()) -> Named | None:
        """The subject that ends nearest to the end of the words; of several the longest.

        `parents` are the concepts that the sentence has named before: 行政55人 are staff where staff was spoken of.
        """
        found = [*self._known(words, context, parents), *self._paths(words, context)]
        return max(found, key=lambda each: (each.end, len(each.label)), default=None)

    def _known(self, words: str, context: Context, parents: Collection[str]) -> list[Named]:
        found = []
        for subject in self._subjects:
            if subject.within and subject.within not in parents:
                continue
            for match in subject.pattern.finditer(words):
                cell = self._with_fund(subject, context)
                found.append(Named(cell, match.end(), match[0], subject.units))
        return found

    def _with_fund(self, subject: Subject, context: Context) -> Cell:
        """The subject's cell with the fund that tables or the section say; 财政拨款支出 in 一般公共预算… means that."""
        cell = subject.cell
        if not subject.takes_fund:
            return cell
        if cell.concept in self._funds and cell.concept not in _BY_SECTION:
            fund = self._funds[cell.concept]
            return cell.where(fund=fund) if fund else cell
        if context.fund and ("fund" not in dict(cell.dimensions) or context.fund == "general_public_budget"):
            return cell.where(fund=context.fund)
        return cell

    def _paths(self, words: str, context: Context) -> list[Named]:
        found = []
        for match in _PATH.finditer(words):
            code = self._code([part for part in (match["a"], match["b"], match["c"]) if part])
            if code:
                cell = Cell("expenditure", (("function", code),))
                fund = context.fund or "general_public_budget"
                found.append(Named(cell.where(fund=fund), match.end(), match[0]))
        return found

    def _code(self, names: list[str]) -> str | None:
        """The code at the end of a path of names; names may carry numbering before and 支出 behind."""
        above: str | None = None
        for name in names:
            found = next(
                (code for code in self._tree.children(above) if _is_name(name, code, self._tree)), None
            )
            if found is None:
                return None
            above = found
        return above


def _is_name(printed: str, code: str, tree: Dimension) -> bool:
    own = tree.label(code).replace("（", "(").replace("）", ")")
    return any(printed.endswith(each) for each in {own, own.removesuffix("支出")} if len(each) > 1)


def local_label(words: str) -> str:
    """The last noun phrase before a figure, fit to be a local coordinate's concept; empty where there is none.

    >>> local_label("其中：通过调解解决行政纠纷")
    '通过调解解决行政纠纷'
    """
    phrase = re.split(r"[，,；;。：:、]", words)[-1]
    phrase = _NUMBERING.sub("", phrase).rpartition("主要原因是")[2]
    phrase = re.sub(r"(?:为|达到?|共计|的)+\Z", "", phrase)
    return _FORBIDDEN.sub("", phrase)[-24:]
