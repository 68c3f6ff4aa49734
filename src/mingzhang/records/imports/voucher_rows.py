"""Taking in vouchers: entries are grouped, each combination is checked once, every voucher is balanced, then all are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from mingzhang.documents import Problem
from mingzhang.documents.text import holds_controls, printable
from mingzhang.records.checking import check
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.entry_checks import ATTRIBUTES, Line, date_problems, line_problems, read_line
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.rows import CellReader, Table, Taken
from mingzhang.records.imports.sides import read_sides
from mingzhang.records.imports.values import CONTROLS, written
from mingzhang.records.imports.voucher_heads import Head, Key, complete, read_heads
from mingzhang.records.imports.voucher_sums import MIRRORED, to_be_looked_at, weight
from mingzhang.records.imports.voucher_table import Entries, Vouchers
from mingzhang.records.imports.voucher_writing import held_vouchers, write_vouchers

_LONGEST_SUMMARY = 200

_CLOSING_ONLY = frozenset({"810106", "810204", "820104", "820203", "8501", "8701"})
"""Accounts that only the close of a year moves (本年收支结转、结转转入、其他结余、非财政拨款结余分配)."""


def take_vouchers(tables: list[Table], context: Context) -> Taken:
    """Check every voucher of the file; those that the books hold already, line by line, are unchanged."""
    problems: list[RowProblem] = []
    vouchers = Vouchers()
    for table in tables:
        vouchers.parts[id(table)] = _read(table, context, vouchers.heads, problems)
    unread = {(problem.sheet, problem.row) for problem in problems if problem.is_error}
    whole = [head for head in vouchers.heads.values() if not _touches(head, vouchers, unread)]
    _find_closing(whole, vouchers, problems)
    problems += _check_lines(vouchers, context)
    problems += _check_days(vouchers.heads.values(), context)
    problems += _check_sums(whole, vouchers, context)
    fresh = list(vouchers.heads.values())
    if not any(problem.is_error for problem in problems):
        fresh, changed = held_vouchers(vouchers, fresh, context)
        problems += [_changed(head) for head in changed]
    rows = sum(len(part.table) for part in vouchers.parts.values())
    unchanged = len(vouchers.heads) - len(fresh)
    return Taken(
        lambda batch: (write_vouchers(vouchers, fresh, context, batch), 0),
        problems,
        rows,
        unchanged,
        "张凭证",
    )


def _read(table: Table, context: Context, heads: dict[Key, Head], problems: list[RowProblem]) -> Entries:
    bad: dict[int, tuple[str, CellError, Any]] = {}
    debits, fen = read_sides(table, bad)
    problems += [table.problem(row, found, name, value) for row, (name, found, value) in sorted(bad.items())]
    known = set(heads)
    per_row = read_heads(table, context, heads, problems)
    columns = {name: column for name in ("kind", "reason", "prepared_by", "reviewed_by", "approved_by") if (column := table.column(name)) is not None}  # fmt: skip
    summaries = _summaries(table, problems)
    reader = CellReader(table, context)
    new = [head for key, head in heads.items() if key not in known]
    problems += complete(new, columns, reader)
    for head in new:
        head.summary = summaries[head.row]
    lines, distinct = _lines(table, context)
    return Entries(
        table, per_row, [distinct[line] for line in lines], lines, distinct, debits, fen, summaries
    )


def _summaries(table: Table, problems: list[RowProblem]) -> list[str]:
    """The summary of every row; a blank one is the one above it."""
    known: dict[Any, str] = {}
    summaries: list[str] = []
    above = ""
    for row, value in enumerate(table.column("summary") or []):
        text = known.get(value)
        if text is None:
            text = known[value] = written(value)
            if len(text) > _LONGEST_SUMMARY:
                bad = CellError(
                    "text_too_long", f"摘要超过{_LONGEST_SUMMARY}个字", f"缩短到{_LONGEST_SUMMARY}个字以内"
                )
                problems.append(table.problem(row, bad, "summary", text))
            if holds_controls(text):
                problems.append(table.problem(row, CellError(*CONTROLS), "summary", printable(text)))
        above = text or above
        if not above:
            problems.append(
                table.problem(row, CellError("summary_missing", "没有摘要", "写明经济业务内容"), "summary")
            )
        summaries.append(above)
    return summaries


def _lines(table: Table, context: Context) -> tuple[list[int], list[Line]]:
    """What each row is, as a place among the distinct lines; rows that say the same share one line."""
    columns = {name: column for name in ATTRIBUTES if (column := table.column(name)) is not None}
    names = tuple(columns)
    known: dict[tuple[Any, ...], int] = {}
    lines = [known.setdefault(raw, len(known)) for raw in zip(*columns.values(), strict=True)]
    return lines, [read_line(dict(zip(names, raw, strict=True)), table, context) for raw in known]


def _touches(head: Head, vouchers: Vouchers, unread: set[tuple[str, int]]) -> bool:
    """Whether a row of the voucher could not be read: its sums then say nothing."""
    if not unread:
        return False
    table = head.table
    return any((table.grid.name, table.numbers[row]) in unread for row in vouchers.rows(head))


def _find_closing(heads: list[Head], vouchers: Vouchers, problems: list[RowProblem]) -> None:
    """Vouchers that carry the year forward are closing ones (结转), whatever they are called."""
    known: dict[tuple[int, ...], tuple[bool, bool]] = {}
    table = None
    for head in heads:
        if head.kind != "ordinary":
            continue
        if head.table is not table:
            table, known = head.table, {}
            part = vouchers.parts[id(table)]
        lines = part.line_numbers(head)
        found = known.get(lines)
        if found is None:
            found = known[lines] = _closes({part.distinct[line].entry.account for line in lines})
        surely, perhaps = found
        if surely or (perhaps and "结" in head.summary):
            head.kind = "closing"
            bad = CellError(
                "taken_as_closing",
                f"凭证{head.number}按结账凭证导入",
                "不是年末结转的，请在“凭证类型”列写明 日常",
            )
            problems.append(part.problem(head.row, "number", bad, "notice"))


def _closes(accounts: set[str]) -> tuple[bool, bool]:
    """Whether a voucher of these accounts closes the year, and whether it does where its summary says so."""
    if any(account[:4] == "8001" for account in accounts):
        return False, False
    return bool(_CLOSING_ONLY & accounts), _empties(accounts)


def _empties(accounts: Collection[str]) -> bool:
    """Whether revenue and expenditure, or income and expense, stand against balances."""
    budget = {account[:1] for account in accounts} & {"6", "7"} and any(
        account[:1] == "8" for account in accounts
    )
    return bool(budget) or (
        any(account[:1] in ("4", "5") for account in accounts)
        and any(account[:2] == "33" for account in accounts)
    )


def _check_lines(vouchers: Vouchers, context: Context) -> Iterator[RowProblem]:
    """Each distinct entry under each unit, year and kind once; every row that has it is told."""
    told: dict[tuple[Any, ...], dict[int, list[tuple[str, CellError, str]]]] = {}
    for part in vouchers.parts.values():
        before: Head | None = None
        wrongs: dict[int, list[tuple[str, CellError, str]]] = {}
        any_negative = min(part.fen, default=0) < 0
        for row, (head, line) in enumerate(zip(part.heads, part.lines, strict=True)):
            if head is None:
                for name, bad in line.wrong:
                    yield part.problem(row, name, bad)
                continue
            if head is not before:
                before = head
                wrongs = told.setdefault((head.entity, head.day.year, head.kind), {})
            wrong = wrongs.get(id(line))
            if wrong is None:
                wrong = wrongs[id(line)] = list(_wrong(line, head, context))
            for name, bad, severity in wrong:
                yield part.problem(row, name, bad, severity)
            if any_negative and part.fen[row] < 0 and head.kind != "adjusting":
                yield _negative(part, row)


def _negative(part: Entries, row: int) -> RowProblem:
    what = f"金额{part.fen[row] / 100:.2f}元为负数"
    remedy = "改记到相反方向；红字冲销的凭证，“凭证类型”填 调整"
    names = ("amount",) if "amount" in part.table.header.columns else ("credit", "debit")
    return part.problem(row, names[-1 if part.debits[row] else 0], CellError("negative_amount", what, remedy))


def _wrong(line: Line, head: Head, context: Context) -> Iterator[tuple[str, CellError, str]]:
    for name, bad in line.wrong:
        yield name, bad, "error"
    if line.wrong:
        return
    for name, problem in line_problems(line, head.entity, head.day, head.kind, context):
        yield name, CellError(problem.code, problem.what, problem.remedy), problem.severity


def _check_days(heads: Iterable[Head], context: Context) -> Iterator[RowProblem]:
    known: dict[tuple[Any, ...], list[Problem]] = {}
    for head in heads:
        key = (head.entity, head.day, head.kind, head.reason)
        if key not in known:
            known[key] = date_problems(head.entity, head.day, head.kind, head.reason, context)
        for problem in known[key]:
            bad = CellError(problem.code, problem.what, problem.remedy)
            yield head.table.problem(head.row, bad, "date", head.day, problem.severity)


def _check_sums(heads: list[Head], vouchers: Vouchers, context: Context) -> Iterator[RowProblem]:
    """Both systems balance in every voucher, and cash moves in both; found by sums, told in the ledger's words."""
    by_table: dict[int, list[Head]] = defaultdict(list)
    for head in heads:
        by_table[id(head.table)].append(head)
    for table, own in by_table.items():
        part = vouchers.parts[table]
        weights = [weight(line) for line in part.distinct]
        for head in to_be_looked_at(own, part):
            if _is_unsound(head, part, weights):
                yield from _told(head, vouchers, context)
            elif len(head.runs) > 1:
                yield from _used_twice(head, vouchers)


