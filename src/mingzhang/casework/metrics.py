"""Metrics (指标): a figure counted out of records by its definition card, with the keys of all records that it counted.

No counter is kept anywhere: whoever asks for a figure hands over views of records, and of their deadlines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from mingzhang.casework.definitions import Counting, Flavour, Metric, View
from mingzhang.casework.periods import Period
from mingzhang.casework.predicates import as_day, is_empty, meets, values
from mingzhang.casework.service_hours import BEIJING, ServiceHours
from mingzhang.numbers import round_half_up

REGISTRIES = frozenset({"area", "person", "organisation"})
"""The engine's own registries, counted like kinds."""

DEADLINE_FIELDS = frozenset({"due_on", "started_on", "done_on"})
CONFIRMED = "confirmed"
DASH = "—"
HUNDRED = Fraction(100)
TEN_THOUSAND = 10_000
FEN = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """What one counting came to, and the records (each once, in order) that made it."""

    amount: Fraction
    keys: tuple[str, ...]
    late: tuple[str, ...] = ()
    """Those recorded after the period had ended (补录)."""


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure: its value in the metric's unit (None over a zero base), numerator and denominator, and how it prints."""

    metric: Metric
    period: Period
    value: Fraction | None
    printed: str
    numerator: Counted
    denominator: Counted | None = None


Admit: TypeAlias = Callable[[View, date], bool]
"""admit(record, day) → whether what the record tells of that day counts here, or is told by another grain."""


def everything(record: View, day: date) -> bool:
    """Admit all."""
    return True


def figure(
    metric: Metric,
    period: Period,
    records: Iterable[View],
    deadlines: Iterable[View] = (),
) -> Figured:
    """Count the metric over views of records (with `key`, `kind`) and, where it counts them, of deadlines (with `record`, the record's key, `family`,
    `started_on`, `due_on`, `done_on`, `standing`). Records of other kinds are passed over.
    """
    views = list(records)
    by_record = _by_record(deadlines)
    numerator = count(metric.numerator, metric.flavour, period, views, by_record)
    denominator = (
        None
        if metric.denominator is None
        else count(metric.denominator, metric.flavour, period, views, by_record)
    )
    value = value_of(metric, numerator.amount, None if denominator is None else denominator.amount)
    return Figured(metric, period, value, printed(metric, value), numerator, denominator)


def value_of(metric: Metric, numerator: Fraction, denominator: Fraction | None) -> Fraction | None:
    """The figure in its unit: a share of a hundred for %, ten thousands for 万…, yuan out of fen; None over a zero base. A flag is 1 where nothing of
    the base is missing, else 0.
    """
    if metric.flavour is Flavour.FLAG:
        if denominator is None:
            return None
        return None if not denominator else Fraction(numerator == denominator)
    if denominator is not None:
        if not denominator:
            return None
        ratio = numerator / denominator
        return ratio * HUNDRED if metric.unit == "%" else _scaled(metric, ratio)
    return _scaled(metric, numerator)


def printed(metric: Metric, value: Fraction | None) -> str:
    """The value rounded half-up to the metric's decimals, a dash where there is none; flags as 是 and 否."""
    if value is None:
        return DASH
    if metric.flavour is Flavour.FLAG:
        return "是" if value else "否"
    rounded = f"{round_half_up(value, metric.decimals):f}"
    return f"{rounded}%" if metric.unit == "%" else rounded


def count(
    counting: Counting,
    flavour: Flavour,
    period: Period,
    records: Sequence[View],
    deadlines: Mapping[str, Sequence[View]],
    admit: Admit = everything,
) -> Counted:
    """What the counting comes to in the period (a stock: on its last day)."""
    stands = flavour is Flavour.STOCK or not counting.date_field
    units = [
        (record, unit)
        for record in records
        if _is_asked(counting, record)
        for unit in _units(counting, record, deadlines)
        if (
            _is_in_force(counting, record, unit, period)
            if stands
            else _falls_in(counting, record, unit, period, admit)
        )
    ]
    keys = tuple(dict.fromkeys(str(record["key"]) for record, _ in units))
    return Counted(_measured(counting, units), keys, _late(units, period))


