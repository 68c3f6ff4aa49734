"""A small department with books, words and people, ready to be published; for the tests of its pages."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from mingzhang.records.live import live
from mingzhang.records.models import PeriodLock, Project
from mingzhang.records.publishing import edition_of
from mingzhang.records.words import write
from records.bookkeeping import accept, book

YEAR = 2021
AT = f"/e/own/{YEAR}"


def keep_books(district) -> None:
    """Vouchers of two years at two units; one project is secret."""
    own = district.own
    Project.objects.create(code="OPEN", name="服务经费", entity=own.office, effect="开展服务")
    Project.objects.create(code="MIMA-1", name="某密码设备", entity=own.office, secret=True)
    for year, fen in ((2020, 90_000_00), (2021, 100_000_00)):
        accept(
            book(own.office, "V03", fen, on=date(year, 5, 20), economic="30101"),
            book(own.office, "V03", 3_000_00, on=date(year, 6, 1), economic="30217"),
            book(own.office, "V03", 20_000_00, on=date(year, 6, 2), economic="30201", project="OPEN"),
            book(own.office, "V03", 50_000_00, on=date(year, 6, 3), economic="30201", project="MIMA-1"),
            book(own.centre, "V03", 6_000_00, on=date(year, 7, 1), economic="30201", function="2040607"),
        )


def write_everything(district) -> None:
    """Every word and every missing figure that the report asks for."""
    head, department = district.people["finance_head"], district.own.department
    for _ in range(3):
        now = live(department, YEAR)
        missing = now.composition(department, edition_of(department)).missing
        for gap in missing:
            figure = "0万元" if "三公" in gap.what or "支出" in gap.what or "费" in gap.what else "0"
            body = figure if "@" in gap.key else f"工作需要{len(gap.key)}"
            write(head, department, YEAR, gap.key, body, "0", now.store.vocabulary)
        if not missing:
            return


def close_the_year(district) -> None:
    """As the books are after the year's close."""
    for unit in district.own.department.units():
        PeriodLock.objects.create(entity=unit, year=YEAR, month=PeriodLock.YEAR, closed_at=timezone.now())


def make_ready(district) -> SimpleNamespace:
    """Everything done but the approval and the confidentiality review."""
    keep_books(district)
    write_everything(district)
    close_the_year(district)
    return district
