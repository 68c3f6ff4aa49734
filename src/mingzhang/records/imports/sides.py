"""Debit and credit (借贷): in two columns, or one column of amounts beside one of directions."""

from __future__ import annotations

from itertools import compress, repeat
from operator import eq, is_
from typing import Any

import numpy as np

from mingzhang.records.imports.fields import CellError, Field
from mingzhang.records.imports.rows import Table
from mingzhang.records.imports.values import choice, fen_of, money, written

_read = money(negative=True)
_read_side = choice({"借": "D", "贷": "C", "借方": "D", "贷方": "C", "dr": "D", "cr": "C", "平": "D"}, "side")

DEBIT = Field(
    "debit",
    "借方金额（元）",
    _read,
    ("借方金额", "借方发生额", "借方本币", "借方", "本币借方", "借方发生"),
    number=True,
)
CREDIT = Field(
    "credit",
    "贷方金额（元）",
    _read,
    ("贷方金额", "贷方发生额", "贷方本币", "贷方", "本币贷方", "贷方发生"),
    number=True,
)
SIDE = Field(
    "side",
    "方向",
    _read_side,
    ("借贷方向", "借贷", "借/贷", "余额方向"),
    choices=("借", "贷"),
    note="不分借贷两列时用",
    width=6,
)
AMOUNT = Field("amount", "金额", _read, ("发生额", "本币金额", "本币"), number=True, note="不分借贷两列时用")

Amounts = tuple[list[bool], list[int]]
"""Whether each row is a debit, and its fen."""


def read_sides(table: Table, bad: dict[int, tuple[str, CellError, Any]], *, zero: bool = False) -> Amounts:
    """Sides and fen of every row; what is wrong joins `bad` by row. `zero` rows are passed as 0."""
    header = table.header
    if "debit" in header.columns and "credit" in header.columns:
        return _two_columns(table, bad, zero)
    return _one_column(table, bad, zero)


def _scale(table: Table, name: str) -> int:
    return 10_000 if table.header.columns[name] in table.header.in_ten_thousand else 1


def _two_columns(table: Table, bad: dict[int, tuple[str, CellError, Any]], zero: bool) -> Amounts:
    debits, credits = _fen(table, "debit", bad), _fen(table, "credit", bad)
    fen = list(map(int.__add__, debits, credits))
    are_debits, are_credits = list(map(bool, debits)), map(bool, credits)
    for row in [row for row, alike in enumerate(map(eq, are_debits, are_credits)) if alike]:
        if row not in bad:
            if debits[row]:
                bad[row] = (
                    "credit",
                    CellError("both_sides", "同一行既有借方又有贷方金额", "拆成两行，每行只填一方"),
                    "",
                )
            elif not zero:
                bad[row] = (
                    "debit",
                    CellError("wrong_amount", "借方和贷方金额都没有填", "填写借方或贷方金额，或删去这一行"),
                    "",
                )
    return are_debits, fen


def _one_column(table: Table, bad: dict[int, tuple[str, CellError, Any]], zero: bool) -> Amounts:
    fen = _fen(table, "amount", bad)
    sides = table.column("side") or []
    known: dict[Any, bool | CellError] = {}
    debits = []
    for row, value in enumerate(sides):
        if value not in known:
            known[value] = _side(value)
        found = known[value]
        if isinstance(found, CellError):
            if fen[row] or not zero:
                bad.setdefault(row, ("side", found, value))
            found = True
        if not fen[row] and not zero:
            bad.setdefault(
                row,
                ("amount", CellError("wrong_amount", "没有填金额，或金额为零", "填写金额，或删去这一行"), ""),
            )
        debits.append(found)
    return debits, fen


def _side(value: Any) -> bool | CellError:
    try:
        return bool(_read_side(str(value).lower(), None) == "D")
    except CellError as problem:
        return problem


def _fen(table: Table, name: str, bad: dict[int, tuple[str, CellError, Any]]) -> list[int]:
    """Whole fen of a column, 0 where blank: most cells are plain numbers with two decimals."""
    scale = _scale(table, name)
    column = table.column(name) or []
    fen, others = plain_fen(column) if scale == 1 else ([0] * len(column), range(len(column)))
    for row in others:
        value = column[row]
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            fen[row] = fen_of(value, scale)
        except ValueError:
            bad.setdefault(row, (name, _why(value), written(value)))
    return fen


def plain_fen(column: list[Any]) -> tuple[list[int], list[int]]:
    """The fen of every cell that is blank or a number with two decimals, all at once, and the rows of the others."""
    kinds = list(map(type, column))
    are_numbers = np.fromiter(map(is_, kinds, repeat(float)), np.bool_, len(column))
    rows = np.flatnonzero(are_numbers)
    yuan = np.array(list(compress(column, are_numbers.tolist())), np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        nearest = np.rint(yuan * 100)
        simple = (np.abs(yuan) < 1e13) & (nearest / 100 == yuan)
    fen = np.zeros(len(column), np.int64)
    fen[rows[simple]] = nearest[simple].astype(np.int64)
    others = [row for row in np.flatnonzero(~are_numbers).tolist() if column[row] not in ("", None)]
    return fen.tolist(), sorted([*others, *rows[~simple].tolist()])


def _why(value: Any) -> CellError:
    try:
        _read(value, None)
    except CellError as problem:
        return problem
    return CellError("wrong_amount", f"“{written(value)[:30]}”不是金额", "填写以元为单位的数字")
