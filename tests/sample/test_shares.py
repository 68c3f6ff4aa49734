"""Splitting an amount: exact to the last fen whatever the weights."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.sample.shares import split, varied

fen = st.integers(0, 10**12)
weights = st.lists(st.integers(1, 1000), min_size=1, max_size=40)


@given(fen, weights, st.sampled_from([1, 100, 1000]))
def test_parts_always_add_up_to_the_whole(amount, shares, step):
    """Largest remainder loses nothing, and no part strays a step from its exact share (the last takes the odd fen)."""
    parts = split(amount, shares, step)
    assert sum(parts) == amount
    total = sum(shares)
    for part, weight in zip(parts[:-1], shares[:-1], strict=True):
        assert part % step == 0
        assert abs(part * total - amount * weight) <= 2 * step * total


@given(fen, weights, st.integers(1, 60), st.integers())
def test_varied_parts_add_up_too_and_are_the_same_for_the_same_seed(amount, shares, percent, seed):
    """Plausible variation changes parts, not the sum."""
    parts = varied(amount, shares, percent, Random(seed))
    assert sum(parts) == amount
    assert min(parts) >= 0
    assert parts == varied(amount, shares, percent, Random(seed))


def test_weights_of_nothing_are_refused():
    """There is no share of nothing."""
    with pytest.raises(ValueError, match="more than zero"):
        split(100, [0, 0])
