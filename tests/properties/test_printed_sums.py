"""Printed sums and ratios of true figures."""

from functools import reduce
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, Interval, print_value, printed

cents = st.integers(-(10**10), 10**12)


@given(items=st.lists(cents, min_size=2, max_size=9), places=st.integers(0, 4))
def test_a_true_sum_never_raises_a_finding(items, places):
    """Round a true sum and its items any way a printer may: they still agree."""
    parts = [
        printed(print_value(item, TEN_THOUSAND_YUAN, decimals=places), TEN_THOUSAND_YUAN) for item in items
    ]
    total = printed(
        print_value(sum(items), TEN_THOUSAND_YUAN, decimals=places, thousands=True), TEN_THOUSAND_YUAN
    )
    assert reduce(add, parts).meets(total)


@given(value=cents, places=st.integers(0, 4), coarser=st.integers(0, 4))
def test_one_value_printed_twice_agrees_with_itself(value, places, coarser):
    """The same exact value at two precisions lies in both intervals."""
    once = printed(print_value(value, TEN_THOUSAND_YUAN, decimals=places), TEN_THOUSAND_YUAN)
    again = printed(print_value(value, TEN_THOUSAND_YUAN, decimals=coarser), TEN_THOUSAND_YUAN)
    assert once.meets(again)
    assert once.interval.contains(value)


@given(part=cents, whole=st.integers(10**6, 10**12), places=st.integers(0, 3))
def test_a_true_share_agrees_with_its_printed_amounts(part, whole, places):
    """l·b ≤ a ≤ u·b for the printed share and the printed amounts it was computed from."""
    share = printed(
        print_value(Interval.of(part).ratio(Interval.of(whole)).low, PERCENT, decimals=places), PERCENT
    )
    amounts = [printed(print_value(value, TEN_THOUSAND_YUAN), TEN_THOUSAND_YUAN) for value in (part, whole)]
    assert (share.interval * amounts[1].interval).meets(amounts[0])
