"""The detailed ledger (明细账): the lines of an account with the balance after each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download, yuan
from mingzhang.portal.environment import money, quoted
from mingzhang.portal.pages.ledgers.asked import Asked, asked, choices
from mingzhang.portal.pages.proposals.content import attributes_of
from mingzhang.portal.showing import show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.ledgers.balances import one_account
from mingzhang.records.ledgers.detail import Key, LedgerRow, all_rows, detail_page
from mingzhang.records.policy import Action

_HEADER = (
    "日期", "凭证号", "摘要", "科目", "功能科目", "经济科目", "项目", "借方（元）", "贷方（元）", "余额（元，借方为正）",
)  # fmt: skip


@page(Action.VIEW_BOOKS)
@of_a_unit
def ledger(here: Here) -> HttpResponse:
    """A page of lines, by month; the accounts to choose from where none is asked for."""
    ask = asked(here)
    if ask.account is None:
        return show(here, "ledgers/detail.html", ask=ask, found=None, choices=choices(here, ask))
    if (kind := here.request.GET.get("format")) in FORMATS:
        name = f"{here.entity.short_name or here.entity.name}{here.year}年明细账{ask['account']}"
        return download(here, name, _HEADER, _rows(here, ask), kind)
    after = Key.parse(here.request.GET.get("after", ""))
    if after is not None and not (after.date.year == here.year and ask.first <= after.date.month <= ask.last):
        after = None
    found = detail_page(here.entity, here.year, ask.selection, ask.first, ask.last, after)
    return show(
        here,
        "ledgers/detail.html",
        ask=ask,
        found=found,
        continued=after is not None,
        groups=[
            (month, [_shown(row, ask, here.year) for row in rows], _is_last(month, found.after))
            for month, rows in groupby(found.rows, key=lambda row: row.key.date.month)
        ],
        choices=choices(here, ask),
    )


def _is_last(month: int, after: Key | None) -> bool:
    """Whether the month ends on this page."""
    return after is None or after.date.month != month


def _rows(here: Here, ask: Asked) -> Iterator[tuple[Cell, ...]]:
    standing = one_account(here.entity, here.year, ask.selection, ask.first, ask.last).opening
    yield ("", "", "期初余额", ask["account"], "", "", "", None, None, yuan(standing))
    for row in all_rows(here.entity, here.year, ask.selection, ask.first, ask.last):
        yield _row(row)


def _row(row: LedgerRow) -> tuple[Cell, ...]:
    sides = (yuan(row.fen), None) if row.debit else (None, yuan(row.fen))
    stated = (row.stated.account, row.stated.function, row.stated.economic, row.stated.project)
    return (row.key.date.isoformat(), row.key.number, row.summary, *stated, *sides, yuan(row.balance))


class _Shown(NamedTuple):
    """A line as the page prints it."""

    date: str
    address: str
    number: str
    summary: str
    attributes: str
    debit: str
    credit: str
    direction: str
    balance: str


def _shown(row: LedgerRow, ask: Asked, year: int) -> _Shown:
    account, amount = row.stated.account, money(row.fen)
    attributes = attributes_of(row.stated, year)
    return _Shown(
        row.key.date.isoformat(),
        quoted(row.key.number),
        row.key.number,
        row.summary,
        attributes if account == ask.account.code else f"{account}；{attributes}",
        amount if row.debit else "",
        "" if row.debit else amount,
        "借" if row.balance > 0 else "贷" if row.balance < 0 else "平",
        money(abs(row.balance)),
    )
