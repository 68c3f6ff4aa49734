"""Code lists (政府收支分类科目): functional (支出功能分类) and economic (支出经济分类), from the dated CSV files."""

from __future__ import annotations

from functools import cache

from mingzhang.catalogue.loading.files import CODES, read_rows, split
from mingzhang.forms import Classification, Code


@cache
def functional_classification() -> Classification:
    """类 → 款 → 项. `group` of a code is the budget it belongs to (general_public_budget, …)."""
    return _classification("functional", "支出功能分类", "functional.csv")


@cache
def economic_classification() -> Classification:
    """类 → 款 of the departmental budget (部门预算支出经济分类).

    `group` of a code is `personnel`, `public` or `capital_construction`, where the third is never basic expenditure.
    """
    return _classification("economic", "部门预算支出经济分类", "economic.csv")


@cache
def government_economic_classification() -> Classification:
    """类 → 款 of the government budget (政府预算支出经济分类)."""
    return _classification("economic_government", "政府预算支出经济分类", "economic_government.csv")


def _classification(name: str, chinese: str, file: str) -> Classification:
    codes = [_code(row) for row in read_rows(CODES / file)]
    return Classification(name, chinese, {code.code: code for code in codes})


def _code(row: dict[str, str]) -> Code:
    dated = tuple(
        (int(year), name) for year, _, name in (part.partition(":") for part in split(row.get("names", "")))
    )
    return Code(
        code=row["code"],
        name=row["name"],
        parent=row["parent"] or None,
        level=int(row["level"]),
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        names=dated,
        certain=row["certain"] == "yes",
        note=row["note"],
        group=row.get("group", ""),
        former_names=split(row.get("former_names", "")),
    )
