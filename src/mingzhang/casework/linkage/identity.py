"""Identity by number (证件号码比对): the same number, or one that is a slip away, and a name that agrees. A number alone proves nothing: lists share and mistype them."""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from mingzhang.casework.linkage.numbers import one_slip_away
from mingzhang.casework.linkage.people import Compared

_ONE_SIGN = """least(length(ours.name), length(theirs.name)) >= 3 AND ours.surname = theirs.surname
  AND levenshtein(ours.name, theirs.name) = 1 AND (ours.phone = theirs.phone OR ours.place = theirs.place)"""


class NumberPair(NamedTuple):
    """Places in both lists of a pair whose numbers and names agree; whether the number is the same or a slip away."""

    ours: int
    theirs: int
    same: bool


def pairs_by_number(
    connection: duckdb.DuckDBPyConnection, ours: list[Compared], theirs: list[Compared]
) -> list[NumberPair]:
    """Pairs of the tables `ours` and `theirs` with the same sound number, or with numbers of which one is wrong in one place; in order.

    A name written or sounding the same agrees; with the same number also one that differs in one of three characters, if telephone or address is the
    same: brothers whose names share a character are given each other's number.
    """
    same = connection.execute(
        f"""SELECT ours.unique_id, theirs.unique_id FROM ours JOIN theirs USING (number)
        WHERE ours.sound_number AND (ours.name = theirs.name OR ours.sound = theirs.sound OR ({_ONE_SIGN}))"""
    ).fetchall()
    near = _slips(connection, "ours", ours, "theirs") + [
        (other, wrong) for wrong, other in _slips(connection, "theirs", theirs, "ours")
    ]
    agreeing = {NumberPair(mine, row, True) for mine, row in same}
    return sorted(agreeing | {NumberPair(mine, row, False) for mine, row in near})


def _slips(
    connection: duckdb.DuckDBPyConnection, wrong_side: str, wrong: list[Compared], sound_side: str
) -> list[tuple[int, int]]:
    """Pairs (place of the wrong number, place of the sound one) of two tables."""
    meant = [
        (place, candidate)
        for place, each in enumerate(wrong)
        if each.number and not each.sound_number
        for candidate in sorted(one_slip_away(each.number))
    ]
    if not meant:
        return []
    connection.execute("CREATE OR REPLACE TEMP TABLE meant (place BIGINT, number VARCHAR)")
    connection.execute(
        "INSERT INTO meant SELECT unnest($places), unnest($numbers)",
        {"places": [place for place, _ in meant], "numbers": [number for _, number in meant]},
    )
    return connection.execute(
        f"""SELECT wrong.unique_id, right_one.unique_id FROM meant
        JOIN {wrong_side} AS wrong ON wrong.unique_id = meant.place
        JOIN {sound_side} AS right_one ON right_one.number = meant.number
        WHERE wrong.name = right_one.name OR wrong.sound = right_one.sound"""
    ).fetchall()
