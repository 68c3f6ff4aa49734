"""Leaf figures → books: real vouchers of one administrative unit whose aggregation must give the printed tables.

How the vouchers are made, where the print does not say:

- Money comes as quota (授权额度) by function and is spent by function and economic item, two vouchers a leaf, so that
  revenue and expenditure rest on different leaves.
- Basic expenditure is printed by function (tables 3 and 5) and by economic item (table 6), never by both. The items
  that `department.toml` pairs with a function meet it first; the rest fill up in the order of their codes.
- Project expenditure has no printed economic items: all of it is booked under the item of `department.toml`.
- Revenue is not printed by nature: as much as the function spends on projects is project revenue, the rest is basic.
- A printed figure of 万元 hides up to 50 yuan; `tail_yuan` in leaves.csv is how far the exact leaf lies from the printed one.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingzhang.catalogue.loading import edition
from mingzhang.catalogue.loading.editions import load_edition
from mingzhang.forms import Edition
from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.ledger import Posted, post
from mingzhang.records.models import BudgetLine, Entity, Project

HERE = Path(__file__).parent
YEAR = 2024
NAME = "示例部门"
FISCAL, OTHER = "general_public_budget", "other"
REVENUE_ACCOUNTS = {"basic": "60010102", "project": "600102"}
EXPENDITURE_ACCOUNTS = {"basic": "71010101", "project": "71010102"}


@dataclass(frozen=True)
class Leaf:
    """One leaf figure: what it is, where it belongs, its printed 万元, and the exact amount in fen."""

    kind: str
    function: str
    economic: str
    nature: str
    fund: str
    printed: Decimal
    tail_yuan: int

    @property
    def fen(self) -> int:
        """The exact amount of the books."""
        return int(self.printed * 1_000_000) + self.tail_yuan * 100


def leaves(department: str) -> list[Leaf]:
    """The leaf figures of a department (`leaves.csv`)."""
    with (HERE / department / "leaves.csv").open(encoding="utf-8", newline="") as file:
        return [
            Leaf(
                kind=row["kind"],
                function=row["function"],
                economic=row["economic"],
                nature=row["nature"],
                fund=row["fund"],
                printed=Decimal(row["printed"]),
                tail_yuan=int(row["tail_yuan"]),
            )
            for row in csv.DictReader(file)
        ]


def edition_of(department: str) -> Edition:
    """The edition the department printed: a folder of `editions` here, else one of the catalogue."""
    name = settings_of(department)["edition"]
    own = HERE / "editions" / name
    return load_edition(own) if own.is_dir() else edition(name)


def settings_of(department: str) -> dict[str, Any]:
    """The department's edition, and how its leaves are split (`department.toml`)."""
    return tomllib.loads((HERE / department / "department.toml").read_text(encoding="utf-8"))


def keep_books(department: str) -> Posted:
    """Make the organisation, the project, the budget and the vouchers of a department in the open books."""
    parent = Entity.objects.create(code=department, name=NAME, kind=Entity.Kind.DEPARTMENT)
    unit = Entity.objects.create(
        code=f"{department}-unit", name=f"{NAME}本级", kind=Entity.Kind.ADMINISTRATIVE, parent=parent
    )
    Project.objects.create(code=f"{department}-project", name="示例项目", entity=unit)
    figures = leaves(department)
    for leaf in figures:
        if leaf.kind == "initial_budget":
            BudgetLine.objects.create(
                entity=unit, year=YEAR, stage="initial", concept=leaf.economic, fund=leaf.fund, fen=leaf.fen
            )
    return post(vouchers(department, unit.code, figures))


