"""Long, senseless texts are looked through in time; nothing breaks on them."""

import time

import pytest
from worded_reports import understood

from mingzhang.audit.words import check_words

PIECES = (
    "主要包括：",
    "水、电",
    "增加（减少）",
    "主要原因是",
    "持平。主要原因：减少支付",
    "）（",
    "“",
    "；，。",
    "XX",
    "水利（款）防汛（项）",
    "不涉及的不列",
    "公用经费包括水费、",
    "云岭区水务局2022年度",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_of_one_piece_is_looked_through_in_time(piece: str):
    words = understood(piece * (60_000 // len(piece)))
    started = time.perf_counter()
    check_words(words)
    assert time.perf_counter() - started < 5
