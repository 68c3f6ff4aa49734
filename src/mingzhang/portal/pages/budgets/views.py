"""Execution as a tree, and the documents behind it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.http import HttpResponse
from django.utils import timezone

from mingzhang.catalogue.dimensions.small import fund as fund_names
from mingzhang.catalogue.dimensions.small import nature as nature_names
from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download, yuan
from mingzhang.portal.environment import percent
from mingzhang.portal.pages.budgets.links import voucher_link
from mingzhang.portal.showing import show
from mingzhang.records.budget_documents import budget_documents
from mingzhang.records.budget_overlaps import budget_overlaps
from mingzhang.records.drafts import FUNDS
from mingzhang.records.execution import LIGHTS, Light, execution
from mingzhang.records.execution_tree import VIEWS, Names, Node, tree_of
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.models import Entity, Proposal
from mingzhang.records.policy import Action

_HEADER = (
    "编码", "名称", "年初预算（元）", "预算调整（元）", "全年预算（元）", "支出数（元）", "其中上年结转（元）", "余额（元）", "执行进度", "提示",
)  # fmt: skip


@page(Action.VIEW_BOOKS, Action.PREPARE_BUDGET)
def execution_page(here: Here) -> HttpResponse:
    """Budgets, spending and progress, along the levels that were chosen."""
    asked, units = here.request.GET, _units(here)
    by = asked.get("by", "function")
    by = by if by in VIEWS and (by != "unit" or len(units) > 1) else "function"
    month = _month(here, asked.get("month", ""))
    levels = VIEWS[by][1]
    deepest = _whole(asked.get("depth", ""), 1, len(levels)) or len(levels)
    found = execution(units, here.year, month)
    names = Names(here.access.organisation, here.year)
    tree = tree_of(found, levels, names, Fraction(month, 12))
    kind = asked.get("format")
    if kind in FORMATS:
        name = f"{here.entity.short_name or here.entity.name}{here.year}年预算执行截至{month}月"
        return download(here, name, _HEADER, _lines(tree.rows(deepest)), kind)
    return show(
        here,
        "budgets/execution.html",
        by=by,
        views={name: words for name, (words, _) in VIEWS.items() if name != "unit" or len(units) > 1},
        levels=[(depth, level.chinese) for depth, level in enumerate(levels, 1)],
        deepest=deepest,
        month=month,
        months=[(number, f"{number}月") for number in range(1, 13)],
        rows=[(node, voucher_link(here, node, month)) for node in tree.rows(deepest)],
        lights=LIGHTS,
        problems=budget_overlaps(units, here.year),
        waiting=_waiting(units, here.year),
        may_prepare=_may_prepare(here),
    )


@page(Action.VIEW_BOOKS, Action.PREPARE_BUDGET)
def documents(here: Here) -> HttpResponse:
    """The documents of the year with their lines, and those on their way."""
    units, concept = _units(here), KINDS["budgets"].field("concept")
    return show(
        here,
        "budgets/documents.html",
        documents=budget_documents(units, here.year),
        names=Names(here.access.organisation, here.year),
        concepts={"": "支出预算"} | {concept.read(word, None): word for word in concept.choices},
        natures=nature_names.names,
        funds={**fund_names.names, **FUNDS},
        waiting=_waiting(units, here.year),
        by_unit=len(units) > 1,
        may_prepare=_may_prepare(here),
    )


def _lines(rows: Iterator[Node]) -> Iterator[tuple[Cell, ...]]:
    """The execution as rows of a file; names are set in as deep as they stand."""
    for node in rows:
        it = node.amounts
        fen = (it.initial, it.adjustment, it.adjusted, it.spent, it.carried, it.balance)
        words = "" if node.light is Light.NONE else LIGHTS[node.light]
        yield (
            node.code,
            "　" * node.depth + node.name,
            *map(yuan, fen),
            percent(it.spent, it.adjusted),
            words,
        )


def _units(here: Here) -> list[Entity]:
    assert here.entity is not None
    return here.entity.units(here.access.organisation.entities)


def _waiting(units: list[Entity], year: int) -> list[Proposal]:
    found = Proposal.objects.filter(kind="budget", entity__in=units, year=year, state__in=Proposal.OPEN)
    return list(found.select_related("entity", "prepared_by"))


def _may_prepare(here: Here) -> bool:
    return bool(here.entity and here.entity.keeps_books and here.may(Action.PREPARE_BUDGET))


def _month(here: Here, asked: str) -> int:
    """The month up to which spending counts: the one asked for, else today's in this year and December in past ones."""
    today = timezone.localdate()
    usual = (
        12 if here.year is None or here.year < today.year else today.month if here.year == today.year else 1
    )
    return _whole(asked, 1, 12) or usual


def _whole(text: str, smallest: int, largest: int) -> int:
    """A whole number within bounds, 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 4 and smallest <= int(text) <= largest else 0
