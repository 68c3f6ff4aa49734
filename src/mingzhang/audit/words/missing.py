"""Obligatory parts, sections and forms that are certainly missing from a whole report."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Words, tables

_MOST_FORMS = 2
"""More than that were read badly, or belong to another kind of report."""


def check(words: Words) -> Iterator[Remark]:
    """Nothing is missing from an excerpt, or where a page or a table could not be read."""
    parts = [line for line in words.lines if line.level == 1]
    kinds = {line.part_kind for line in parts}
    if len(parts) < 3 or not {"narrative", "overview"} <= kinds or not words.readable or not words.year:
        return
    yield from _missing_words(words, parts)
    yield from _missing_forms(words, parts)


def _missing_words(words: Words, parts: list[Line]) -> Iterator[Remark]:
    narrative = next(line for line in parts if line.part_kind == "narrative")
    for entry in words.phrases.required:
        if entry.kind == "forms" or entry.words.search(words.whole_text):
            continue
        part = entry.kind == "parts"
        yield words.remark(
            "missing_part",
            "error" if part else "warning",
            f"缺少“{entry.name}”部分" if part else f"缺少有关{entry.name}的说明",
            [(parts[-1] if part else narrative).spot()],
            "补上；没有此项的，写明没有",
            basis=words.phrases.required_by,
        )


def _missing_forms(words: Words, parts: list[Line]) -> Iterator[Remark]:
    """Forms of which neither table nor title is found in a report that prints nearly all others."""
    if words.edition is None or words.unreadable_forms:
        return
    titles = {form.name: form.title for form in words.edition.forms}
    printed = {table.name for table in tables(words) if table.name} | words.empty_forms
    said = [line.plain for line in words.lines] + [table.title for table in tables(words)]
    missing = [
        titles[entry.name]
        for entry in words.phrases.required
        if entry.kind == "forms"
        and entry.name in titles
        and entry.name not in printed
        and words.year >= entry.since
        and not any(entry.words.search(text) for text in said)
    ]
    if 0 < len(missing) <= _MOST_FORMS and len(printed & set(titles)) >= len(titles) - _MOST_FORMS:
        place = next((line for line in parts if line.part_kind == "tables"), parts[0])
        yield words.remark(
            "missing_part",
            "error",
            f"缺少{'、'.join(f'《{title}》' for title in missing)}",
            [place.spot()],
            "补上；没有数据的，公开空表并作说明",
            basis=words.phrases.required_by,
        )
