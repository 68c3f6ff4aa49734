"""The list of vouchers (凭证查询) and its downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import get_template
from markupsafe import Markup

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download, yuan
from mingzhang.portal.environment import quoted, url
from mingzhang.portal.pages.vouchers.filters import Filters
from mingzhang.portal.showing import show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.code_search import all_account_names
from mingzhang.records.drafts import FUNDS
from mingzhang.records.models import VoucherKind
from mingzhang.records.policy import Action
from mingzhang.records.projects import projects_of
from mingzhang.records.voucher_glances import glances, lines_of
from mingzhang.records.voucher_list import Listed, Wanted, all_vouchers, voucher_page
from mingzhang.remembering import Remembered

_HEADER = (
    "凭证号", "日期", "类型", "摘要", "体系", "科目", "科目名称", "借方（元）", "贷方（元）", "功能科目", "经济科目", "性质", "资金来源",
    "项目", "结转资金", "费用明细", "往来单位", "合同编号", "调整原因", "经办", "复核", "审批",
)  # fmt: skip


NATURES = {"basic": "基本支出", "project": "项目支出"}


@page(Action.VIEW_BOOKS)
@of_a_unit
def listing(here: Here) -> HttpResponse:
    """A page of vouchers under the conditions of the address, or the lines of them all as a file."""
    filters = Filters.of(here.request.GET)
    wanted = filters.wanted(here.entity, here.year)
    if filters.number:
        return redirect("voucher", entity=here.entity.code, year=here.year, number=filters.number)
    kind = here.request.GET.get("format")
    if kind in FORMATS and wanted is not None:
        name = f"{here.entity.short_name or here.entity.name}{here.year}年凭证"
        return download(here, name, _HEADER, _rows(wanted), kind)
    found = voucher_page(wanted, here.request.GET.get("after", "")) if wanted is not None else None
    return show(
        here,
        "vouchers/listing.html",
        status=200 if wanted is not None else 422,
        filters=filters,
        found=found,
        rows=_listed(here, found.vouchers) if found else "",
        numbers="&".join(f"number={quoted(voucher.number)}" for voucher in found.vouchers) if found else "",
        kinds=VoucherKind.choices,
        months=[(str(month), f"{month}月") for month in range(1, 13)],
        natures=NATURES.items(),
        funds=FUNDS,
        projects=partial(_projects, here, filters["project"]),
        counterparties=partial(_counterparties, here),
    )


class _Row(NamedTuple):
    """A voucher on the list of its books, whose address it is under."""

    database: str
    books: str
    voucher: Listed


_ROWS: Remembered[_Row, str] = Remembered(8_192)
"""Rows as they are printed: a voucher that is booked never changes, and what it says of itself is part of the key."""


def _listed(here: Here, vouchers: Sequence[Listed]) -> Markup:
    """The rows of a table."""
    books = url("vouchers", entity=here.entity.code, year=here.year)
    database = str(connection.settings_dict["NAME"])
    return Markup("".join(_ROWS.all([_Row(database, books, voucher) for voucher in vouchers], _printed)))


def _printed(rows: list[_Row]) -> Iterator[str]:
    template = get_template("vouchers/row.html")
    found = glances(row.voucher.pk for row in rows)
    for row in rows:
        glance = found[row.voucher.pk]
        stated = row.voucher._asdict() | {
            "address": f"{row.books}{quoted(row.voucher.number)}/",
            "debit": _labels(glance.debit),
            "credit": _labels(glance.credit),
            "fen": glance.fen,
            "kind_name": ""
            if row.voucher.kind == VoucherKind.ORDINARY
            else VoucherKind(row.voucher.kind).label,
        }
        yield template.render(stated)


_SHOWN = 2
"""So many accounts of a side are named."""


@lru_cache(maxsize=8_192)
def _labels(accounts: tuple[str, ...]) -> Markup:
    """The accounts of a side: the first two with their names, and how many there are."""
    names = all_account_names()
    shown = (Markup("<span>{} {}</span>").format(each, names.get(each, "")) for each in accounts[:_SHOWN])
    more = Markup('<span class="quiet">等{}个</span>').format(len(accounts)) if len(accounts) > _SHOWN else ""
    return Markup("").join((*shown, more))


def _counterparties(here: Here) -> list[tuple[str, str]]:
    """The other units of the department."""
    units = here.entity.department().units(here.access.organisation.entities)
    return [(unit.code, unit.name) for unit in units if unit.pk != here.entity.pk]


def _projects(here: Here, chosen: str) -> list[tuple[str, str]]:
    """The projects to choose from; the one asked for is among them, whoever's it is."""
    found = {
        project.code: str(project)
        for project in projects_of(here.entity, among=here.access.organisation.projects)
    }
    return list(({chosen: chosen} | found if chosen else found).items())


def _rows(wanted: Wanted) -> Iterator[tuple[Cell, ...]]:
    names = all_account_names()
    for voucher, line in lines_of(all_vouchers(wanted)):
        yield (
            voucher.number,
            voucher.date.isoformat(),
            VoucherKind(voucher.kind).label,
            line.summary or voucher.summary,
            line.classification.get_system_display(),
            line.account,
            names.get(line.account, ""),
            yuan(line.fen) if line.debit else None,
            None if line.debit else yuan(line.fen),
            line.function,
            line.economic,
            NATURES.get(line.nature, line.nature),
            FUNDS.get(line.fund, line.fund),
            line.project,
            "上年结转" if line.source == "prior" else "",
            line.detail,
            line.counterparty,
            line.contract,
            voucher.reason,
            voucher.prepared_by,
            voucher.reviewed_by,
            voucher.approved_by,
        )
