"""A raw document → headings, tables of known forms, and every figure of its tables at its coordinate.

    reading, vocabulary = recognise(document, editions, vocabulary_of, functional, economic)

Tables are matched by title, head and rows, not by edition: provinces vary all three. What no form knows is read under
its own words. A caption without a table is a form that could not be read, never one that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mingzhang.documents import Block, Document
from mingzhang.facts import Vocabulary
from mingzhang.forms import Classification, Edition
from mingzhang.read.reading import Reading
from mingzhang.read.recognise.codes import CodeBook
from mingzhang.read.recognise.gather import find_tables
from mingzhang.read.recognise.identity import edition_of, is_budget, whose
from mingzhang.read.recognise.missing import unreadable
from mingzhang.read.recognise.outline import contents_of, outlined
from mingzhang.read.recognise.tables import names_row, read_table
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.two_sided import fixed_rows
from mingzhang.read.recognise.units import units_of

NOBODY, NEWEST = "本报告", 2024
"""What stands where a report says neither whose it is nor of which year: its figures still meet each other."""

__all__ = ["NEWEST", "NOBODY", "contents_of", "is_budget", "recognise"]


def recognise(
    document: Document,
    editions: Sequence[Edition],
    vocabulary_of: Callable[[Edition, int], Vocabulary],
    functional: Classification,
    economic: Classification,
) -> tuple[Reading, Vocabulary]:
    """Understand a raw document; the vocabulary returned has the codes that only this report prints besides.

    Statements are numbered t1, t2, … in reading order. `document.metadata` gets department, year and edition.
    """
    blocks = outlined(document.blocks)
    fixed = fixed_rows(form for each in editions for form in each.forms)
    found = find_tables(blocks, editions, lambda text: names_row(text, fixed))
    department, year = whose(blocks, [table.caption.entity for table in found if table.caption.entity])
    edition = edition_of(
        editions,
        department,
        year,
        blocks,
        [table.caption.title for table in found],
        {text for table in found for text in table.texts},
    )
    book = CodeBook(vocabulary_of(edition, year or NEWEST), functional, economic)
    tally = Tally(book, department or NOBODY, year or NEWEST, document.pages, document.title)
    units = units_of(found)
    made: dict[int, Block | None] = {}
    empty: set[str] = set()
    filled: set[str] = set()
    for table, unit in zip(found, units, strict=True):
        result = read_table(table, unit, edition, fixed, tally)
        made.update(dict.fromkeys(table.members[1:]))
        made[table.members[0]] = result
        if table.kind.name:
            (empty if result.empty else filled).add(table.kind.name)
    kept = [made.get(number, block) for number, block in enumerate(blocks)]
    structured = tuple(block for block in kept if block is not None)
    metadata = replace(document.metadata, department=department, year=year, edition=edition.name)
    reading = Reading(
        replace(document, metadata=metadata, blocks=structured),
        tuple(tally.statements),
        (),
        tuple(tally.ties),
        frozenset(tally.blank_rows),
        frozenset(empty - filled),
        unreadable(structured, found, edition, document),
        tuple(tally.problems),
    )
    return reading, book.vocabulary()
