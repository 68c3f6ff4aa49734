"""The internal final-accounts workbook (部门决算报表, 财决 sheets) → facts, with budgets and detail the public tables lack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.facts import Fact, FactStore, Vocabulary
from mingzhang.forms import Edition
from mingzhang.read.form_sheet import FormSheet
from mingzhang.read.internal_tables import InternalTable, internal_tables
from mingzhang.read.nine_tables import disagreements, recognise, unknown_sheet, wrong_year
from mingzhang.read.workbook import Opened, Sheet, open_workbook


def read_internal_workbook(
    path: Path,
    tables: Mapping[str, Any],
    edition: Edition,
    vocabulary: Vocabulary,
    entity: str,
    year: int,
    opened: Opened = open_workbook,
) -> tuple[FactStore, list[Problem]]:
    """Read every 财决 sheet that feeds a public table.

    `tables` is the parsed data file of the catalogue (`internal_tables()`). Columns of 年初预算数, 调整预算数 and 决算数
    become the measures initial_budget, adjusted_budget and actual. Values are exact statements with their cell.
    """
    store = FactStore(vocabulary)
    sheets, problems = opened(path)
    known = internal_tables(tables, edition, vocabulary)
    by_name = {sheet.name: sheet for sheet in sheets}
    found: dict[str, Sheet] = {}
    facts: list[Fact] = []
    for sheet in sheets:
        table = _recognise(sheet, known)
        if table is None:
            problems += unknown_sheet(
                sheet, [f"{each.number} {each.title}" for each in known if each.is_read]
            )
        elif not table.is_read:
            what = f"《{table.title}》（{table.number}）不直接生成公开表，没有读入"
            problems.append(Problem("table_not_needed", what, sheet.where(), "不用处理", "notice"))
        elif table.number in found:
            what = f"《{table.title}》已在“{found[table.number].name}”表中读过，本表没有读入"
            problems.append(Problem("sheet_repeated", what, sheet.where(), "只保留一张"))
        elif wrong := wrong_year(sheet, year):
            problems.append(wrong)
        else:
            found[table.number] = sheet
            reading = FormSheet(
                by_name,
                sheet,
                table.form,
                vocabulary,
                entity,
                year,
                sides=table.sides,
                optional=table.optional,
            ).read()
            facts += reading.facts
            problems += reading.problems
    if sheets:
        problems += _missing(known, found, path.name)
    for fact in facts:
        store.state(fact)
    return store, problems + disagreements(facts, vocabulary)


def _recognise(sheet: Sheet, known: tuple[InternalTable, ...]) -> InternalTable | None:
    form = recognise(sheet, [table.form for table in known])
    return next((table for table in known if form is not None and table.form is form), None)


def _missing(known: tuple[InternalTable, ...], found: Mapping[str, Sheet], file: str) -> list[Problem]:
    remedy = "在决算系统中导出时选上这张表；本年没有发生的可以不管"
    return [
        Problem("sheet_missing", f"没有找到{table.number}《{table.title}》", file, remedy, "warning")
        for table in known
        if table.is_read and table.number not in found
    ]