def _is_unsound(head: Head, part: Entries, weights: list[tuple[bool, int, bool]]) -> bool:
    """Whether a system does not balance, or cash moves in one of them only."""
    financial = budgetary = 0
    mirrored = [0] * len(MIRRORED)
    temporary = head.kind in ("opening", "closing")
    for first, last in head.runs:
        run = slice(first, last)
        for line, debit, amount in zip(part.numbers[run], part.debits[run], part.fen[run], strict=True):
            is_budgetary, place, is_temporary = weights[line]
            signed = amount if debit else -amount
            if is_budgetary:
                budgetary += signed
                mirrored[place] -= signed
            else:
                financial += signed
                mirrored[place] += signed
            temporary = temporary or is_temporary
    return bool(financial or budgetary or (not temporary and any(mirrored[:-1])))


def _told(head: Head, vouchers: Vouchers, context: Context) -> Iterator[RowProblem]:
    part = vouchers.parts[id(head.table)]
    for problem in check(vouchers.draft(head), context.books):
        if problem.code in ("unbalanced", "not_mirrored"):
            what = f"凭证{head.number}：{problem.what}"
            yield part.problem(
                head.row, "number", CellError(problem.code, what, problem.remedy), problem.severity
            )


def _used_twice(head: Head, vouchers: Vouchers) -> Iterator[RowProblem]:
    """Rows of one number that stand apart, each part balanced by itself, are two vouchers under one number."""
    sums = []
    for first, last in head.runs:
        found = list(vouchers.entries(head, range(first, last)))
        sums.append(
            (sum(e.debit_fen for b, e, _ in found if b), sum(e.debit_fen for b, e, _ in found if not b))
        )
    if any(any(pair) for pair in sums):
        return
    first, again = head.runs[0][0], head.runs[1][0]
    bad = CellError(
        "duplicate_number",
        f"凭证号{head.number}在第{head.table.numbers[first]}行已经用过",
        "改用未使用的凭证号",
    )
    yield vouchers.parts[id(head.table)].problem(again, "number", bad)


def _changed(head: Head) -> RowProblem:
    bad = CellError(
        "voucher_changed",
        f"凭证{head.number}已经入账，内容与本文件不同",
        "已入账的凭证不能覆盖：另作一张调整凭证（“凭证类型”填 调整），或改用新的凭证号",
    )
    return head.table.problem(head.row, bad, "number", head.number)
