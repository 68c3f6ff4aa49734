"""A small city and tracks in it, for the tests of fences."""

from __future__ import annotations

import numpy as np

from mingzhang.casework.fences import Effect, Fence, Rules, circle, evaluate, plan_of, polygon, watch_silence
from mingzhang.casework.positions import Flag, empty_table

MINUTE = 60_000
HOUR = 60 * MINUTE
START = 1_614_906_000_000
"""2021-03-05 09:00 in Beijing."""

CITY = polygon([(114.0, 30.0), (115.0, 30.0), (115.0, 31.0), (114.0, 31.0)])
SCHOOL = circle(114.97, 30.5, 300)
INSIDE, OUTSIDE, AT_SCHOOL = (114.99, 30.5), (115.02, 30.5), (114.97, 30.5)
RULES = Rules()


def city(persons=(1, 2, 3), *more):
    """Everybody may be in the city, nobody at school."""
    return plan_of(
        [
            *(Fence(f"city-{person}", Effect.PERMITTED, CITY, person) for person in persons),
            Fence("school", Effect.FORBIDDEN, SCHOOL),
            *more,
        ]
    )


def row(minute, place=INSIDE, *, person=1, accuracy=10.0, flags=Flag.NONE, battery=80, worn=1, device=7):
    """One row, so many minutes after the start."""
    table = empty_table(1)
    at = START + int(minute * MINUTE)
    table[0] = (person, at, device, *place, accuracy, int(flags), battery, worn, at)
    return table


def rows(*each):
    return np.concatenate(each) if each else empty_table()


def played(batches, plan=None, *, rules=RULES, states=None, kept=lambda state: state, now=None):
    """All batches one after another: the states and all changes."""
    plan = plan or city()
    states, changes = dict(states or {}), []
    for batch in batches:
        outcome = evaluate(states, batch, plan, rules)
        states |= {person: kept(state) for person, state in outcome.states.items()}
        changes += outcome.changes
    if now is not None:
        outcome = watch_silence(states, rules, START + int(now * MINUTE))
        states |= outcome.states
        changes += outcome.changes
    return states, changes
