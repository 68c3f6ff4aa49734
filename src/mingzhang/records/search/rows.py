"""What is indexed of a voucher (索引内容): its summary, its reason, who prepared it, its unit and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingzhang.records.search.words import bigrams, of_books, person_mark

COLUMNS = "id, entity_id, year, summary, reason, prepared_by"
"""The columns of a voucher that its words are made of."""

TABLE, PROGRESS = "records_vouchersearch", "records_vouchersearch_progress"


def words_of(rows: Iterable[tuple[int, int, int, str, str, str]]) -> Iterator[tuple[int, list[str]]]:
    """(key, words) of rows of `COLUMNS`."""
    for key, unit, year, summary, reason, prepared_by in rows:
        words = bigrams(f"{summary} {reason}")
        if prepared_by.strip():
            words.append(person_mark(prepared_by))
        yield key, of_books(unit, year, words)
