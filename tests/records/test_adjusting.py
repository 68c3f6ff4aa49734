"""Copies and adjustments of posted vouchers (复制、冲销、更正), and what a voucher moves in the final accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bookkeeping import accept, book

from mingzhang.records.adjusting import adjusting, copied
from mingzhang.records.effects import effects
from mingzhang.records.ledger import post
from mingzhang.records.ledgers.balances import balances
from mingzhang.records.models import Project, Voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def voucher(bureau):
    accept(book(bureau.office, "V02", 730_39, date(2021, 3, 4), economic="30207", summary="电话费"))
    return Voucher.objects.select_related("entity").get()


def test_a_reversed_voucher_takes_everything_back(voucher):
    """Posted, it leaves every account as if nothing had been booked, and the day is the voucher's."""
    draft = replace(adjusting(voucher, "reverse"), reason="重复入账")
    assert (draft.kind, draft.date) == ("adjusting", voucher.date)
    assert voucher.number in draft.summary
    accept(draft)
    for system in balances(voucher.entity, 2021):
        assert all(row.amounts.closing == 0 and row.amounts.debit == 0 for row in system.rows)


def test_a_correction_is_the_voucher_in_red_and_once_more(voucher):
    """As it comes it changes nothing; its second half is what the accountant corrects."""
    draft = adjusting(voucher, "correct")
    assert [entry.fen for entry in draft.financial] == [-730_39, -730_39, 730_39, 730_39]
    assert sum(entry.debit_fen for entry in draft.budgetary) == 0


def test_a_copy_posts_the_same_lines_again(voucher):
    """An ordinary voucher with the same entries."""
    assert post([copied(voucher)]).accepted
    first, second = Voucher.objects.order_by("id")
    assert [(line.classification_id, line.fen) for line in first.lines.order_by("sequence")] == [
        (line.classification_id, line.fen) for line in second.lines.order_by("sequence")
    ]


def test_a_voucher_names_the_figures_that_it_moves(voucher):
    """Spending by its codes, the balance left, and the running costs of the office."""
    found = {effect.concept: effect for effect in effects(voucher)}
    spending = found["本年支出"]
    assert spending.fen == 730_39
    assert {code for _, code, _ in spending.stated} >= {"2040601", "30207", "basic"}
    assert found["年末结转和结余"].fen == -730_39
    assert found["机关运行经费"].fen == 730_39


def test_a_secret_project_is_not_named_among_the_figures(bureau):
    """Its money counts; its code and name appear nowhere."""
    Project.objects.filter(code="P1").update(secret=True)
    accept(book(bureau.office, "V02", 100, date(2021, 3, 4), economic="30207", project="P1-1"))
    found = effects(Voucher.objects.select_related("entity").get())
    assert found
    assert "P1" not in str(found)
