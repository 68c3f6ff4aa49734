"""Records read once for many figures (一次取数): those that several countings date by the same field are read together, with all that any of them asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet

from mingzhang.casework.definitions import Counting, Flavour, Kind, Metric
from mingzhang.casework.periods import Period
from mingzhang.records.casework.models import Area, Record
from mingzhang.records.casework.past import as_on, changed_after
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.casework.selecting import (
    Names,
    dated,
    deadline_views,
    kinds_of,
    narrowed,
    reads_personal,
    registry_views,
    views,
)

View: TypeAlias = dict[str, Any]
_Key: TypeAlias = tuple[str, str, tuple[str, ...]]
"""Kind, date field, families of deadlines: what the records of a flow are narrowed by alike."""


class Reading:
    """What the figures of one period read of a scope, kept while they are counted."""

    def __init__(
        self,
        scope: QuerySet[Record],
        period: Period,
        today: date,
        metrics: Iterable[Metric],
        area: Area | None = None,
    ) -> None:
        self.scope, self.period, self.today, self.area = scope, period, today, area
        self._asked: dict[_Key, list[Counting]] = {}
        self._read: dict[_Key, list[View]] = {}
        for metric in metrics:
            for counting in filter(None, (metric.numerator, metric.denominator)):
                for kind in kinds_of(metric.line, counting)[0]:
                    if _shares(metric.flavour, kind, counting):
                        self._asked.setdefault(_key(kind, counting), []).append(counting)

    def of(self, metric: Metric, counting: Counting) -> tuple[list[View], Mapping[str, Sequence[View]]]:
        """Views among which those that a counting counts are, their kind named as it names it; and deadlines by the records' keys."""
        kinds, registries = kinds_of(metric.line, counting)
        found: list[View] = []
        deadlines: dict[str, list[View]] = {}
        for kind in kinds:
            records, own = self._of_kind(metric.flavour, counting, kind)
            name = kind.name if kind.name in counting.kinds else kind.id
            found += [view if view["kind"] == name else {**view, "kind": name} for view in own]
            if counting.deadlines:
                for view in deadline_views(records, counting, self.today):
                    deadlines.setdefault(view["record"], []).append(view)
        for name in registries:
            codes = None if self.area is None else _codes(self.area)
            found += [view for view in registry_views(name) if codes is None or view["area"] in codes]
        return found, deadlines

    def _of_kind(
        self, flavour: Flavour, counting: Counting, kind: Kind
    ) -> tuple[QuerySet[Record], list[View]]:
        if flavour is Flavour.STOCK and self.period.last < self.today:
            return self._past(counting, kind)
        key, records = _key(kind, counting), narrowed(self.scope, kind, counting, flavour, self.period)
        together = self._asked.get(key, [])
        if len(together) < 2 or not _shares(flavour, kind, counting):
            return records, list(views(records, kind, Names().add(counting)))
        if key not in self._read:
            names = Names()
            for each in together:
                names.add(each)
            shared = dated(self.scope, kind, counting, flavour, self.period)
            self._read[key] = list(views(shared, kind, names))
        return records, self._read[key]

    def _past(self, counting: Counting, kind: Kind) -> tuple[QuerySet[Record], list[View]]:
        """A stock of a past day is asked of what records said on that day, not of what they say today."""
        names = Names().add(counting)
        every = dated(self.scope, kind, counting, Flavour.STOCK, self.period)
        moved = changed_after(every, self.period.last)
        still = narrowed(self.scope, kind, counting, Flavour.STOCK, self.period).exclude(
            pk__in=moved.values("pk")
        )
        turned = as_on(views(moved, kind, names), kind, self.period.last)
        return every, [*views(still, kind, names), *turned]


def _key(kind: Kind, counting: Counting) -> _Key:
    return (kind.name, counting.date_field, counting.deadlines)


def _shares(flavour: Flavour, kind: Kind, counting: Counting) -> bool:
    """Whether a counting is dated by a day of the record itself, and opens nothing sealed."""
    return (
        flavour is not Flavour.STOCK
        and bool(counting.date_field)
        and not counting.rows
        and not reads_personal(kind, counting)
    )


def _codes(area: Area) -> set[str]:
    return set(area_and_below(area).values_list("code", flat=True))