def vouchers(department: str, unit: str, figures: list[Leaf]) -> Iterator[VoucherDraft]:
    """Every voucher of the year."""
    split = settings_of(department)
    project = f"{department}-project"
    yield from _opening(unit, figures)
    spent = [leaf for leaf in figures if leaf.kind == "expenditure"]
    on_projects = {leaf.function: leaf.fen for leaf in spent if leaf.nature == "project"}
    for leaf in figures:
        if leaf.kind == "revenue" and leaf.fund == FISCAL:
            for nature, fen in _by_nature(leaf.fen, on_projects.get(leaf.function, 0)):
                yield _quota(unit, leaf.function, nature, project if nature == "project" else "", fen)
        elif leaf.kind == "revenue":
            yield _other_revenue(unit, leaf.function, leaf.fen)
    for leaf in spent:
        if leaf.nature == "project":
            yield _payment(unit, leaf.function, split["project_item"], "project", project, leaf.fen)
    basic = {leaf.function: leaf.fen for leaf in spent if leaf.nature == "basic"}
    items = {leaf.economic: leaf.fen for leaf in figures if leaf.kind == "basic_item"}
    for function, item, fen in meet(basic, items, split["pairs"]):
        yield _payment(unit, function, item, "basic", "", fen)


def meet(
    functions: dict[str, int], items: dict[str, int], pairs: dict[str, str]
) -> list[tuple[str, str, int]]:
    """Split amounts by function over economic items so that both sums hold; the paired ones meet first.

    >>> meet({"2010601": 5, "2080505": 3}, {"30101": 4, "30108": 4}, {"2080505": "30108"})
    [('2080505', '30108', 3), ('2010601', '30101', 4), ('2010601', '30108', 1)]
    """
    if sum(functions.values()) != sum(items.values()):
        raise ValueError(f"by function {sum(functions.values())} fen, by item {sum(items.values())} fen")
    left, right = dict(functions), dict(items)
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for function, item in [*pairs.items(), *((function, item) for function in left for item in right)]:
        fen = min(left[function], right[item])
        if fen:
            cells[function, item] += fen
            left[function] -= fen
            right[item] -= fen
    return [(function, item, fen) for (function, item), fen in cells.items()]


def _by_nature(fen: int, on_projects: int) -> Iterator[tuple[str, int]]:
    project = min(fen, on_projects)
    yield from ((nature, part) for nature, part in (("basic", fen - project), ("project", project)) if part)


def _opening(unit: str, figures: list[Leaf]) -> Iterator[VoucherDraft]:
    """Opening balances: the fiscal one is printed in table 4, the other is the rest of table 1."""
    amounts = {leaf.fund: leaf.fen for leaf in figures if leaf.kind == "opening_balance"}
    if not amounts:
        return
    fiscal, other = amounts[FISCAL], amounts["all"] - amounts[FISCAL]
    yield VoucherDraft(
        unit,
        date(YEAR, 1, 1),
        "年初余额",
        (Entry("D", "120102", fiscal), Entry("D", "1002", other), Entry("C", "3001", fiscal + other)),
        (
            Entry("D", "800103", fiscal),
            Entry("D", "800102", other),
            Entry("C", "810107", fiscal, fund=FISCAL),
            Entry("C", "820204", other, fund=OTHER),
        ),
        kind="opening",
    )


def _quota(unit: str, function: str, nature: str, project: str, fen: int) -> VoucherDraft:
    attributes = {"function": function, "nature": nature, "fund": FISCAL, "project": project}
    return VoucherDraft(
        unit,
        date(YEAR, 3, 1),
        "财政授权支付额度到账",
        (Entry("D", "1011", fen), Entry("C", "4001", fen)),
        (Entry("D", "800101", fen), Entry("C", REVENUE_ACCOUNTS[nature], fen, **attributes)),
        template="V01",
    )


def _payment(unit: str, function: str, item: str, nature: str, project: str, fen: int) -> VoucherDraft:
    attributes = {
        "function": function,
        "economic": item,
        "nature": nature,
        "fund": FISCAL,
        "project": project,
    }
    return VoucherDraft(
        unit,
        date(YEAR, 6, 1),
        "财政授权支付",
        (Entry("D", "5001", fen), Entry("C", "1011", fen)),
        (Entry("D", EXPENDITURE_ACCOUNTS[nature], fen, **attributes), Entry("C", "800101", fen)),
        template="V02",
    )


def _other_revenue(unit: str, function: str, fen: int) -> VoucherDraft:
    return VoucherDraft(
        unit,
        date(YEAR, 6, 1),
        "其他收入",
        (Entry("D", "1002", fen), Entry("C", "4609", fen)),
        (Entry("D", "800102", fen), Entry("C", "6609", fen, function=function, nature="basic", fund=OTHER)),
        template="V26",
    )