def split_measure(measure: str) -> tuple[str, tuple[str, ...]] | None:
    """A measure's name and the fields it reads; None where it is none.

    >>> split_measure("records"), split_measure("sum:copies"), split_measure("median:accepted_on..closed_on"), split_measure("mean")
    (('records', ()), ('sum', ('copies',)), ('median', ('accepted_on', 'closed_on')), None)
    """
    name, _, rest = measure.partition(":")
    fields = tuple(rest.split("..")) if rest else ()
    return (name, fields) if _FIELDS.get(name) == len(fields) else None


def returned_items(returned_as: str) -> tuple[str, tuple[str, ...]]:
    """The return form and the items, added up, that state a metric.

    >>> returned_items("unit_month.lectures+trainings"), returned_items("")
    (('unit_month', ('lectures', 'trainings')), ('', ()))
    """
    form, _, items = returned_as.partition(".")
    return form, tuple(items.split("+")) if items else ()


_FIELDS = {
    "records": 0,
    "sum": 1,
    "distinct": 1,
    "days": 2,
    "net_days": 2,
    "median": 2,
    "p90": 2,
    "median_minutes": 2,
    "p90_minutes": 2,
    "median_service_minutes": 2,
    "p90_service_minutes": 2,
}


def _is_asked(counting: Counting, record: View) -> bool:
    return (
        record.get("kind") in counting.kinds
        and not (counting.confirmed_only and record.get("state") != CONFIRMED)
        and meets(record, counting.where)
    )


def _units(counting: Counting, record: View, deadlines: Mapping[str, Sequence[View]]) -> Iterator[View]:
    """What is counted of a record: itself, its rows, or its deadlines."""
    if counting.deadlines:
        for deadline in deadlines.get(str(record["key"]), ()):
            asked = not counting.standings or deadline["standing"] in counting.standings
            if deadline["family"] in counting.deadlines and asked:
                yield deadline
    elif counting.rows:
        yield from (row for row in record.get(counting.rows) or () if meets(row, counting.row_where))
    else:
        yield record


def _falls_in(counting: Counting, record: View, unit: View, period: Period, admit: Admit) -> bool:
    days = _days(counting, counting.date_field, record, unit)
    return any(day in period and admit(record, day) for day in days)


def _is_in_force(counting: Counting, record: View, unit: View, period: Period) -> bool:
    """Whether it had begun by the last day and not ended by it: its last day still counts."""
    begun = _days(counting, counting.date_field or "valid_from", record, unit)
    if counting.date_field and not any(day <= period.last for day in begun):
        return False
    if any(day > period.last for day in begun):
        return False
    ended = _days(counting, counting.until_field or "valid_to", record, unit)
    return not any(day < period.last for day in ended)


def _days(counting: Counting, name: str, record: View, unit: View) -> list[date]:
    inner = name.removeprefix(f"{counting.rows}.") if counting.rows else name
    if unit is not record and inner in unit:
        found = [unit[inner]]
    elif counting.rows and inner != name:
        found = []
    else:
        found = values(record, name)
    return [day for day in map(as_day, found) if day is not None]


def _measured(counting: Counting, units: list[tuple[View, View]]) -> Fraction:
    if counting.distinct_days:
        return Fraction(
            len({day for record, unit in units for day in _days(counting, counting.date_field, record, unit)})
        )
    parts = split_measure(counting.measure)
    if parts is None:
        raise ValueError(f"unknown measure {counting.measure!r}")
    name, fields = parts
    if name == "records":
        return Fraction(len(units))
    if name in ("sum", "distinct"):
        found = [value for record, unit in units for value in _read(counting, fields[0], record, unit)]
        return Fraction(len(set(map(_hashable, found)))) if name == "distinct" else _sum(found)
    if name.endswith("minutes"):
        return _DURATIONS[name](list(_minutes(name, fields, counting, units)))
    return _DURATIONS[name](list(_lengths(name, fields, counting, units)))


