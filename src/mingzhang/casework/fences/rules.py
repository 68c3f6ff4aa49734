"""How sure an alarm must be (告警规则): all local choices (参), dated data of the line; these are the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Confirmation:
    """When a suspicion is confirmed: so many positions, or positions over so many seconds; and when it is over: so many positions back.

    Twenty minutes, not ten: with a position every ten minutes, two that are astray together would be an alarm (`benchmarks/false_alarms.py`).
    Positions count only `spacing` seconds apart, so that a burst within a second is one witness, not three.
    """

    points: int = 3
    seconds: int = 1200
    back: int = 2
    spacing: int = 30


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of the evaluator. Metres, seconds, metres a second, percent, hours of the day in Beijing time."""

    buffer: float = 200.0
    """Outside counts only beyond accuracy + buffer."""
    zone_buffer: float = 0.0
    """Inside a forbidden area counts only deeper than accuracy + this."""
    confirmation: Confirmation = Confirmation()
    unverified: Confirmation = Confirmation(points=3, seconds=1800)
    """Of positions that do not decide, base stations above all: they open a check (待核), no more."""
    assumed_accuracy: float = 1000.0
    """Of positions that state none."""
    silence: int = 7200
    """Seconds without a position within the hours of duty."""
    duty_hours: tuple[int, int] = (6, 22)
    low_battery: int = 15
    charged_battery: int = 25
    fastest: float = 400 / 3.6
    """Faster is impossible; above the 350 km/h of trains."""
    jump_points: int = 3
    """So many positions that agree with each other outweigh the one before them."""
    lateness: int = 6 * 3600
    """How long after a later one a position may arrive and still decide: the longest dead zone that is repaired."""
    device: Confirmation = field(default_factory=lambda: Confirmation(points=1, seconds=0, back=1, spacing=0))
    """Of what a device says of itself: removed, mocked, battery low."""
