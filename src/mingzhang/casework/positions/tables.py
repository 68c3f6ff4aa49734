"""Positions as arrays (定位点数组): what evaluation and storage in bulk work on, one row a position, places in WGS-84."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mingzhang.casework.positions.datums import Datum, to_wgs84
from mingzhang.casework.positions.quality import QualityRules, flags
from mingzhang.casework.positions.records import Position

POSITION = np.dtype(
    [
        ("person", "i8"),
        ("at", "i8"),
        ("device", "i8"),
        ("longitude", "f8"),
        ("latitude", "f8"),
        ("accuracy", "f4"),
        ("flags", "u2"),
        ("battery", "i1"),
        ("worn", "i1"),
        ("received", "i8"),
    ]
)
"""A row: person and device by number, times in milliseconds since 1970 (UTC), degrees of WGS-84, accuracy in metres (infinite where none is stated),
flags of `quality.Flag`, battery in percent and worn as 0 or 1 (both −1 where not stated).
"""

Positions: TypeAlias = NDArray[Any]
"""An array of POSITION rows."""

_IDENTITY = ("person", "at", "device", "longitude", "latitude")
_PREFERENCE = ("flags", "accuracy", "received", "battery", "worn")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    """A moment as rows keep it.

    >>> milliseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000
    """
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment(milliseconds: int) -> datetime:
    """The moment that a row keeps, in UTC."""
    return _EPOCH + timedelta(milliseconds=int(milliseconds))


def empty_table(rows: int = 0) -> Positions:
    """Rows of zeros."""
    return np.zeros(rows, POSITION)


def table_of(
    positions: Sequence[Position],
    person: Callable[[Position], int],
    device: Callable[[Position], int],
    rules: QualityRules,
) -> Positions:
    """Positions as rows in the order given, their places carried to WGS-84, their flags set; `person` and `device` give their numbers."""
    table = empty_table(len(positions))
    for number, each in enumerate(positions):
        table[number] = (
            person(each),
            milliseconds(each.at),
            device(each),
            each.longitude,
            each.latitude,
            np.inf if each.accuracy is None else each.accuracy,
            int(flags(each, rules)),
            -1 if each.battery is None else each.battery,
            -1 if each.worn is None else each.worn,
            milliseconds(each.received_at),
        )
    for datum in Datum:
        stated = np.fromiter((each.datum is datum for each in positions), bool, len(positions))
        if datum is not Datum.WGS84 and stated.any():
            table["longitude"][stated], table["latitude"][stated] = to_wgs84(
                table["longitude"][stated], table["latitude"][stated], datum
            )
    return table


def in_order(rows: Positions) -> Positions:
    """The rows by person and time, each position once (按时间排序并去重).

    Of one position received twice the copy with the fewest flags stays, then the one received first: whatever the order of uploads, the outcome is the same.
    """
    if _rising(rows):
        return rows
    sorted_by_time = rows[np.lexsort((rows["at"], rows["person"]))]
    if _rising(sorted_by_time):
        return sorted_by_time
    ordered = rows[np.lexsort([rows[name] for name in reversed((*_IDENTITY, *_PREFERENCE))])]
    first = np.ones(len(ordered), bool)
    first[1:] = np.logical_or.reduce([ordered[name][1:] != ordered[name][:-1] for name in _IDENTITY])
    return ordered[first]


def _rising(rows: Positions) -> bool:
    """Whether each row is of a later person, or a later time of the same: in order, none twice."""
    person, at = rows["person"], rows["at"]
    same = person[1:] == person[:-1]
    return bool(np.all((person[1:] > person[:-1]) | (same & (at[1:] > at[:-1]))))
