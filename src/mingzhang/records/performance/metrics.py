"""What an indicator is answered by (指标取数): its metric's id leads to whoever knows it, and the answer says its rows.

A source of metrics knows its ids by their form and answers one for an entity and a year; a further source joins `SOURCES`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from mingzhang.facts import Cell, CoordinateError, FactStore, Vocabulary
from mingzhang.facts.titles import title_of
from mingzhang.records.models import Entity
from mingzhang.records.performance.answers import Answer
from mingzhang.records.performance.casework_metrics import Casework
from mingzhang.records.performance.key_work import stated_in_key_work


class Source(Protocol):
    """Somebody who answers metrics."""

    form: re.Pattern[str]
    """What its ids look like."""

    def is_known(self, metric: str, vocabulary: Vocabulary) -> bool:
        """Whether there is such a metric; its value may still be unknown."""

    def answer(
        self, metric: str, entity: Entity, year: int, store: FactStore, up_to: date | None
    ) -> Answer | None:
        """Its value for an entity and a year, up to a day where it can tell; None where nobody knows it yet."""


class KeyWork:
    """A count or rate that the year's key work states: `work:受理法律援助`; a rate of two: `work:以调解化解/审结行政复议申请`."""

    form = re.compile(r"work:(?P<words>[^/]+)(?:/(?P<of>[^/]+))?")

    def is_known(self, metric: str, vocabulary: Vocabulary) -> bool:
        """Any words may be written."""
        return True

    def answer(
        self, metric: str, entity: Entity, year: int, store: FactStore, up_to: date | None
    ) -> Answer | None:
        """What the approved text says, once."""
        named = self.form.fullmatch(metric)
        first = stated_in_key_work(named["words"], entity, year) if named else None
        if named is None or first is None:
            return None
        if not named["of"]:
            return Answer(first.value, f"重点工作：{first.quote}", rows=first.rows)
        second = stated_in_key_work(named["of"], entity, year)
        if second is None or not second.value:
            return None
        rows = tuple(dict.fromkeys((*first.rows, *second.rows)))
        source = f"重点工作：{first.quote}÷{second.quote}"
        return Answer(first.value / second.value, source, first.value, second.value, rows)


class Cube:
    """A cell of the cube, answered by the ledger, the budget or a register."""

    form = re.compile(r".+")

    def is_known(self, metric: str, vocabulary: Vocabulary) -> bool:
        """Whether the vocabulary has every word of the cell."""
        try:
            vocabulary.check(Cell.parse(metric))
        except CoordinateError:
            return False
        return True

    def answer(
        self, metric: str, entity: Entity, year: int, store: FactStore, up_to: date | None
    ) -> Answer | None:
        """The cell at the entity and year."""
        coordinate = Cell.parse(metric).at(entity.code, str(year))
        value = store.value(coordinate)
        if value is None:
            return None
        return Answer(value, f"台账：{title_of(coordinate, store.vocabulary)}", coordinate=str(coordinate))


SOURCES: tuple[Source, ...] = (Casework(), KeyWork(), Cube())
"""Asked in order: the first whose form fits answers."""

SUB_PROJECTS = "sub_projects"
"""The metric of a first-level project's indicator that its sub-projects' indicators of the same name answer."""


def is_metric(metric: str, vocabulary: Vocabulary) -> bool:
    """Whether somebody knows such a metric."""
    return metric == SUB_PROJECTS or source_of(metric).is_known(metric, vocabulary)


def metric(
    name: str, year: int, entity: Entity, store: FactStore, up_to: date | None = None
) -> Answer | None:
    """The value of a metric for an entity and a year, up to a day where it can tell; None where nobody knows it yet."""
    return source_of(name).answer(name, entity, year, store, up_to)


def source_of(name: str) -> Source:
    """Who answers a metric: the cube answers whatever nobody else claims."""
    return next(source for source in SOURCES if source.form.fullmatch(name))
