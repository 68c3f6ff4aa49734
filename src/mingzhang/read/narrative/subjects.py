"""What the words before a figure name: something of the cube, or a subject that only its own report knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mingzhang.facts import Cell, Vocabulary
from mingzhang.forms.subject import Subject
from mingzhang.read.narrative.code_names import CodeNames
from mingzhang.read.narrative.contexts import Context

_NUMBERING = re.compile(
    r"^(?:其中:?|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[.、](?!\d)|[一二三四五六七八九十]是)+"
)
_BY_SECTION = frozenset(
    {"revenue", "expenditure", "total_resources", "total_uses", "opening_balance", "closing_balance"}
)
"""Concepts of many funds, of which the section says the one that bare words mean."""
THREE_PUBLIC = frozenset(
    {
        "three_public_spending",
        "overseas_travel_spending",
        "official_vehicle_spending",
        "official_vehicle_purchase",
        "official_vehicle_running",
        "official_reception_spending",
    }
)
"""Expenses of one table: where a column is blank, its fund is that of the others."""
_ARRANGED = re.compile(
    r"使用(?P<fund>一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?:资金)?安排的?\Z"
)
_FUNDS = {
    "一般公共预算": "general_public_budget",
    "政府性基金": "government_managed_funds",
    "国有资本经营": "state_capital_operations",
}
_FORBIDDEN = re.compile(r"[\[\]@#(),=\s\"“”:;。]")


@dataclass(frozen=True, slots=True)
class Named:
    """What words name: the cell, where its words end, and those words."""

    cell: Cell
    end: int
    label: str
    units: tuple[str, ...] = ()


class Namer:
    """Finds subjects in plain text, under one vocabulary.

    `funds` says which fund a concept has in the tables, `printed` which codes of a dimension they print.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        vocabulary: Vocabulary,
        funds: Mapping[str, str] | None = None,
        printed: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._funds = dict(funds or {})
        table = {self._funds[each] for each in THREE_PUBLIC if each in self._funds}
        if len(table) == 1:
            self._funds |= dict.fromkeys(THREE_PUBLIC - self._funds.keys(), table.pop())
        self._subjects = subjects
        self._codes = CodeNames(vocabulary, printed or {})

    def named(
        self, words: str, context: Context, parents: Collection[str] = (), previous: str = ""
    ) -> Named | None:
        """The subject that ends nearest to the end of the words; of several the longest.

        `parents` are the concepts that the sentence has named before: 行政55人 are staff where staff was spoken of;
        `previous` is that of the figure before: 8批次、77人次 are guests after batches.
        """
        coded = [Named(cell, end, label) for cell, end, label in self._codes.found(words, context)]
        found = [*self._known(words, context, parents, previous), *coded]
        return max(found, key=lambda each: (each.end, len(each.label)), default=None)

    def _known(self, words: str, context: Context, parents: Collection[str], previous: str) -> list[Named]:
        found = []
        for subject in self._subjects:
            if (
                (subject.within and subject.within not in parents)
                or (subject.after and subject.after != previous)
                or (subject.sections and context.kind not in subject.sections)
            ):
                continue
            for match in subject.pattern.finditer(words):
                if not _only_cited(words, match):
                    cell = self._with_fund(subject, context, words[: match.start()])
                    found.append(Named(cell, match.end(), match[0], subject.units))
        return found

    def _with_fund(self, subject: Subject, context: Context, before: str) -> Cell:
        """The subject's cell with the fund that tables or the section say; 财政拨款支出 in 一般公共预算… means that."""
        cell = subject.cell
        if not subject.takes_fund:
            return cell
        if arranged := _ARRANGED.search(before):
            return cell.where(fund=_FUNDS[arranged["fund"]])
        if cell.concept in self._funds and cell.concept not in _BY_SECTION:
            fund = self._funds[cell.concept]
            return cell.where(fund=fund) if fund else cell
        if context.fund and ("fund" not in dict(cell.dimensions) or context.fund == "general_public_budget"):
            return cell.where(fund=context.fund)
        return cell


def _only_cited(words: str, match: re.Match[str]) -> bool:
    """Whether the words stand in quotes with more behind them: 在"事业收入"之外取得的收入 is not of 事业收入."""
    quoted = words[match.start() - 1 : match.start()] == '"' and words[match.end() : match.end() + 1] == '"'
    return quoted and words[match.end() + 1 :].startswith(("之外", "以外", "等", "、", '"'))


def local_label(words: str) -> str:
    """The last noun phrase before a figure, fit to be a local coordinate's concept; empty where there is none.

    >>> local_label("其中：通过调解解决行政纠纷")
    '通过调解解决行政纠纷'
    """
    phrase = re.split(r"[，,；;。：:、]", words)[-1]
    phrase = _NUMBERING.sub("", phrase).rpartition("主要原因是")[2]
    phrase = re.sub(r"(?:为|达到?|共计|的)+\Z", "", phrase)
    return _FORBIDDEN.sub("", phrase)[-24:]
