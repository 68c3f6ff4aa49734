"""Who of another list is on ours: `compare` beside exact numbers, plain fuzzy matching and Splink alone, on invented lists with a known truth.

    python benchmarks/linkage.py [size…]     # 10000 and 100000 people a list

Precision and recall are of the pairs that a method takes for one person without asking anybody. `compare` and Splink alone show further pairs to people;
the last columns say how many, and how much of the truth is then in sight. Seconds are of the processor, each from the lists as written to the pairs.

- exact number: the same eighteen signs in both lists.
- plain fuzzy: rapidfuzz, name and number as one text, 85 of 100 alike, among people born in the same year or of the same surname and sex.
- Splink alone: Splink's own comparisons for name, number, birth, sex and telephone with frequencies of names; chances of accidental agreement sampled, the rest
  learned by two rounds of expectation maximisation; taken at 0.99, shown from 0.1.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

import duckdb
import splink.comparison_library as library
from rapidfuzz import fuzz, process
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from measure import Page, Ratio, Timing, machine
from mingzhang.casework.linkage import Verdict, compare
from mingzhang.casework.linkage.people import compared
from mingzhang.casework.linkage.tables import add_table
from people_lists import Lists, lists

SEED = 11
TAKEN, SHOWN = 0.99, 0.1
ALIKE = 85


class Found(NamedTuple):
    """Pairs (our key, their key) taken for one person, and pairs shown to people."""

    taken: set[tuple[str, str]]
    shown: set[tuple[str, str]]


def ours(given: Lists) -> Found:
    """The package's comparison."""
    matches = compare(given.ours, given.theirs).matches
    return Found(
        {(each.ours, each.theirs) for each in matches if each.verdict is Verdict.SAME},
        {(each.ours, each.theirs) for each in matches if each.verdict is Verdict.REVIEW},
    )


def exact(given: Lists) -> Found:
    """The same number."""
    by_number = defaultdict(list)
    for person in given.ours:
        if person.id_no:
            by_number[person.id_no].append(person.key)
    return Found({(key, row.key) for row in given.theirs for key in by_number.get(row.id_no, ())}, set())


def fuzzy(given: Lists) -> Found:
    """Texts of name and number that are alike, within blocks."""
    blocks: dict[Any, list[Any]] = defaultdict(list)
    for person in given.ours:
        for block in _blocks(person):
            blocks[block].append(person)
    texts = {block: [f"{each.name} {each.id_no}" for each in people] for block, people in blocks.items()}
    taken = set()
    for row in given.theirs:
        for block in _blocks(row):
            found = process.extractOne(
                f"{row.name} {row.id_no}", texts.get(block, ()), scorer=fuzz.ratio, score_cutoff=ALIKE
            )
            if found:
                taken.add((blocks[block][found[2]].key, row.key))
    return Found(taken, set())


def _blocks(person: Any) -> list[tuple[str, ...]]:
    year = (str(person.born.year),) if person.born else ()
    return [
        *([("born", *year, person.name[:1])] if year else []),
        ("name", person.name[:1], person.sex, person.name[-1:]),
    ]


def alone(given: Lists) -> Found:
    """Splink's own comparisons and training, nothing before or after."""
    with duckdb.connect() as connection:
        for name, people in (("ours", given.ours), ("theirs", given.theirs)):
            add_table(connection, name, [compared(each) for each in people])
        api = DuckDBAPI(connection=connection)
        settings = SettingsCreator(
            link_type="link_only",
            probability_two_random_records_match=0.5 / len(given.ours),
            comparisons=[
                library.LevenshteinAtThresholds("name", 1).configure(term_frequency_adjustments=True),
                library.DamerauLevenshteinAtThresholds("number", [1, 2]),
                library.ExactMatch("born"),
                library.ExactMatch("sex"),
                library.DamerauLevenshteinAtThresholds("phone", 1),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("number"),
                block_on("name"),
                block_on("born", "surname"),
                block_on("phone", "surname"),
                block_on("number_body"),
                block_on("number_tail", "surname"),
            ],
        )
        tables = [api.register(name, dataset_display_name=name) for name in ("ours", "theirs")]
        linker = Linker(tables, settings, log_level=logging.ERROR)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
        for rule in (block_on("name"), block_on("born")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        found = linker.inference.predict(threshold_match_probability=SHOWN)
        rows = connection.execute(
            f"SELECT unique_id_l, unique_id_r, match_probability FROM {found.physical_name}"
        ).fetchall()
    pairs = [((given.ours[a].key, given.theirs[b].key), chance) for a, b, chance in rows]
    return Found(
        {pair for pair, chance in pairs if chance >= TAKEN},
        {pair for pair, chance in pairs if chance < TAKEN},
    )


METHODS: dict[str, Callable[[Lists], Found]] = {
    "exact number": exact,
    "plain fuzzy": fuzzy,
    "Splink alone": alone,
    "**ours**": ours,
}


def main(sizes: list[int]) -> None:
    """Invent, ask all, print."""
    page = Page(
        "linkage",
        "Comparing lists of people",
        [machine(), f"seed {SEED}, three fifths of each list in common"],
    )
    table = [
        "| people a list | method | precision | recall | shown to people | truth in sight | seconds |",
        "|--:|---|--:|--:|--:|--:|--:|",
    ]
    for size in sizes:
        given = lists(size, SEED)
        took = {}
        for name, method in METHODS.items():
            started = time.process_time()
            found = method(given)
            took[name] = Timing(f"{name}, {size}", (time.process_time() - started,))
            right = len(found.taken & given.truth)
            seen = len((found.taken | found.shown) & given.truth)
            table.append(
                f"| {size:,} | {name} | {right / max(1, len(found.taken)):.4f} | {right / len(given.truth):.4f} |"
                f" {len({row for _, row in found.shown}):,} | {seen / len(given.truth):.4f} | {took[name].median:.1f} |"
            )
        ratio = took["**ours**"].median / took["Splink alone"].median
        page.add(*took.values(), Ratio(f"ours ÷ Splink alone, {size:,}", ratio, ratio, at_most=0.3))
    page.tables.append("\n".join(table))
    page.finish()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [10_000, 100_000])
