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

from mingzhang.records.ledger import Entry, VoucherDraft, post
from mingzhang.records.models import BudgetLine, Entity, Project

HERE = Path(__file__).parent
YEAR = 2024
FISCAL, OTHER = "general_public_budget", "other"
MONEY, SPECIAL = "800102", "800101"


@dataclass(frozen=True)
class Leaf:
    """One leaf figure: what it is, where it belongs, its printed 万元 and the exact amount in fen."""

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
    """The leaf figures of a department."""
    with (HERE / department / "leaves.csv").open(encoding="utf-8", newline="") as file:
        return [
            Leaf(
                row["kind"],
                row["function"],
                row["economic"],
                row["nature"],
                row["fund"],
                Decimal(row["printed"]),
                int(row["tail_yuan"]),
            )
            for row in csv.DictReader(file)
        ]


def facts_of_print(department: str) -> dict[str, object]:
    """The department's edition, and how its leaves are split (`department.toml`)."""
    return tomllib.loads((HERE / department / "department.toml").read_text(encoding="utf-8"))
