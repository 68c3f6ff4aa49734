"""What to look at before closing (结账前检查): each item with what was found and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.records.budget_overlaps import budget_overlaps
from mingzhang.records.closing_checks import Check, checks_after_closing
from mingzhang.records.closing_state import YearState
from mingzhang.records.execution import Light, execution
from mingzhang.records.execution_tree import VIEWS, Names, Node, tree_of
from mingzhang.records.internal import differing_pairs
from mingzhang.records.models import Entity, PeriodLock, Voucher, VoucherKind
from mingzhang.records.organisation import Organisation

BEFORE_CLOSING = ("unreturned_quota", "quota", "money", "results")
"""Checks that must hold before the close as well; the others speak of what the close empties."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One item: `good`, `warning` or `error`; `page` names the page where it is dealt with."""

    name: str
    chinese: str
    level: str
    found: str
    remedy: str = ""
    page: str = ""


def items(organisation: Organisation, state: YearState) -> list[Item]:
    """Everything to look at in a unit's year, the close itself aside."""
    entity, year = state.entity, state.year
    return [
        _opening(entity, year),
        _waiting(state),
        _listed_twice(entity, year),
        *_internal(entity, year),
        _over_budget(organisation, entity, year),
    ]


def checks(entity: Entity, year: int, is_closed: bool) -> list[Check]:
    """The comparisons that must hold now."""
    return [
        check for check in checks_after_closing(entity, year) if is_closed or check.name in BEFORE_CLOSING
    ]


def _opening(entity: Entity, year: int) -> Item:
    earlier = Voucher.objects.filter(entity=entity, year=year - 1).exists()
    closed = PeriodLock.objects.filter(entity=entity, year=year - 1, month=PeriodLock.YEAR).exists()
    if earlier and not closed:
        return Item("opening", "年初余额", "error", f"{year - 1}年度还没有年结", f"先结{year - 1}年度的账。")
    if Voucher.objects.filter(entity=entity, year=year, kind=VoucherKind.OPENING).exists():
        return Item("opening", "年初余额", "good", "已结转入账")
    return Item(
        "opening", "年初余额", "warning", "没有年初余额", "新建的账可以没有；接续旧账的，导入科目余额表。", "imports"
    )  # fmt: skip


def _waiting(state: YearState) -> Item:
    if not state.waiting:
        return Item("waiting", "未记账凭证", "good", "没有未记账的凭证")
    months = "、".join(f"{each.month}月{each.waiting}张" for each in state.months if each.waiting)
    return Item(
        "waiting", "未记账凭证", "error", f"还有{state.waiting}张：{months}", "审批、退回或撤回后再结账。", "proposals"
    )  # fmt: skip


def _listed_twice(entity: Entity, year: int) -> Item:
    found = budget_overlaps([entity], year)
    if not found:
        return Item("budgets", "预算列示", "good", "没有重复列示的预算")
    return Item("budgets", "预算列示", "warning", found[0].what, found[0].remedy, "budgets")


def _internal(entity: Entity, year: int) -> Iterator[Item]:
    department = entity.department()
    if department.pk == entity.pk:
        return
    found = [
        pair for pair in differing_pairs(department.code, year) if entity.pk in (pair.payer.pk, pair.payee.pk)
    ]
    if not found:
        yield Item("internal", "部门内部往来", "good", "与本部门其他单位的收付一致")
    for pair in found[:_SHOWN]:
        problem = pair.as_problem(department.name)
        yield Item("internal", "部门内部往来", "warning", problem.what, problem.remedy, "vouchers")


def _over_budget(organisation: Organisation, entity: Entity, year: int) -> Item:
    levels = VIEWS["function"][1]
    tree = tree_of(execution([entity], year), levels, Names(organisation, year), Fraction(1))
    over = [node for node in tree.rows(len(levels)) if node.light is Light.OVER and not _deeper(node)]
    if not over:
        return Item("over_budget", "预算执行", "good", "没有超过预算的支出")
    names = "、".join(f"{node.name}超{-node.amounts.balance / 100:,.2f}元" for node in over[:_SHOWN])
    rest = f"等{len(over)}处" if len(over) > _SHOWN else ""
    remedy = "核对科目和项目；确需追加的，录入调整文件。"
    return Item("over_budget", "预算执行", "warning", f"{names}{rest}", remedy, "budgets")


def _deeper(node: Node) -> bool:
    """Whether a row under it says the same more exactly."""
    return any(child.light is Light.OVER for child in node.children.values())
