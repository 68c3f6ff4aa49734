"""Figures without vouchers (填报数): the filled nine tables, the internal final-accounts workbook, a published report's facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.documents import Problem
from mingzhang.facts import Fact, FactStore, PrintedAt, SheetCell, Vocabulary
from mingzhang.facts.measure import COMPARISONS
from mingzhang.read.json import FactsFileError
from mingzhang.read.nine_tables import read_nine_tables
from mingzhang.records.imports.reading import Reader
from mingzhang.records.imports.recording import Recording
from mingzhang.records.models import Entity, ImportBatch, Statement
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import books_vocabulary, fact_store
from mingzhang.records.publishing import edition_of

STATEMENT_KINDS = {
    "nine-tables": "九张公开表",
    "final-accounts-workbook": "部门决算报表（财决）",
    "facts-json": "决算公开数据（JSON）",
}
"""Kinds of files that hold figures, not records."""

_READ_BY_SHEET = ("nine-tables", "final-accounts-workbook")


@dataclass(slots=True)
class Stated:
    """What a file states: statements not yet written, by entity; what the books hold already is unchanged."""

    kind: str
    rows: list[Statement]
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    places: set[tuple[int, int]] = field(default_factory=set)

    def write(self, batch: ImportBatch) -> tuple[int, int]:
        """Replace what the same kind of file stated of the same entity and year before; (new, replaced)."""
        replaced, recording = 0, Recording(batch)
        for entity, year in self.places:
            before = Statement.objects.filter(entity=entity, year=year, batch__kind=self.kind)
            recording.removed(before)
            replaced += before.delete()[0]
        for row in self.rows:
            row.batch = batch
        recording.entered(Statement.objects.bulk_create(self.rows, batch_size=2000))
        recording.finish()
        return len(self.rows), replaced


def read_statements(
    path: Path, kind: str, entity: Entity, year: int, edition: str | None, reader: Reader = Reader()
) -> Stated:
    """Read a file of figures about an entity and year."""
    words = books_vocabulary(Organisation(), None, [year])
    if kind == "facts-json":
        return _from_json(path, entity, year, words, reader)
    store, problems = _from_workbook(path, kind, entity, year, edition or edition_of(entity), words, reader)
    rows = [_statement(fact, entity, fact.coordinate.period) for fact in store.statements()]
    problems += (
        [] if rows or any(p.is_error for p in problems) else [_nothing(path.name, STATEMENT_KINDS[kind])]
    )
    return Stated(kind, rows, problems, places={(entity.pk, year)})


def _from_workbook(
    path: Path, kind: str, entity: Entity, year: int, edition: str, words: Vocabulary, reader: Reader
) -> tuple[FactStore, list[Problem]]:
    form = edition_named(edition)
    if kind == "nine-tables":
        return read_nine_tables(path, form, words, entity.code, year, reader.sheets)
    from mingzhang.catalogue.loading.internal import internal_tables
    from mingzhang.read.internal_workbook import read_internal_workbook

    return read_internal_workbook(path, internal_tables(), form, words, entity.code, year, reader.sheets)


def _from_json(path: Path, entity: Entity, year: int, words: Vocabulary, reader: Reader) -> Stated:
    try:
        store = reader.facts(path, words)
    except FactsFileError as error:
        return Stated("facts-json", [], [error.problem])
    known = {each.code: each for each in Entity.objects.all()}
    facts = [fact for fact in store.statements() if fact.coordinate.measure.kind not in COMPARISONS]
    own = _publisher(facts, known, entity)
    rows, problems, strange = [], [], set()
    for fact in facts:
        code = fact.coordinate.entity
        about = entity if code == own else known.get(code)
        if about is None:
            strange.add(code)
            continue
        rows.append(_statement(fact, about, fact.coordinate.period, path.name))
    if strange:
        what = f"有{len(strange)}个单位不在账簿里，没有读入：{'、'.join(sorted(strange)[:5])}"
        problems.append(Problem("unknown_entity", what, path.name, "需要时先建立这些单位", "warning"))
    periods = {row.year for row in rows}
    if rows and year not in periods:
        what = f"文件是{'、'.join(map(str, sorted(periods)))}年度的，要导入的是{year}年度"
        problems.append(Problem("year_differs", what, path.name, "导入时指定文件的年度（命令行用 --year）"))
    if not rows:
        problems.append(_nothing(path.name, STATEMENT_KINDS["facts-json"]))
    return Stated("facts-json", rows, problems, places={(row.entity_id, row.year) for row in rows})


def _publisher(facts: Sequence[Fact], known: dict[str, Entity], entity: Entity) -> str:
    """The code under which the file speaks of the entity: its own, else the one it speaks of most."""
    codes = [fact.coordinate.entity for fact in facts]
    if entity.code in codes or not codes:
        return entity.code
    return max(dict.fromkeys(codes), key=codes.count)


def _nothing(file: str, kind: str) -> Problem:
    return Problem("no_data", f"文件里没有数据，是一份还没有填写的{kind}", file, "填写后再导入", "notice")


def _statement(fact: Fact, entity: Entity, period: str, file: str = "") -> Statement:
    place = fact.provenance
    found: dict[str, Any] = {"file": file}
    if isinstance(place, SheetCell):
        found = {"file": place.file, "sheet": place.sheet, "cell": place.cell}
    elif isinstance(place, PrintedAt):
        found = {"file": place.document, "cell": f"第{place.page}页" if place.page else ""}
    return Statement(
        entity=entity,
        year=int(period[:4]),
        coordinate=str(fact.coordinate.cell.at(entity.code, period)),
        value=str(fact.value),
        printed=fact.printed.text[:60] if fact.printed else "",
        **found,
    )


def differences(entity: Entity, years: Iterable[int]) -> list[tuple[Fact, Fact]]:
    """Pairs (from the books, stated) that cannot be one number, for an entity and all below it."""
    return fact_store(entity.code, years).differences()
