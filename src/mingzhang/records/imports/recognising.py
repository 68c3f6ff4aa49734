"""What a file holds (识别种类): the kind whose columns its headers name best, and the sheets with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingzhang.documents import Problem
from mingzhang.records.imports.fields import Kind
from mingzhang.records.imports.grids import Grid
from mingzhang.records.imports.headers import HEADER_ROWS, NOT_DATA, Header, find_header, missing_fields
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.problems import RefusedError


@dataclass(frozen=True, slots=True)
class Match:
    """A kind and the sheets with its headers; `missing` are columns without which nothing can be taken in."""

    kind: Kind
    sheets: Sequence[tuple[Grid, Header]]
    missing: Sequence[str] = ()


def best_match(grids: Sequence[Grid], name: str, mapping: Mapping[str, str]) -> Match | str | None:
    """The best kind, or the one asked for; the name of a kind of statements where the sheets are forms; None for nothing.

    A kind with all its required columns comes before one that lacks some.
    """
    sheets = [grid for grid in grids if grid.name not in NOT_DATA]
    best: tuple[int, Match] | None = None
    lacking: tuple[int, Match] | None = None
    for kind in [KINDS[name]] if name else KINDS.values():
        found = [(grid, header) for grid in sheets if (header := find_header(grid, kind, mapping))]
        whole = [(grid, header) for grid, header in found if not missing_columns(header, kind)]
        if whole:
            score = max(len(header.columns) for _, header in whole)
            if best is None or score > best[0]:
                best = (score, Match(kind, whole))
        for grid, header in found:
            if lacking is None or len(header.columns) > lacking[0]:
                match = Match(kind, [(grid, header)], missing_columns(header, kind))
                lacking = (len(header.columns), match)
    if best is not None:
        return best[1]
    if not name and (forms := _forms(grids)):
        return forms
    return lacking[1] if lacking else None


def recognised(
    grids: Sequence[Grid], name: str, mapping: Mapping[str, str], file: str
) -> tuple[Kind, Sequence[tuple[Grid, Header]]] | str:
    """The kind and the sheets that hold it, or a kind of statements. Raises RefusedError where nothing can be taken in."""
    if not any(grid.rows for grid in grids if grid.name not in NOT_DATA):
        raise RefusedError(Problem("file_empty", "工作表里没有内容", file, "重新导出后再导入"))
    match = best_match(grids, name, mapping)
    if match is None:
        raise RefusedError(_no_header(name, file))
    if isinstance(match, str):
        return match
    if match.missing:
        raise RefusedError(column_missing(match, file))
    return match.kind, match.sheets


def missing_columns(header: Header, kind: Kind) -> list[str]:
    """Names of columns that the file lacks and must have."""
    missing = [entry.chinese for entry in missing_fields(header, kind)]
    names = {entry.name for entry in kind.fields}
    if {"debit", "credit", "side", "amount"} <= names:
        columns = header.columns.keys()
        if not ({"debit", "credit"} <= columns or {"side", "amount"} <= columns):
            missing.append("借方金额和贷方金额（或 方向 和 金额）")
    return missing


def _no_header(name: str, file: str) -> Problem:
    if name:
        known = "、".join(entry.chinese for entry in KINDS[name].fields if entry.required)
        remedy = f"表头应有：{known}"
    else:
        known = "、".join(kind.chinese for kind in KINDS.values())
        remedy = f"导入时指定种类（命令行用 --kind；可导入：{known}），或用空白导入表填写"
    return Problem("header_missing", f"前{HEADER_ROWS}行里没有找到表头", file, remedy)


def column_missing(match: Match, file: str) -> Problem:
    """The problem of columns that are not there."""
    header = match.sheets[0][1]
    what = f"{match.kind.chinese}缺少必需的列：{'、'.join(match.missing)}"
    shown = "、".join(filter(None, header.texts))[:200]
    remedy = f"补上这些列；列名不同的，在导入时指定对应的列（命令行用 --map 字段=列名）。现有的列：{shown}"
    return Problem("column_missing", what, f"{file}，第{header.row}行", remedy)


def _forms(grids: Sequence[Grid]) -> str:
    """`nine-tables` or `final-accounts-workbook` where the sheets are called so."""
    texts = [str(value) for grid in grids for row in grid.rows[:8] for value in row if isinstance(value, str)]
    texts += [grid.name for grid in grids]
    if any("财决" in text for text in texts):
        return "final-accounts-workbook"
    return "nine-tables" if any("决算表" in text or "决算总表" in text for text in texts) else ""
