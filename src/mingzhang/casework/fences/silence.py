"""Silence of a device (设备离线): time without a position, counted within the hours of duty only, so that no night raises an alarm."""

from __future__ import annotations

_DAY = 86_400_000
_HOUR = 3_600_000
_BEIJING = 8 * _HOUR


def silent_from(last: int, until: int, seconds: int, hours: tuple[int, int]) -> int | None:
    """When a silence since `last` had lasted so many seconds of duty, where that was by `until`; None where it was not. Milliseconds; hours in Beijing time.

    >>> silent_from(0, 10 * 3_600_000, 7200, (6, 22)) == 2 * 3_600_000
    True
    >>> evening = 13 * 3_600_000  # 21:00 in Beijing
    >>> silent_from(evening, evening + 9 * 3_600_000, 7200, (6, 22)) is None
    True
    """
    left = seconds * 1000
    if until - last < left:
        return None
    day = (last + _BEIJING) // _DAY * _DAY - _BEIJING
    while day < until:
        opens, closes = max(last, day + hours[0] * _HOUR), min(until, day + hours[1] * _HOUR)
        if closes - opens >= left:
            return opens + left
        left -= max(0, closes - opens)
        day += _DAY
    return None
