"""The general ledger (总账): an account by month."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, download, yuan
from mingzhang.portal.pages.ledgers.asked import asked, choices
from mingzhang.portal.showing import show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.ledgers.general import GeneralLedger, general_ledger
from mingzhang.records.policy import Action

_HEADER = (
    "科目",
    "月份",
    "借方（元）",
    "贷方（元）",
    "借方累计（元）",
    "贷方累计（元）",
    "余额（元，借方为正）",
)


@page(Action.VIEW_BOOKS)
@of_a_unit
def ledger(here: Here) -> HttpResponse:
    """The months of an account, or the accounts to choose from."""
    ask = asked(here)
    found = general_ledger(here.entity, here.year, ask.selection) if ask.account else None
    if found is not None and (kind := here.request.GET.get("format")) in FORMATS:
        name = f"{here.entity.short_name or here.entity.name}{here.year}年总账{ask['account']}"
        return download(here, name, _HEADER, _rows(ask["account"], found), kind)
    return show(here, "ledgers/general.html", ask=ask, found=found, choices=choices(here, ask))


def _rows(account: str, found: GeneralLedger):
    yield (account, "年初余额", None, None, None, None, yuan(found.opening))
    for month in found.months:
        amounts = (month.debit, month.credit, month.debit_so_far, month.credit_so_far, month.balance)
        yield (account, f"{month.month}月", *map(yuan, amounts))
