"""Versions of a publication: an adjustment after the close makes the next one, which lists exactly what moved."""

import json
from datetime import date

from mingzhang.records.closing import close_year
from mingzhang.records.models import BudgetLine, Reason, Text
from mingzhang.records.publishing import NotReadyError, publish
from records.bookkeeping import ADMIN, accept
from records.two_years import book, paid


def ready(entity, year):
    """Write something wherever the disclosure asks for a text or a reason."""
    for problem in _missing(entity, year):
        key = problem.where.rpartition("，")[2]
        if "#" in key:
            Reason.objects.create(entity=entity, year=year, cell=key, text="人员增加")
        else:
            Text.objects.create(entity=entity, year=year, name=key, body="依法履职。")


def _missing(entity, year):
    try:
        publish(entity, year, "national_fy2021", None, formats=())
    except NotReadyError as refused:
        return refused.problems
    raise AssertionError("nothing is missing")


def test_an_adjusted_year_is_a_new_version_that_lists_what_moved(bureau, tmp_path):
    """Spending of 7万元 taken back after the close: spending, its rows, totals and balance move, nothing else."""
    office = bureau.office
    accept(
        book(2020, office, "V03", 900_000, economic="30101"),
        book(2021, office, "V03", 1_000_000, economic="30101"),
        book(2021, office, "V26", 500_000),
        paid(2021, office, 300_000),
    )
    general = {"entity": office, "stage": "initial", "fund": "general_public_budget"}
    for year in (2020, 2021):
        BudgetLine.objects.create(**general, year=year, function=ADMIN, nature="basic", fen=950_000_00)
        BudgetLine.objects.create(**general, year=year, concept="official_reception_spending", fen=0)
    assert close_year(office, 2020).accepted
    assert close_year(office, 2021).accepted
    ready(office, 2021)
    first = publish(
        office, 2021, "national_fy2021", tmp_path / "1", formats=("json",), published_on=date(2022, 8, 1)
    )
    same = publish(
        office, 2021, "national_fy2021", tmp_path / "2", formats=("json",), published_on=date(2022, 8, 5)
    )
    assert (first.number, first.is_new, same.number, same.is_new) == (1, True, 1, False)
    accept(
        book(
            2021, office, "V31", 70_000, economic="30201", payment="bank", kind="adjusting", reason="审计调整"
        )
    )
    assert close_year(office, 2021).accepted
    second = publish(
        office, 2021, "national_fy2021", tmp_path / "3", formats=("json",), published_on=date(2022, 9, 1)
    )
    assert (second.number, second.is_new) == (2, True)
    moved = {coordinate: (before, now) for coordinate, before, now in second.changes}
    assert moved["expenditure@office/2021#actual"] == ("130.00万元", "123.00万元")
    assert moved["closing_balance@office/2021#actual"] == ("20.00万元", "27.00万元")
    assert moved["expenditure[function=2040601,nature=basic]@office/2021#actual"] == (
        "130.00万元",
        "123.00万元",
    )
    assert "total_uses@office/2021#actual" not in moved
    share = "expenditure[fund=general_public_budget]@office/2021#share(of=expenditure)"
    assert {coordinate for coordinate in moved if "general_public_budget" in coordinate} == {share}
    assert not [coordinate for coordinate in moved if "/2020" in coordinate]
    told = json.loads((tmp_path / "3" / "manifest.json").read_text(encoding="utf-8"))
    assert {change["coordinate"] for change in told["changes"]} == set(moved)
