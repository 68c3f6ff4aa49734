"""A comparison of two lists of people (名单比对): numbers first, then likeness for the rows that no number settled; repeatable to the bit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb

from mingzhang.casework.linkage.identity import NumberPair, pairs_by_number
from mingzhang.casework.linkage.likeness import LikePair, pairs_by_likeness
from mingzhang.casework.linkage.model import Model, default_model
from mingzhang.casework.linkage.numbers import slip_between
from mingzhang.casework.linkage.people import Compared, Person, compared
from mingzhang.casework.linkage.rules import Rules
from mingzhang.casework.linkage.tables import add_table
from mingzhang.casework.linkage.verdicts import Agreement, Basis, Candidate, Match, Verdict, judge


class Comparison(NamedTuple):
    """The matches, best first for each of their rows, and the keys of their rows that nobody of ours is like."""

    matches: tuple[Match, ...]
    unknown: tuple[str, ...]


def compare(
    ours: Iterable[Person],
    theirs: Iterable[Person],
    *,
    rules: Rules | None = None,
    model: Model | None = None,
    judged: Mapping[tuple[str, str], bool] | None = None,
    joined: Iterable[tuple[str, str]] = (),
) -> Comparison:
    """Who of another body's list is on ours. Keys must be unique in each list.

    `judged` says of pairs (our key, `fingerprint` of their row) whether people found them one person, `joined` names the pairs that an earlier run did.
    """
    rules, model = rules or Rules(), model or default_model()
    mine, rows = [compared(each) for each in ours], [compared(each) for each in theirs]
    with duckdb.connect() as connection:
        add_table(connection, "ours", mine)
        add_table(connection, "theirs", rows)
        numbered = pairs_by_number(connection, mine, rows)
        candidates = [_by_number(pair, mine, rows) for pair in numbered]
        candidates += _by_likeness(connection, numbered, mine, rows, rules, model)
    matches = judge(candidates, mine, rows, rules, judged or {}, frozenset(joined))
    known = {match.theirs for match in matches if match.verdict != Verdict.DIFFERENT}
    return Comparison(tuple(matches), tuple(row.key for row in rows if row.key not in known))


def _by_likeness(
    connection: duckdb.DuckDBPyConnection,
    numbered: Sequence[NumberPair],
    mine: Sequence[Compared],
    rows: Sequence[Compared],
    rules: Rules,
    model: Model,
) -> list[Candidate]:
    """Candidates for the rows that no number settled."""
    settled = {pair.theirs for pair in numbered}
    left = [place for place in range(len(rows)) if place not in settled]
    if not left or not mine:
        return []
    connection.execute(
        "CREATE OR REPLACE TABLE remaining AS SELECT * FROM theirs WHERE list_contains($1, unique_id)", [left]
    )
    expected = rules.overlap * min(len(mine), len(rows))
    prior = min(0.5, expected / (len(mine) * len(rows)))
    found = pairs_by_likeness(connection, model, prior, rules.low, "remaining")
    return [_like(pair, model) for pair in found]


def _by_number(pair: NumberPair, mine: Sequence[Compared], rows: Sequence[Compared]) -> Candidate:
    one, other = mine[pair.ours], rows[pair.theirs]
    name = "相同" if one.name == other.name else "读音相同" if one.sound == other.sound else "三字以上差一字"
    number = "相同，校验无误" if pair.same else slip_between(one.number, other.number)
    agreements = (Agreement("姓名", name), Agreement("证件号码", number))
    return Candidate(pair.ours, pair.theirs, Basis.NUMBER if pair.same else Basis.SLIP, None, agreements)


def _like(pair: LikePair, model: Model) -> Candidate:
    agreements = (
        Agreement(field.chinese, level.says, bits)
        for field, (gamma, bits) in zip(model.fields, pair.levels, strict=True)
        if (level := field.level(gamma)) is not None
    )
    return Candidate(pair.ours, pair.theirs, Basis.LIKENESS, pair.weight, tuple(agreements))
