"""From a posted voucher to a new draft: copied (复制), taken back in red (红字冲销), or corrected (更正)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.models import FINANCIAL, Voucher, VoucherKind, VoucherLine

WAYS = {"reverse": "冲销", "correct": "更正"}
"""How a posted voucher may be adjusted: taken back whole, or taken back and booked anew."""


def copied(voucher: Voucher) -> VoucherDraft:
    """An ordinary draft with the voucher's lines and summary."""
    financial, budgetary = _entries(voucher)
    return VoucherDraft(
        voucher.entity.code,
        voucher.date,
        voucher.summary,
        financial,
        budgetary,
        year=voucher.year,
    )


def adjusting(voucher: Voucher, way: str) -> VoucherDraft:
    """An adjusting draft that takes the voucher back in red; to correct it, its lines follow once more to be changed.

    It stands on the day of the voucher, so that its period becomes right; the reason is left to be written.
    """
    financial, budgetary = _entries(voucher)
    anew: tuple[tuple[Entry, ...], tuple[Entry, ...]] = (
        (financial, budgetary) if way == "correct" else ((), ())
    )
    return VoucherDraft(
        voucher.entity.code,
        voucher.date,
        f"{WAYS[way]}{voucher.number}：{voucher.summary}"[:200],
        (*_in_red(financial), *anew[0]),
        (*_in_red(budgetary), *anew[1]),
        kind=VoucherKind.ADJUSTING,
        year=voucher.year,
    )


def _in_red(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(replace(entry, fen=-entry.fen) for entry in entries)


def _entries(voucher: Voucher) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The lines of both systems as they were drafted."""
    sides: tuple[list[Entry], list[Entry]] = ([], [])
    for line in voucher.lines.order_by("sequence"):
        sides[line.system != FINANCIAL].append(entry_of(line))
    return tuple(sides[0]), tuple(sides[1])


def entry_of(line: VoucherLine) -> Entry:
    """A posted line as an entry."""
    return Entry(
        "D" if line.debit else "C",
        line.account,
        line.fen,
        line.function,
        line.economic,
        line.nature,
        line.fund,
        line.project,
        line.source,
        line.detail,
        line.counterparty,
        line.contract,
    )
