"""Blank files to fill in (空白导入表), one a kind, for an entity and a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.catalogue.loading import vocabulary
from mingzhang.pipeline import file_name
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.missing_words import asked_for, still_missing
from mingzhang.records.imports.statements import STATEMENT_KINDS
from mingzhang.records.imports.templates import write_template
from mingzhang.records.models import Entity
from mingzhang.records.points import fact_store
from mingzhang.write.blank import empty_workbook

OFFERED = {name: kind.chinese for name, kind in KINDS.items()} | {
    "nine-tables": STATEMENT_KINDS["nine-tables"]
}
"""Kinds that have a blank file, with their Chinese names; the others come out of other programs as they are."""


def write_blank(kind: str, out: Path, body: Entity | None, year: int | None, edition: str) -> Path:
    """Write the blank file of a kind into a folder."""
    if kind == "nine-tables":
        return _nine_tables(out, body, year, edition)
    words = list(_words(body, year, edition)) if kind == "texts" else ()
    return write_template(KINDS[kind], out / f"{KINDS[kind].chinese}.xlsx", year, words)


def _nine_tables(out: Path, body: Entity | None, year: int | None, edition: str) -> Path:
    form = edition_named(edition)
    fiscal = year or form.fiscal_years[1] or max(form.fiscal_years[0], date.today().year - 1)
    name = body.name if body else "（部门名称）"
    code = body.code if body else "department"
    words = vocabulary(fiscal, form.code_names).with_entities([(code, None, name)])
    path = out / file_name(f"{body.name if body else ''}{fiscal}年度公开表.xlsx")
    empty_workbook(form, words, path, code, fiscal)
    return path


def _words(body: Entity | None, year: int | None, edition: str) -> Iterator[dict[str, str]]:
    """The keys to be filled in: what the year's report lacks, or all that the edition may ask for."""
    if body is None or year is None:
        found = asked_for(edition)
    else:
        found = still_missing(body, year, edition, fact_store(body.department().code, (year - 1, year)))
    for key, what in found:
        yield {"entity": body.code if body else "", "year": str(year or ""), "key": key, "subject": what}
