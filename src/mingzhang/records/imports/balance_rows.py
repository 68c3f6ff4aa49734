"""Taking in account balances: lowest accounts become each unit's opening voucher, upper ones are checked against them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.entry_checks import ATTRIBUTES, Line, line_problems, read_line
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.references import split_code
from mingzhang.records.imports.registers import entity_missing
from mingzhang.records.imports.rows import Table, Taken, read_column
from mingzhang.records.imports.sides import read_sides
from mingzhang.records.ledger import check, post
from mingzhang.records.models import Voucher


@dataclass(frozen=True, slots=True)
class _Balance:
    """One row: where it stands, the account's digits in the file, what it is, debit fen."""

    table: Table
    row: int
    digits: str
    line: Line
    fen: int

    def wrong(self, name: str, bad: CellError, value: Any = "") -> RowProblem:
        return self.table.problem(self.row, bad, name, value)


def take_balances(tables: list[Table], context: Context) -> Taken:
    """Check balances; each unit's must balance in both systems."""
    problems: list[RowProblem] = []
    groups: dict[tuple[str, int], list[_Balance]] = defaultdict(list)
    for table in tables:
        _read(table, context, groups, problems)
    drafts, unchanged, rows = [], 0, sum(len(table) for table in tables)
    for (unit, year), balances in groups.items():
        lowest = _lowest(balances, problems)
        day = date(year, 1, 1)
        for balance in lowest:
            if balance.fen:
                _check_line(balance, unit, day, context, problems)
        if any(problem.is_error for problem in problems):
            continue
        draft = _opening(unit, day, [balance for balance in lowest if balance.fen])
        if draft is None:
            continue
        held = Voucher.objects.filter(entity__code=unit, year=year, kind="opening").first()
        if held is None:
            drafts.append(draft)
            problems += _check_voucher(draft, balances[0], context)
        elif _held_entries(held) == _entries(draft):
            unchanged += len(draft.financial) + len(draft.budgetary)
        else:
            what = f"{year}年的年初余额已经入账（凭证{held.number}），与本表不同"
            problems.append(
                balances[0].wrong(
                    "account", CellError("opening_exists", what, "核对余额；确需更正的作调整凭证")
                )
            )

    def write(batch: Any) -> tuple[int, int]:
        return post(drafts, context.books, "导入年初余额").lines, 0

    return Taken(write, problems, rows, unchanged)


def _read(
    table: Table, context: Context, groups: dict[tuple[str, int], list[_Balance]], problems: list[RowProblem]
) -> None:
    bad: dict[int, tuple[str, CellError, Any]] = {}
    debits, amounts = read_sides(table, bad, zero=True)
    problems += [table.problem(row, found, name, value) for row, (name, found, value) in bad.items()]
    units = read_column(table, table.kind.field("entity"), context, problems)
    years = read_column(table, table.kind.field("year"), context, problems)
    columns = {name: column for name in ATTRIBUTES if (column := table.column(name)) is not None}
    for row, (unit, year) in enumerate(zip(units, years, strict=True)):
        only = context.unit()
        unit, year = unit or (only.code if only else ""), year or context.year
        if not unit or not year:
            missing = (
                entity_missing()
                if not unit
                else CellError(
                    "year_missing", "没有写明年度", "填写年度，或在导入时指定年度（命令行用 --year）"
                )
            )
            problems.append(table.problem(row, missing, "year" if unit else "entity"))
            continue
        raw = {name: column[row] for name, column in columns.items()}
        fen = amounts[row] if debits[row] else -amounts[row]
        line = read_line(raw, table, context)
        groups[unit, year].append(
            _Balance(table, row, split_code(raw["account"])[0] or line.entry.account, line, fen)
        )


def _lowest(balances: list[_Balance], problems: list[RowProblem]) -> list[_Balance]:
    """Rows whose accounts are not detailed by other rows; an upper account must be the sum of its details."""
    codes = {balance.digits for balance in balances}
    upper = {code for code in codes if any(other != code and other.startswith(code) for other in codes)}
    lowest = [balance for balance in balances if balance.digits not in upper]
    for balance in balances:
        if balance.digits not in upper:
            continue
        own = sum(each.fen for each in balances if each.digits == balance.digits)
        below = sum(each.fen for each in lowest if each.digits.startswith(balance.digits))
        if own != below:
            what = f"科目{balance.digits}的余额{own / 100:.2f}元不等于明细之和{below / 100:.2f}元"
            problems.append(
                balance.wrong(
                    "account", CellError("details_differ", what, "补上缺少的明细，或改正余额"), balance.digits
                )
            )
    return lowest


def _check_line(
    balance: _Balance, unit: str, day: date, context: Context, problems: list[RowProblem]
) -> None:
    problems += [balance.wrong(name, bad) for name, bad in balance.line.wrong]
    if balance.line.wrong:
        return
    for name, problem in line_problems(balance.line, unit, day, "opening", context):
        bad = CellError(problem.code, problem.what, problem.remedy)
        value = getattr(balance.line.entry, name, "")
        problems.append(balance.table.problem(balance.row, bad, name, value, problem.severity))


def _opening(unit: str, day: date, balances: list[_Balance]) -> VoucherDraft | None:
    if not balances:
        return None
    entries: dict[bool, list[Entry]] = {False: [], True: []}
    for balance in balances:
        side, fen = ("D", balance.fen) if balance.fen > 0 else ("C", -balance.fen)
        entries[balance.line.budgetary].append(replace(balance.line.entry, side=side, fen=fen))
    return VoucherDraft(
        unit, day, "年初余额", tuple(entries[False]), tuple(entries[True]), kind="opening", event_key=f"opening-{day.year}"
    )  # fmt: skip


def _check_voucher(draft: VoucherDraft, first: _Balance, context: Context) -> list[RowProblem]:
    return [
        first.table.problem(
            0, CellError(problem.code, problem.what, problem.remedy), severity=problem.severity
        )
        for problem in check(draft, context.books)
    ]


def _entries(draft: VoucherDraft) -> list[Entry]:
    return sorted((replace(entry, contract="") for entry in (*draft.financial, *draft.budgetary)), key=repr)


def _held_entries(voucher: Voucher) -> list[Entry]:
    names = [name for name in ATTRIBUTES if name != "contract"]
    return sorted(
        (
            Entry("D" if line.debit else "C", fen=line.fen, **{name: getattr(line, name) for name in names})
            for line in voucher.lines.all()
        ),
        key=repr,
    )
