"""Assets (资产): what the bureau owned when the books were opened, depreciation, and the vehicle that was scrapped."""

from __future__ import annotations

from datetime import date

from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.sample.desk import Desk
from mingzhang.sample.planned import fen, rows, settings
from mingzhang.sample.workdays import workday_from, workdays

OPENED_ON = date(2020, 1, 1)
BUILDING_MONTHS = 600
SCRAP_FEN = 260_000


def open_assets(desk: Desk) -> None:
    """Book the opening balances of 2020: fixed assets, stock, depreciation, accumulated surplus; no budgetary balances."""
    opening = settings()["opening"][desk.name]
    assets = _cost(desk, OPENED_ON) + fen(opening["buildings"]) + fen(opening["other_equipment"])
    stock, depreciated = fen(opening["stock"]), fen(opening["depreciation"])
    entries = [
        Entry("D", "1601", assets),
        Entry("D", "1302", stock),
        Entry("C", "1602", depreciated),
        Entry("C", "3001", assets + stock - depreciated),
    ]
    financial = tuple(entry for entry in entries if entry.fen)
    desk.put(VoucherDraft(desk.unit.code, OPENED_ON, "年初余额", financial, kind="opening"))


def depreciate(desk: Desk) -> None:
    """Book depreciation at the end of each month: buildings over fifty years, the rest over eight."""
    opening = settings()["opening"][desk.name]
    for month in range(1, 13):
        day = workdays(desk.year, month)[-1]
        others = _cost(desk, day) + fen(opening["other_equipment"])
        amount = fen(opening["buildings"]) // BUILDING_MONTHS + others // int(opening["useful_months"])
        desk.book("V18", day, amount, f"计提{month}月固定资产折旧")


def scrap_vehicles(desk: Desk) -> None:
    """Book vehicles that went in the year, fully written off; their scrap is paid over to the treasury."""
    for row in rows("vehicles"):
        if desk.name == "bureau" and row["disposed_on"].startswith(str(desk.year)):
            day, cost = workday_from(date.fromisoformat(row["disposed_on"])), fen(row["yuan"])
            desk.book(
                "V40",
                day,
                {"cost": cost, "depreciation": cost, "net": 0},
                f"经批准报废公务用车{row['plate']}",
            )
            desk.book("V27", day, SCRAP_FEN, f"报废公务用车{row['plate']}残值收入上缴财政")


def _cost(desk: Desk, day: date) -> int:
    """Cost of the registered vehicles and equipment on a day; they are all the bureau's."""
    if desk.name != "bureau":
        return 0
    total = 0
    for name in ("vehicles", "equipment"):
        for row in rows(name):
            gone = row["disposed_on"] and date.fromisoformat(row["disposed_on"]) <= day
            if date.fromisoformat(row["acquired_on"]) <= day and not gone:
                total += fen(row["yuan"]) * int(row.get("count") or 1)
    return total
