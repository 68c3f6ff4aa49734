"""The alarms that stand are a function of the positions: not of batches, order, copies, restarts, or when silence was asked for."""

import json
import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from scenes import AT_SCHOOL, HOUR, INSIDE, MINUTE, OUTSIDE, START, city, played, row, rows

from mingzhang.casework.fences import Rules, evaluate, standing, watch_silence
from mingzhang.casework.fences.states import as_plain, from_plain
from mingzhang.casework.positions import Flag, empty_table

PLAN = city()
LATE = Rules(lateness=6 * 3600)
EDGE, FAR = (115.001, 30.5), (118.0, 32.0)

points = some.builds(
    row,
    some.integers(0, 340).map(lambda tick: tick / 1.0),
    some.sampled_from([INSIDE, INSIDE, OUTSIDE, OUTSIDE, AT_SCHOOL, EDGE, FAR]),
    person=some.integers(1, 3),
    accuracy=some.sampled_from([5.0, 60.0, 180.0]),
    flags=some.sampled_from([Flag.NONE, Flag.NONE, Flag.NONE, Flag.NETWORK, Flag.MOCKED, Flag.CLOCK_AHEAD]),
    battery=some.sampled_from([-1, 10, 20, 80]),
    worn=some.sampled_from([-1, 1, 1, 0]),
    device=some.sampled_from([7, 8]),
)


@given(
    tracks=some.lists(points, min_size=1, max_size=40),
    seed=some.integers(0, 10_000),
    copies=some.integers(0, 20),
)
@settings(max_examples=150, deadline=None)
def test_batches_order_copies_and_restarts_make_no_difference(tracks, seed, copies):
    """Split anyhow, shuffled within the lateness, sent again, the state written out and read back in between: the same events stand, none doubled, none lost."""
    chance = random.Random(seed)
    _, together = played([rows(*tracks)], PLAN, rules=LATE, now=900)
    sent = [*tracks, *chance.choices(tracks, k=copies)]
    chance.shuffle(sent)
    batches = []
    while sent:
        size = chance.randint(1, 7)
        batches.append(rows(*sent[:size]))
        sent = sent[size:]
    states, changes = {}, []
    for batch in batches:
        outcome = evaluate(states, batch, PLAN, LATE)
        assert not len(outcome.too_late)
        states |= {
            person: from_plain(json.loads(json.dumps(as_plain(state))))
            for person, state in outcome.states.items()
        }
        changes += outcome.changes
        if chance.random() < 0.3:
            asked = START + chance.randint(0, 600) * MINUTE
            outcome = watch_silence(states, LATE, asked)
            states |= outcome.states
            changes += outcome.changes
    outcome = watch_silence(states, LATE, START + 900 * MINUTE)
    assert standing([*changes, *outcome.changes]) == standing(together)


@given(tracks=some.lists(points, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_the_same_upload_again_says_nothing(tracks):
    """A repeated batch changes no alarm."""
    states, _ = played([rows(*tracks)], PLAN, rules=LATE)
    assert not evaluate(states, rows(*tracks), PLAN, LATE).changes


@given(
    late=some.lists(some.integers(0, 47), max_size=5, unique=True),
    seed=some.integers(0, 99),
    out=some.integers(0, 40),
)
@settings(max_examples=40, deadline=None)
def test_calm_days_by_arrays_are_as_step_by_step(late, seed, out):
    """A day of positions every ten minutes, some of them late, somebody outside for a while: by single rows and all at once."""
    chance = random.Random(seed)
    day = [
        row(
            10 * tick,
            OUTSIDE if out <= tick < out + 4 else INSIDE,
            person=1 + tick % 2,
            accuracy=chance.uniform(3, 40),
        )
        for tick in range(48)
    ]
    delayed = [day[number] for number in late]
    prompt = [each for number, each in enumerate(day) if number not in late]
    _, single = played([*prompt, *delayed], PLAN, rules=Rules(lateness=9 * 3600))
    _, whole = played([rows(*day)], PLAN)
    assert standing(single) == standing(whole)


def test_what_came_too_late_is_given_back_and_decides_nothing():
    states, before = played([rows(*(row(minute) for minute in range(0, 600, 10)))], now=600)
    outcome = evaluate(states, rows(row(5, OUTSIDE), row(15, OUTSIDE), row(35, OUTSIDE)), city(), Rules())
    assert len(outcome.too_late) == 3
    assert not outcome.changes
    assert not before


def test_states_and_rows_given_are_not_changed():
    first, _ = played([rows(row(0), row(10, OUTSIDE), row(20, OUTSIDE))])
    kept = json.dumps(as_plain(first[1]))
    batch = rows(row(15), row(30), row(5))
    again = batch.copy()
    evaluate(first, batch, city(), Rules())
    assert json.dumps(as_plain(first[1])) == kept
    assert np.array_equal(batch, again)


def test_old_positions_are_let_go():
    states, _ = played([row(minute) for minute in range(0, 60 * 20, 10)])
    kept = states[1].chunks
    assert len(kept) == 36
    assert kept[0].until > START + 20 * HOUR - 10 * MINUTE - 6 * HOUR
    assert not evaluate({}, empty_table(), city(), Rules()).states
