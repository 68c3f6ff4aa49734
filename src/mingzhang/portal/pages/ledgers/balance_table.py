"""The table of balances (科目余额表) with the trial balance of both systems."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download, yuan
from mingzhang.portal.pages.ledgers.asked import months
from mingzhang.portal.showing import show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.ledgers.balances import System, balances
from mingzhang.records.policy import Action

_HEADER = (
    "体系", "科目编码", "科目名称", "级次", "期初借方（元）", "期初贷方（元）", "本期借方（元）", "本期贷方（元）", "期末借方（元）",
    "期末贷方（元）",
)  # fmt: skip


@page(Action.VIEW_BOOKS)
@of_a_unit
def table(here: Here) -> HttpResponse:
    """Balances over a span of months, before or after the closing vouchers."""
    given = here.request.GET
    first, last = months(given)
    before_closing = given.get("closing") == "without"
    level = given.get("level", "")
    depth = int(level) if level in ("1", "2", "3") else 9
    systems = balances(here.entity, here.year, first, last, closing=not before_closing)
    if (kind := given.get("format")) in FORMATS:
        name = f"{here.entity.short_name or here.entity.name}{here.year}年{first}-{last}月余额表"
        return download(here, name, _HEADER, _rows(systems, depth), kind)
    return show(
        here,
        "ledgers/balances.html",
        systems=systems,
        first=first,
        last=last,
        depth=depth,
        level=level,
        before_closing=before_closing,
        months=[(month, f"{month}月") for month in range(1, 13)],
    )


def _rows(systems: list[System], depth: int) -> Iterator[tuple[Cell, ...]]:
    for system in systems:
        for row in system.rows:
            if row.level <= depth:
                amounts = row.amounts
                yield (
                    system.total.name, row.account.code, row.account.name, row.level,
                    *_sides(amounts.opening), yuan(amounts.debit), yuan(amounts.credit), *_sides(amounts.closing),
                )  # fmt: skip
        total = system.total
        pairs = (total.opening, total.turnover, total.closing)
        yield (system.total.name, "", "合计", None, *(yuan(fen) for pair in pairs for fen in pair))


def _sides(fen: int) -> tuple[Cell, Cell]:
    return (yuan(fen), None) if fen > 0 else (None, yuan(-fen)) if fen < 0 else (None, None)
