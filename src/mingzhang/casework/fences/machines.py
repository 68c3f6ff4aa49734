"""Confirmation (告警确认): one step a position, from a suspicion over a confirmed alarm to its end; the same little machine for every kind of alarm."""

from __future__ import annotations

from typing import NamedTuple

from mingzhang.casework.fences.rules import Confirmation


class Machine(NamedTuple):
    """A suspicion, or once `confirmed` an alarm; where there is none of either there is no machine. Times in milliseconds."""

    began: int
    points: int
    counted: int
    """When a position last counted towards it."""
    confirmed: bool = False
    back: int = 0
    back_at: int = 0
    back_counted: int = 0


class Step(NamedTuple):
    """What a position makes of a machine: `raised` where it confirms it, `ended_at` the time of the first position back where it ends it."""

    machine: Machine | None
    raised: bool = False
    ended_at: int | None = None


def step(machine: Machine | None, at: int, verdict: bool | None, asked: Confirmation) -> Step:
    """Take a position at a time: `verdict` True where it is surely wrong, False where it is right, None where it cannot tell."""
    if verdict is None:
        return Step(machine)
    if not verdict:
        return _back(machine, at, asked) if machine is not None and machine.confirmed else Step(None)
    if machine is None:
        machine = Machine(at, 1, at)
    else:
        counts = at - machine.counted >= asked.spacing * 1000
        machine = machine._replace(
            points=machine.points + counts,
            counted=at if counts else machine.counted,
            back=0,
            back_at=0,
            back_counted=0,
        )
    long = machine.points >= 2 and at - machine.began >= asked.seconds * 1000
    if machine.confirmed or not (machine.points >= asked.points or long):
        return Step(machine)
    return Step(machine._replace(confirmed=True), raised=True)


def _back(machine: Machine, at: int, asked: Confirmation) -> Step:
    if not machine.back:
        machine = machine._replace(back=1, back_at=at, back_counted=at)
    elif at - machine.back_counted >= asked.spacing * 1000:
        machine = machine._replace(back=machine.back + 1, back_counted=at)
    return Step(None, ended_at=machine.back_at) if machine.back >= asked.back else Step(machine)
