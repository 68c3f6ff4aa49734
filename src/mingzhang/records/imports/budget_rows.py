"""What a row of a budget document must hold, and the budget lines that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mingzhang.records import codes
from mingzhang.records.budget_overlaps import REMEDY, STATED, Listed, document_of, twice_listed, what_of
from mingzhang.records.checking import check_codes
from mingzhang.records.drafts import Entry
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.rows import Table
from mingzhang.records.models import BudgetLine, PeriodLock

THREE_PUBLIC = {
    "30212": "overseas_travel_spending",
    "30217": "official_reception_spending",
    "30231": "official_vehicle_running",
    "30913": "official_vehicle_purchase",
    "31013": "official_vehicle_purchase",
}
"""Economic items whose budgets are also budgets of the three public expenses."""

Found = list[tuple[str, CellError]]


def check_budget(values: dict[str, Any], context: Context) -> Found:
    """What is wrong with a budget row; its year is filled in where the command or the document's day says it."""
    if values["year"] is None:
        values["year"] = context.year or (values["approved_on"].year if values["approved_on"] else None)
    if values["project"] and not values["nature"]:
        values["nature"] = "project"
    if values["year"] is None:
        return [
            (
                "year",
                CellError("year_missing", "没有写明年度", "填写年度，或在导入时指定年度（命令行用 --year）"),
            )
        ]
    return [*_document(values, context), *_codes(values), *_period(values, context)]


def _document(values: dict[str, Any], context: Context) -> Found:
    found: Found = []
    if values["stage"] == "initial" and values["fen"] < 0:
        what = f"年初预算{values['fen'] / 100:.2f}元为负数"
        found.append(("fen", CellError("negative_amount", what, "调减请把预算阶段填为 预算调整")))
    if values["stage"] == "adjustment" and not values["document_number"]:
        found.append(
            ("document_number", CellError("document_missing", "预算调整没有指标文号", "填写批准调整的文号"))
        )
    if values["approved_on"] and values["approved_on"] > context.books.today:
        found.append(
            ("approved_on", CellError("date_in_future", f"日期{values['approved_on']}还没有到", "改正日期"))
        )
    return found


def _codes(values: dict[str, Any]) -> Found:
    found: Found = []
    if values["concept"] in ("", "expenditure", "revenue"):
        for name, chinese in (("function", "功能科目"), ("fund", "资金性质")):
            if not values[name]:
                found.append((name, CellError("value_missing", f"没有填写{chinese}", f"补填{chinese}")))

    def problem(code: str, what: str, remedy: str, severity: str = "error") -> tuple[str, CellError] | None:
        if severity != "error":
            return None
        return ("economic" if "economic" in code else "function", CellError(code, what, remedy))

    entry = Entry("D", "", 1, function=values["function"], economic=values["economic"])
    found += [each for each in check_codes(entry, values["year"], problem) if each]
    is_basic = values["nature"] == "basic" and values["economic"] and not found
    if is_basic and codes.economic_group(values["economic"]) not in ("personnel", "public"):
        what = f"经济科目{values['economic']}不用于基本支出"
        found.append(("economic", CellError("economic_not_basic", what, "改为项目支出，或改正经济科目")))
    return found


def _period(values: dict[str, Any], context: Context) -> Found:
    unit = context.books.entities.get(values["entity"]) if values["entity"] else context.unit()
    if unit and (unit.pk, values["year"], PeriodLock.YEAR) in context.books.locks:
        return [
            (
                "year",
                CellError("closed_period", f"{values['year']}年度已年终结账", "已结账年度的预算不能再改"),
            )
        ]
    return []


def listed_once(rows: list[tuple[Table, int, dict[str, Any]]], context: Context) -> Iterator[RowProblem]:
    """No money may stand in two rows, or in a row and the books, along different classifications."""
    held = BudgetLine.objects.filter(year__in={record["year"] for _, _, record in rows})
    documents: dict[tuple[Any, ...], list[Listed]] = {}
    codes = {entity.pk: code for code, entity in context.books.entities.items()}
    for line in held:
        key = (line.year, *document_of(codes[line.entity_id], line.stage, line.document_number))
        stated = {name: getattr(line, name) for name in STATED}
        documents.setdefault(key, []).append(Listed(-1, line.concept or "expenditure", stated))
    for place, (_, _, record) in enumerate(rows):
        key = (record["year"], *document_of(record["entity"], record["stage"], record["document_number"]))
        stated = {name: record[name] for name in STATED}
        documents.setdefault(key, []).append(Listed(place, record["concept"], stated))
    told: set[tuple[int, str]] = set()
    for (year, *_), lines in documents.items():
        for pair in twice_listed(lines, year):
            place = max(line.place for line in pair)
            if place < 0:
                continue
            table, row, _ = rows[place]
            bad = CellError("budget_listed_twice", what_of(*pair), REMEDY)
            if (row, bad.what) not in told:
                told.add((row, bad.what))
                yield table.problem(row, bad, "fen", (table.column("fen") or [""] * (row + 1))[row])


def expand_budget(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of one row: where it names no concept, expenditure, the revenue that covers it, its “三公” part."""
    if record["concept"]:
        return [record]
    concepts = ["expenditure", "revenue"]
    if record["economic"] in THREE_PUBLIC:
        concepts.append(THREE_PUBLIC[record["economic"]])
    return [
        {**record, "concept": concept, "economic": "" if concept == "revenue" else record["economic"]}
        for concept in concepts
    ]
