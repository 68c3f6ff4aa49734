"""Two years of a department of three units with every kind of money, and its tables read back as yuan by row.

All amounts are whole yuan, so that the tables can be worked out by hand beside the vouchers.
"""

from __future__ import annotations

from datetime import date

from mingzhang.catalogue.loading import edition
from mingzhang.compose import Printer, compose_table
from mingzhang.records.closing import close_year
from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.points import fact_store
from records.bookkeeping import AID, accept
from records.bookkeeping import book as book_fen

LAND, LOTTERY, STATE = "2120803", "2296002", "2230105"
GF, SOE = "government_managed_funds", "state_capital_operations"
SPECIAL = "nonfiscal_special"


def book(year, unit, template, yuan, **stated):
    return book_fen(unit, template, yuan * 100, date(year, 6, 30), **stated)


def paid(year, unit, yuan, **stated):
    """Own money spent through the bank."""
    return book(year, unit, "V19", yuan, **{"payment": "bank", "economic": "30201", **stated})


def tax_paid(year, unit, yuan):
    """Income tax: from accumulated surplus in the budgetary system, as the accounting system has it."""
    fen = yuan * 100
    return VoucherDraft(
        unit.code, date(year, 6, 30), "缴纳企业所得税",
        (Entry("D", "5801", fen), Entry("C", "1002", fen)),
        (Entry("D", "820204", fen), Entry("C", "800102", fen)),
    )  # fmt: skip


def first_year(bureau):
    office, managed, centre = bureau.office, bureau.managed, bureau.centre
    fund = {"function": LAND, "fund": GF, "project": "P1-1"}
    accept(
        # the office: quota 500 of which 400 spent, salaries 1000, land money 420 of which 300 spent, state capital 80
        book(2020, office, "V01", 500, group="public"),
        book(2020, office, "V02", 400, economic="30201"),
        book(2020, office, "V03", 1000, economic="30101"),
        book(2020, office, "V03", 300, economic="30227", **fund),
        book(2020, office, "V33", 120, **fund),
        book(2020, office, "V34", 100),
        book(2020, office, "V03", 80, economic="30227", function=STATE, fund=SOE, project="P1-2"),
        book(2020, office, "V26", 50),
        paid(2020, office, 20),
        # the managed unit: a subsidy of 60 from the centre of which 20 spent, special money 90 of which 30 spent
        book(2020, managed, "V03", 600, economic="30101"),
        book(2020, managed, "V03", 200, economic="30201"),
        book(2020, managed, "V29", 60, accounts=["4201"], counterparty="centre"),
        paid(2020, managed, 20),
        book(2020, managed, "V25", 90, fund=SPECIAL, project="P1-1"),
        paid(2020, managed, 30, fund=SPECIAL, project="P1-1"),
        # the centre: own revenue 900 and 40, operating 300 − 100, passes on 60 inside and 25 outside, special 200 − 80
        book(2020, centre, "V03", 700, economic="30101", function=AID),
        book(2020, centre, "V28", 900, function=AID),
        paid(2020, centre, 500, function=AID),
        book(2020, centre, "V29", 300, accounts=["4401"], function=AID),
        book(2020, centre, "V30", 100, accounts=["5201"], function=AID),
        book(2020, centre, "V29", 40, accounts=["4301"], function=AID),
        book(2020, centre, "V30", 60, function=AID, counterparty="managed"),
        book(2020, centre, "V30", 25, accounts=["5401"], function=AID),
        book(2020, centre, "V28", 200, fund=SPECIAL, project="P1-2", function=AID),
        paid(2020, centre, 80, fund=SPECIAL, project="P1-2", function=AID),
    )  # fmt: skip


def close_first(bureau):
    return [
        close_year(bureau.office, 2020),
        close_year(bureau.managed, 2020),
        close_year(bureau.centre, 2020, special_surplus=100_00),
    ]


def second_year(bureau):
    office, managed, centre = bureau.office, bureau.managed, bureau.centre
    fund = {"function": LAND, "fund": GF, "project": "P1-1"}
    accept(
        # the office: spends carried quota 100 and land money 70, gives 20 of it back; 15 of an earlier year returned
        book(2021, office, "V36", 100),
        book(2021, office, "V02", 100, economic="30201", source="prior"),
        book(2021, office, "V37", 70, economic="30227", **fund),
        book(2021, office, "V38", 20, payment="returned", accounts=["120101"], **fund),
        book(2021, office, "V32", 15, payment="returned", accounts=["120101"]),
        book(2021, office, "V03", 300, economic="30227", **fund),
        book(2021, office, "V03", 40, economic="30227", function=LOTTERY, fund=GF, project="P1-2"),
        book(2021, office, "V03", 1100, economic="30101"),
        book(2021, office, "V35", 55, project="P1-2"),
        book(2021, office, "V26", 10),
        paid(2021, office, 35),
        # the managed unit: spends 25 of other money without revenue, 50 of its special money
        book(2021, managed, "V03", 650, economic="30101"),
        paid(2021, managed, 25),
        paid(2021, managed, 50, fund=SPECIAL, project="P1-1"),
        # the centre: 100 − 70 of other money, operating 10 − 30, tax 12, special 40 spent and the project finished
        book(2021, centre, "V03", 720, economic="30101", function=AID),
        book(2021, centre, "V28", 100, function=AID),
        paid(2021, centre, 70, function=AID),
        book(2021, centre, "V29", 10, accounts=["4401"], function=AID),
        book(2021, centre, "V30", 30, accounts=["5201"], function=AID),
        tax_paid(2021, centre, 12),
        paid(2021, centre, 40, fund=SPECIAL, project="P1-2", function=AID),
    )  # fmt: skip


def close_second(bureau):
    return [
        close_year(bureau.office, 2021),
        close_year(bureau.managed, 2021),
        close_year(bureau.centre, 2021, finished_projects=["P1-2"]),
    ]


def store_of(*years):
    return fact_store("bureau", years)


def table(store, name, entity, year):
    """Rows of a public table that hold anything: label (or code) → yuan in every column, blank cells left out."""
    form = edition("national_fy2021")
    chosen = next(each for each in form.forms if each.name == name)
    printed = compose_table(chosen, Printer(store, form.style), entity, year, "示例局")
    rows = {}
    for row in printed.body:
        label, found = "", []
        for cell in (*row.cells, None):
            if cell is None or (cell.text and cell.figure is None and not cell.text.isdigit()):
                if any(found):
                    rows[label] = found if len(found) > 1 else found[0]
                label, found = (cell.text if cell else ""), []
            elif cell.figure is not None:
                found.append(int(cell.figure.value))
            elif cell.text.isdigit() and len(cell.text) >= 3:
                label = cell.text
    return rows
