"""The plan of figures (`plan/`): what the sample bureau spends on what, and how it is paid, read from CSV and TOML."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.numbers import fen_from_yuan

FOLDER = Path(__file__).parent / "plan"
YEARS = (2020, 2021)
EVERY_MONTH = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Use:
    """One use of money in a year (一项用途): where it is booked, how much it comes to, how and when it is paid.

    `place` is the row's position in the plan, so that the same plan always makes the same vouchers.
    """

    place: int
    unit: str
    function: str
    economic: str
    nature: str
    project: str
    fund: str
    detail: str
    fen: int
    event: str
    contract: str
    spread: str
    count: int
    vary: int
    months: tuple[int, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """One row of a budget document (预算指标)."""

    stage: str
    document: str
    approved_on: str
    unit: str
    function: str
    economic: str
    nature: str
    project: str
    fen: int


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a CSV of the plan; lines that begin with # are comments."""
    lines = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def settings(name: str = "bureau") -> dict[str, Any]:
    """A TOML file of the plan."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def uses(year: int) -> tuple[Use, ...]:
    """Every use of a year, in the order of the file."""
    found = []
    for place, row in enumerate(rows(f"uses_{year}")):
        event, _, contract = row["event"].partition(":")
        found.append(
            Use(
                place=place,
                unit=row["unit"],
                function=row["function"],
                economic=row["economic"],
                nature=row["nature"],
                project=row["project"],
                fund=row["fund"] or "general_public_budget",
                detail=row["detail"],
                fen=fen(row["yuan"]),
                event=event,
                contract=contract,
                spread=row["spread"],
                count=int(row["count"] or 0),
                vary=int(row["vary"]),
                months=_months(row["months"]),
                summary=row["summary"],
            )
        )
    return tuple(found)


@cache
def budget(year: int) -> tuple[BudgetItem, ...]:
    """Every budget row of a year, in the order of the file."""
    return tuple(
        BudgetItem(**{name: value for name, value in row.items() if name != "yuan"}, fen=fen(row["yuan"]))
        for row in rows(f"budgets_{year}")
    )


def fen(yuan: str) -> int:
    """Yuan as written in the plan to fen."""
    return fen_from_yuan(Decimal(yuan))


def department_code() -> str:
    """Code of the department."""
    return str(settings()["department"]["code"])


def _months(text: str) -> tuple[int, ...]:
    if not text:
        return EVERY_MONTH
    first, dash, last = text.partition("-")
    return tuple(range(int(first), int(last) + 1)) if dash else tuple(map(int, text.split(";")))
