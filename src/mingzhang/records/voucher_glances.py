"""Vouchers with their lines, read for many at once (凭证概览): amount and main accounts, or every line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mingzhang.records.models import FINANCIAL, Voucher, VoucherLine

_AT_ONCE = 500


@dataclass(slots=True)
class Glance:
    """What a list says of a voucher: the larger system's debits in fen, and the accounts on both sides of one system."""

    fen: int = 0
    debit: list[str] = field(default_factory=list)
    credit: list[str] = field(default_factory=list)


class _Line(NamedTuple):
    """What of a line a glance needs."""

    voucher: int
    system: str
    account: str
    debit: bool
    fen: int


def glances(vouchers: Sequence[Voucher]) -> dict[int, Glance]:
    """Glances by the voucher's key; the accounts are the financial ones, where there are any."""
    lines: dict[int, list[_Line]] = {voucher.pk: [] for voucher in vouchers}
    found = VoucherLine.plain.filter(voucher__in=list(lines)).order_by("voucher", "sequence")
    columns = ("voucher_id", "classification__system", "classification__account", "debit", "fen")
    for line in map(_Line._make, found.values_list(*columns)):
        lines[line.voucher].append(line)
    return {key: _glance(of) for key, of in lines.items()}


def _glance(lines: Sequence[_Line]) -> Glance:
    found = Glance()
    debits: dict[str, int] = {}
    shown = [line for line in lines if line.system == FINANCIAL] or lines
    for line in lines:
        debits[line.system] = debits.get(line.system, 0) + (line.fen if line.debit else 0)
    for line in shown:
        side = found.debit if line.debit else found.credit
        if line.account not in side:
            side.append(line.account)
    found.fen = max(debits.values(), key=abs, default=0)
    return found


def lines_of(vouchers: Iterable[Voucher]) -> Iterator[tuple[Voucher, VoucherLine]]:
    """Every line of the vouchers, each with its voucher, in their order, however many there are."""
    waiting: dict[int, Voucher] = {}
    for voucher in vouchers:
        waiting[voucher.pk] = voucher
        if len(waiting) == _AT_ONCE:
            yield from _lines(waiting)
            waiting = {}
    yield from _lines(waiting)


def _lines(vouchers: dict[int, Voucher]) -> Iterator[tuple[Voucher, VoucherLine]]:
    found: dict[int, list[VoucherLine]] = {}
    for line in VoucherLine.objects.filter(voucher__in=list(vouchers)).order_by("voucher", "sequence"):
        found.setdefault(line.voucher_id, []).append(line)
    for key, voucher in vouchers.items():
        for line in found.get(key, ()):
            yield voucher, line