def _read(counting: Counting, name: str, record: View, unit: View) -> list[Any]:
    inner = name.removeprefix(f"{counting.rows}.") if counting.rows else name
    found = [unit[inner]] if unit is not record and inner in unit else values(record, name)
    return [value for value in found if not is_empty(value)]


def _minutes(
    name: str, fields: tuple[str, ...], counting: Counting, units: list[tuple[View, View]]
) -> Iterator[Fraction]:
    """Minutes from the first field's moment to the second's, where both are moments; of service time where the measure asks for that."""
    for record, unit in units:
        found = [_read(counting, each, record, unit)[:1] for each in fields]
        moments = [value for each in found for value in each if isinstance(value, datetime)]
        if len(moments) == len(fields):
            start, end = (
                each.astimezone(BEIJING) if each.tzinfo else each.replace(tzinfo=BEIJING) for each in moments
            )
            length = ServiceHours().elapsed(start, end) if "service" in name else end - start
            yield Fraction(length // timedelta(seconds=1), 60)


def _lengths(
    name: str, fields: tuple[str, ...], counting: Counting, units: list[tuple[View, View]]
) -> Iterator[int]:
    """Natural days from the first field's day to the second's, where both are known."""
    for record, unit in units:
        starts, ends = (_days(counting, each, record, unit) for each in fields)
        if starts and ends:
            paused = int(record.get("paused_days") or 0) if name == "net_days" else 0
            yield (ends[0] - starts[0]).days - paused


def _sum(found: Iterable[Any]) -> Fraction:
    return sum(
        (Fraction(value) for value in found if isinstance(value, int | Decimal | Fraction)), Fraction(0)
    )


def _middle(lengths: Sequence[int | Fraction]) -> Fraction:
    ordered = sorted(lengths)
    half = len(ordered) // 2
    if not ordered:
        return Fraction(0)
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half]) / 2


def _ninetieth(lengths: Sequence[int | Fraction]) -> Fraction:
    """The length that nine tenths do not exceed (nearest rank)."""
    ordered = sorted(lengths)
    return Fraction(ordered[math.ceil(len(ordered) * 9 / 10) - 1]) if ordered else Fraction(0)


def _total(lengths: Sequence[int | Fraction]) -> Fraction:
    return sum(map(Fraction, lengths), Fraction(0))


_DURATIONS: Mapping[str, Callable[[Sequence[int | Fraction]], Fraction]] = {
    "days": _total,
    "net_days": _total,
    "median": _middle,
    "p90": _ninetieth,
    "median_minutes": _middle,
    "p90_minutes": _ninetieth,
    "median_service_minutes": _middle,
    "p90_service_minutes": _ninetieth,
}


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _scaled(metric: Metric, amount: Fraction) -> Fraction:
    """In the metric's unit: money is kept in fen, so 元 divides by a hundred; 万 by ten thousand."""
    if metric.unit.endswith("元"):
        amount /= FEN
    return amount / TEN_THOUSAND if metric.unit.startswith("万") else amount


def _late(units: list[tuple[View, View]], period: Period) -> tuple[str, ...]:
    """Records typed in after the period was over."""
    late = (
        str(record["key"])
        for record, _ in units
        if (day := as_day(record.get("recorded_on"))) is not None and day > period.last
    )
    return tuple(dict.fromkeys(late))


def _by_record(deadlines: Iterable[View]) -> dict[str, list[View]]:
    found: dict[str, list[View]] = {}
    for deadline in deadlines:
        found.setdefault(str(deadline["record"]), []).append(deadline)
    return found
