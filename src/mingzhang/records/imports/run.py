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
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import Kind
from mingzhang.records.imports.grids import LIMITS, Grid, read_grids
from mingzhang.records.imports.headers import (
    HEADER_ROWS,
    NOT_DATA,
    Header,
    find_header,
    letter,
    missing_fields,
    remember,
)
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.problems import RefusedError, RowProblem, Trouble
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
) -> Report:
    """Import a file into the open books, all or nothing. Without a kind it is told from the file itself.

    `scope` are codes of the entities whose records the file may change; all of them where not given.
    """
    tell = progress or (lambda stage: None)
    report = Report(path.name, kind or "", dry_run=dry_run)
    with without_collecting():
        try:
            within = None if scope is None else frozenset(scope)
            _import(path, report, Context(entity, year, within), mapping or {}, edition, tell)
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
) -> None:
    tell("读取文件")
    if report.kind in STATEMENT_KINDS or (not report.kind and path.suffix.lower() == ".json"):
        report.kind = report.kind or "facts-json"
        _import_statements(path, report, context, edition, tell)
        return
    digest, known = _before(path, report.kind, context.entity)
    if known:
        report.kind = known.kind
        report.before, report.rows = f"{timezone.localtime(known.imported_at):%Y-%m-%d %H:%M}", known.rows
        return
    grids = read_grids(path)
    found = _recognised(grids, report.kind, mapping, path)
    if isinstance(found, str):
        report.kind = found
        _import_statements(path, report, context, edition, tell)
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
    path: Path, report: Report, context: Context, edition: str | None, tell: Progress
) -> None:
    entity = context.entity or _department()
    if entity is None:
        raise RefusedError(
            Problem("which_department", "没有写明是哪个部门或单位", path.name, "用 --entity 指定")
        )
    if context.year is None:
        raise RefusedError(
            Problem("year_missing", "没有写明是哪个年度", path.name, "用 --year 指定，如 --year 2021")
        )
    if not path.is_file():
        raise RefusedError(Problem("file_missing", "找不到文件", str(path), "检查路径和文件名"))
    digest, known = _before(path, report.kind, entity)
    if known and known.statements.filter(entity=entity, year=context.year).exists():
        report.before, report.rows = f"{timezone.localtime(known.imported_at):%Y-%m-%d %H:%M}", known.rows
        return
    stated: Stated = read_statements(path, report.kind, entity, context.year, edition)
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


def _recognised(
    grids: list[Grid], name: str, mapping: Mapping[str, str], path: Path
) -> tuple[Kind, list[tuple[Grid, Header]]] | str:
    """The kind and the sheets that hold it; the name of a kind of statements where the sheets are forms."""
    sheets = [grid for grid in grids if grid.name not in NOT_DATA]
    if not any(grid.rows for grid in sheets):
        raise RefusedError(Problem("file_empty", "工作表里没有内容", path.name, "重新导出后再导入"))
    kinds = [KINDS[name]] if name else list(KINDS.values())
    best: tuple[int, Kind, list[tuple[Grid, Header]]] | None = None
    lacking: tuple[int, Kind, Header] | None = None
    for kind in kinds:
        found = [(grid, header) for grid in sheets if (header := find_header(grid, kind, mapping))]
        whole = [(grid, header) for grid, header in found if not _missing(header, kind)]
        if whole:
            score = max(len(header.columns) for _, header in whole)
            if best is None or score > best[0]:
                best = (score, kind, whole)
        for _, header in found:
            if lacking is None or len(header.columns) > lacking[0]:
                lacking = (len(header.columns), kind, header)
    if best is not None:
        return best[1], best[2]
    if not name and (forms := _forms(grids)):
        return forms
    if lacking is None:
        known = "、".join(KINDS[name].field(entry.name).chinese for entry in KINDS[name].fields if entry.required) if name else "、".join(kind.chinese for kind in kinds)  # fmt: skip
        what = f"前{HEADER_ROWS}行里没有找到表头"
        remedy = (
            f"表头应有：{known}"
            if name
            else f"用 --kind 指定种类（可导入：{known}），或用 mingzhang template 的空表填写"
        )
        raise RefusedError(Problem("header_missing", what, path.name, remedy))
    _, kind, header = lacking
    missing = "、".join(_missing(header, kind))
    what = f"{kind.chinese}缺少必需的列：{missing}"
    shown = "、".join(filter(None, header.texts))[:200]
    remedy = f"补上这些列；列名不同的用 --map 字段=列名 指定。现有的列：{shown}"
    raise RefusedError(Problem("column_missing", what, f"{path.name}，第{header.row}行", remedy))


def _missing(header: Header, kind: Kind) -> list[str]:
    missing = [entry.chinese for entry in missing_fields(header, kind)]
    names = {entry.name for entry in kind.fields}
    if {"debit", "credit", "side", "amount"} <= names:
        columns = header.columns.keys()
        if not ({"debit", "credit"} <= columns or {"side", "amount"} <= columns):
            missing.append("借方金额和贷方金额（或 方向 和 金额）")
    return missing


def _forms(grids: list[Grid]) -> str:
    """`nine-tables` or `final-accounts-workbook` where the sheets are called so."""
    texts = [str(value) for grid in grids for row in grid.rows[:8] for value in row if isinstance(value, str)]
    texts += [grid.name for grid in grids]
    if any("财决" in text for text in texts):
        return "final-accounts-workbook"
    return "nine-tables" if any("决算表" in text or "决算总表" in text for text in texts) else ""


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
