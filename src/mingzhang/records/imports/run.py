"""Import one file (导入): read, check everything, then one short write; the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from mingzhang.collecting import without_collecting
from mingzhang.documents import Problem
from mingzhang.records import search
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.grids import LIMITS, Grid
from mingzhang.records.imports.headers import Header, letter, remember
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.problems import RefusedError, RowProblem, Trouble
from mingzhang.records.imports.reading import Reader
from mingzhang.records.imports.recognising import recognised
from mingzhang.records.imports.rows import Table, Taken
from mingzhang.records.imports.statements import STATEMENT_KINDS, Stated, read_statements
from mingzhang.records.models import Entity, ImportBatch

Progress = Callable[[str], None]
_PASTE = "选中这些单元格，复制后“选择性粘贴—数值”，保存再导入"
_UNMERGE = "选中表格，取消合并单元格，并在每一格填上内容，保存再导入"


@dataclass(slots=True)
class Report:
    """What an import did, or why it did nothing. Nothing was written where there is an error."""

    file: str
    kind: str = ""
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    unit: str = "行"
    before: str = ""
    dry_run: bool = False
    mapping: list[tuple[str, str]] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    left_out: int = 0
    problems: list[Trouble] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """Whether no error stood in the way."""
        return not any(problem.is_error for problem in self.problems)


def chinese_of(kind: str) -> str:
    """The Chinese name of a kind."""
    return STATEMENT_KINDS.get(kind) or KINDS[kind].chinese


def import_file(
    path: Path,
    kind: str | None = None,
    *,
    entity: Entity | None = None,
    year: int | None = None,
    mapping: Mapping[str, str] | None = None,
    edition: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    scope: Collection[str] | None = None,
    reader: Reader = Reader(),
) -> Report:
    """Import a file into the open books, all or nothing. Without a kind it is told from the file itself.

    `scope` are codes of the entities whose records the file may change; all of them where not given. `reader` reads
    the file: uploads are read in a child process.
    """
    tell = progress or (lambda stage: None)
    report = Report(path.name, kind or "", dry_run=dry_run)
    with without_collecting():
        try:
            within = None if scope is None else frozenset(scope)
            _import(path, report, Context(entity, year, within), mapping or {}, edition, tell, reader)
        except RefusedError as refused:
            report.problems += refused.problems
    return report


def _import(
    path: Path,
    report: Report,
    context: Context,
    mapping: Mapping[str, str],
    edition: str | None,
    tell: Progress,
    reader: Reader,
) -> None:
    tell("读取文件")
    if report.kind in STATEMENT_KINDS or (not report.kind and path.suffix.lower() == ".json"):
        report.kind = report.kind or "facts-json"
        _import_statements(path, report, context, edition, tell, reader)
        return
    digest, known = _before(path, report.kind, context.entity)
    if known:
        report.kind = known.kind
        report.before, report.rows = f"{timezone.localtime(known.imported_at):%Y-%m-%d %H:%M}", known.rows
        return
    grids = reader.grids(path)
    found = recognised(grids, report.kind, mapping, path.name)
    if isinstance(found, str):
        report.kind = found
        _import_statements(path, report, context, edition, tell, reader)
        return
    kind, headers = found
    report.kind = kind.name
    problems = [problem for grid, header in headers for problem in _shape(grid, header)]
    report.mapping = [(kind.field(name).chinese, f"{text}（{letter(headers[0][1].columns[name])}列）") for name, text in headers[0][1].named().items()]  # fmt: skip
    report.unused = headers[0][1].unused()
    if problems:
        raise RefusedError(*problems)
    tables = [Table(grid, header, kind) for grid, header in headers]
    report.left_out = sum(len(table.left_out) for table in tables)
    report.rows = sum(len(table) for table in tables)
    if not report.rows:
        report.problems.append(_no_data(report))
        return
    tell("核对每一行")
    taken = kind.take(tables, context)
    _finish(report, taken, digest, context, tell)
    if report.accepted and not report.dry_run:
        for _, header in headers:
            remember(header, kind)
        if report.added:
            search.catch_up()


def _no_data(report: Report) -> Problem:
    what = f"表里没有数据，是一份还没有填写的{chinese_of(report.kind)}"
    return Problem("no_data", what, report.file, "填写后再导入", "notice")


def _finish(report: Report, taken: Taken, digest: str, context: Context, tell: Progress) -> None:
    report.problems += sorted(taken.problems, key=lambda problem: (problem.sheet, problem.row))
    report.unit, report.unchanged, report.rows = taken.unit, taken.unchanged, taken.rows
    if not taken.rows and not report.problems:
        report.problems.append(_no_data(report))
    if not report.accepted or report.dry_run or not taken.rows:
        return
    tell("写入账簿")
    with transaction.atomic():
        batch = _batch(report, digest, context.entity)
        report.added, report.changed = taken.write(batch)


def _import_statements(
    path: Path, report: Report, context: Context, edition: str | None, tell: Progress, reader: Reader
) -> None:
    entity = context.entity or _department()
    if entity is None:
        raise RefusedError(
            Problem(
                "which_department",
                "没有写明是哪个部门或单位",
                path.name,
                "导入时指定单位（命令行用 --entity）",
            )
        )
    if context.year is None:
        raise RefusedError(
            Problem(
                "year_missing",
                "没有写明是哪个年度",
                path.name,
                "导入时指定年度（命令行用 --year，如 --year 2021）",
            )
        )
    if not path.is_file():
        raise RefusedError(Problem("file_missing", "找不到文件", str(path), "检查路径和文件名"))
    digest, known = _before(path, report.kind, entity)
    if known and known.statements.filter(entity=entity, year=context.year).exists():
        report.before, report.rows = f"{timezone.localtime(known.imported_at):%Y-%m-%d %H:%M}", known.rows
        return
    stated: Stated = read_statements(path, report.kind, entity, context.year, edition, reader)
    report.problems += stated.problems
    report.problems += _out_of_scope(stated, context, path)
    report.rows, report.unit = len(stated.rows), "个数"
    if not report.accepted or report.dry_run or not stated.rows:
        return
    tell("写入账簿")
    with transaction.atomic():
        ImportBatch.objects.filter(kind=report.kind, sha256=digest, entity=entity).update(sha256="")
        report.added, report.changed = stated.write(_batch(report, digest, entity))


def _out_of_scope(stated: Stated, context: Context, path: Path) -> list[Problem]:
    foreign = Entity.objects.filter(pk__in={entity for entity, _ in stated.places})
    return [
        Problem(
            "not_allowed",
            f"您没有导入“{entity.name}”的权限",
            path.name,
            "由该单位的人导入，或请系统管理员授权",
        )
        for entity in foreign
        if not context.is_within(entity.code)
    ]


def _department() -> Entity | None:
    found = list(Entity.objects.filter(kind=Entity.Kind.DEPARTMENT)[:2])
    return found[0] if len(found) == 1 else None


def _before(path: Path, kind: str, entity: Entity | None) -> tuple[str, ImportBatch | None]:
    """The hash of the file, and the batch that took the same file in before."""
    if not path.is_file() or path.stat().st_size > LIMITS.file_size:
        return "", None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = ImportBatch.objects.filter(sha256=digest, entity=entity)
    known = known.filter(kind=kind) if kind else known.exclude(kind__in=STATEMENT_KINDS)
    return digest, known.first()


def _batch(report: Report, digest: str, entity: Entity | None) -> ImportBatch:
    return ImportBatch.objects.create(
        kind=report.kind,
        file_name=report.file[:255],
        sha256=digest,
        imported_at=timezone.now(),
        rows=report.rows,
        entity=entity,
    )


def _shape(grid: Grid, header: Header) -> list[RowProblem]:
    """Formula cells and merged cells of the table itself; titles above the header may be merged."""
    problems = []
    for row, column in grid.scan.formulas:
        problems.append(
            _cell_problem(grid, header, row, column, "formula_cell", "这个单元格是公式，不是数值", _PASTE)
        )
    for top, left, bottom, right in grid.scan.merged:
        if bottom >= header.row:
            area = f"{letter(left - 1)}{top}:{letter(right - 1)}{bottom}"
            what = f"{area} 是合并单元格，其中只有一格有内容"
            problems.append(_cell_problem(grid, header, top, left, "merged_cells", what, _UNMERGE))
    return problems


def _cell_problem(
    grid: Grid, header: Header, row: int, column: int, code: str, what: str, remedy: str
) -> RowProblem:
    text = header.texts[column - 1] if column <= len(header.texts) else ""
    return RowProblem(code, what, remedy, grid.file, grid.name, row, f"{text}（{letter(column - 1)}列）")
