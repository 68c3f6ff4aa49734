"""The books: vouchers, one voucher with its lines, balances."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import Http404
from ninja import Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.paging import Limit
from mingzhang.portal.api.problems import ERRORS
from mingzhang.records.looking.ledger import account_balances, voucher_numbered
from mingzhang.records.policy import Action
from mingzhang.records.voucher_list import Wanted, voucher_page

router = Router(tags=["账簿 ledger"])
Month = Annotated[int | None, Field(ge=1, le=12, description="月份 / month")]


class VoucherOut(Schema):
    """A voucher (记账凭证)."""

    number: str
    date: date
    month: int
    kind: str
    summary: str
    reason: str
    prepared_by: str
    reviewed_by: str
    approved_by: str
    digest: str = Field(description="内容的 SM3 / SM3 of the content")


class LineOut(Schema):
    """A line of a voucher (分录)."""

    sequence: int
    system: str = Field(description="F 财务会计、B 预算会计 / financial or budgetary")
    side: str = Field(description="D 借、C 贷 / debit or credit")
    account: str
    fen: int
    function: str
    economic: str
    nature: str
    fund: str
    project: str
    source: str
    detail: str
    counterparty: str
    contract: str


class VoucherWithLines(VoucherOut):
    """A voucher with its lines."""

    lines: list[LineOut]


class VoucherPage(Schema):
    """A page of vouchers."""

    items: list[VoucherOut]
    next: str | None


class BalanceOut(Schema):
    """An account's movement and balance in fen (科目余额)."""

    system: str
    account: str
    name: str
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_fen: int = Field(description="借方为正 / debits positive")


@router.get(
    "/entities/{entity}/{year}/vouchers", response={200: VoucherPage, **ERRORS}, summary="凭证列表 / vouchers"
)
@endpoint(Action.VIEW_BOOKS, entity=True, year=True)
def vouchers(
    here: Here,
    month: Month = None,
    text: Annotated[str, Field(max_length=100, description="摘要中的词 / words of the summary")] = "",
    after: Annotated[str, Field(max_length=40, description="上一页的 next / `next` of the page before")] = "",
    limit: Limit = 50,
):
    """Vouchers of a unit and year, the newest number first."""
    found = voucher_page(Wanted(here.entity, here.year, month or 0, text=text), after, limit)
    return VoucherPage(items=found.vouchers, next=found.after or None)


@router.get(
    "/entities/{entity}/{year}/vouchers/{number}",
    response={200: VoucherWithLines, **ERRORS},
    summary="一张凭证 / one voucher",
)
@endpoint(Action.VIEW_BOOKS, entity=True, year=True)
def voucher(here: Here, number: Annotated[str, Field(max_length=40, description="凭证号 / number")]):
    """A voucher with its lines."""
    found = voucher_numbered(here.entity, here.year, number)
    if found is None:
        raise Http404
    lines = [
        LineOut(
            side="D" if line.debit else "C",
            **{name: getattr(line, name) for name in LineOut.model_fields if name != "side"},
        )
        for line in found.lines.order_by("sequence")
    ]
    told = VoucherOut.from_orm(found).dict()
    return VoucherWithLines(**told, lines=lines)


@router.get(
    "/entities/{entity}/{year}/balances",
    response={200: list[BalanceOut], **ERRORS},
    summary="科目余额 / balances",
)
@endpoint(Action.VIEW_BOOKS, entity=True, year=True)
def balances(here: Here, month: Month = None):
    """Every account that has moved, up to the month (the whole year where none is given); units of a department together."""
    return account_balances(here.entity.units(here.access.organisation.entities), here.year, month or 12)
