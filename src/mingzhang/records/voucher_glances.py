"""Vouchers with their lines, read for many at once (凭证概览): amount and main accounts, or every line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mingzhang.records.models import BUDGETARY, FINANCIAL, Classification, VoucherLine
from mingzhang.records.statements import among, rows
from mingzhang.records.voucher_list import Listed

_AT_ONCE = 500
_LINES = (
    "SELECT line.voucher_id, stated.system, stated.account, line.debit, line.fen "
    f"FROM {VoucherLine._meta.db_table} AS line JOIN {Classification._meta.db_table} AS stated ON stated.id = line.classification_id"
)
_Line = Sequence[Any]
"""System, account, whether it is a debit, and fen of a line."""


class Glance(NamedTuple):
    """What a list says of a voucher: the larger system's debits in fen, and the accounts on both sides of one system."""

    fen: int
    debit: tuple[str, ...]
    credit: tuple[str, ...]


def glances(vouchers: Iterable[int]) -> dict[int, Glance]:
    """Glances by the vouchers' keys; the accounts are the financial ones, where there are any."""
    lines: dict[int, list[_Line]] = {key: [] for key in vouchers}
    if not lines:
        return {}
    where, parameters = among("line.voucher_id", lines)
    statement = f"{_LINES} WHERE {where} ORDER BY line.voucher_id, line.sequence"
    for key, *line in rows(statement, parameters):
        lines[key].append(line)
    return {key: _glance(of) for key, of in lines.items()}


def _glance(lines: Iterable[_Line]) -> Glance:
    fen = {FINANCIAL: 0, BUDGETARY: 0}
    sides: dict[str, tuple[list[str], list[str]]] = {FINANCIAL: ([], []), BUDGETARY: ([], [])}
    for system, account, debit, amount in lines:
        if debit:
            fen[system] += amount
        side = sides[system][0 if debit else 1]
        if account not in side:
            side.append(account)
    shown = sides[FINANCIAL] if any(sides[FINANCIAL]) else sides[BUDGETARY]
    return Glance(max(fen.values(), key=abs), *map(tuple, shown))


def lines_of(vouchers: Iterable[Listed]) -> Iterator[tuple[Listed, VoucherLine]]:
    """Every line of the vouchers, each with its voucher, in their order, however many there are."""
    waiting: dict[int, Listed] = {}
    for voucher in vouchers:
        waiting[voucher.pk] = voucher
        if len(waiting) == _AT_ONCE:
            yield from _lines(waiting)
            waiting = {}
    yield from _lines(waiting)


def _lines(vouchers: dict[int, Listed]) -> Iterator[tuple[Listed, VoucherLine]]:
    found: dict[int, list[VoucherLine]] = {}
    for line in VoucherLine.objects.filter(voucher__in=list(vouchers)).order_by("voucher", "sequence"):
        found.setdefault(line.voucher_id, []).append(line)
    for key, voucher in vouchers.items():
        for line in found.get(key, ()):
            yield voucher, line
