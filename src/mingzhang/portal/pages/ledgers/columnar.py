"""The columnar ledger (多栏账): an account by one of its codes and by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download, yuan
from mingzhang.portal.pages.ledgers.asked import NATURES, asked, choices
from mingzhang.portal.showing import show
from mingzhang.portal.units import of_a_unit
from mingzhang.records import code_search
from mingzhang.records.drafts import FUNDS
from mingzhang.records.ledgers.columns import DIMENSIONS, Columns, columns
from mingzhang.records.policy import Action
from mingzhang.records.projects import projects_of


@page(Action.VIEW_BOOKS)
@of_a_unit
def ledger(here: Here) -> HttpResponse:
    """The months of every code under an account, in the account's own direction."""
    ask = asked(here)
    by = here.request.GET.get("by", "")
    by = by if by in DIMENSIONS else "economic" if ask["account"][:1] == "7" else "function"
    found = columns(here.entity, here.year, ask.selection, by) if ask.account else None
    sign = -1 if ask.account is not None and ask.account.normal == "C" else 1
    names = _names(here, by)
    if found is not None and (kind := here.request.GET.get("format")) in FORMATS:
        header = (DIMENSIONS[by], "名称", *(f"{month}月（元）" for month in range(1, 13)), "合计（元）")
        name = f"{here.entity.short_name or here.entity.name}{here.year}年多栏账{ask['account']}"
        return download(here, name, header, _rows(found, names, sign), kind)
    return show(
        here,
        "ledgers/columns.html",
        ask=ask,
        found=found,
        by=by,
        dimensions=list(DIMENSIONS.items()),
        names=names,
        sign=sign,
        choices=choices(here, ask),
    )


def _rows(found: Columns, names: Mapping[str, str], sign: int) -> Iterator[tuple[Cell, ...]]:
    for code, months in found.rows.items():
        yield (code, names.get(code, ""), *(yuan(sign * fen) for fen in months), yuan(sign * sum(months)))
    totals = found.totals
    yield ("合计", "", *(yuan(sign * fen) for fen in totals), yuan(sign * sum(totals)))


def _names(here: Here, by: str) -> Mapping[str, str]:
    if by == "function":
        return code_search.function_names(here.year)
    if by == "economic":
        return code_search.economic_names(here.year)
    if by == "project":
        return {
            project.code: project.name
            for project in projects_of(here.entity, among=here.access.organisation.projects)
        }
    return {"nature": dict(NATURES), "fund": FUNDS, "account": code_search.all_account_names()}.get(by, {})
