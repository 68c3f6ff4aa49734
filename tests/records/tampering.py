"""Books with something of everything in them, and a way to change them behind the trail's back."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from mingzhang.records.acting import acting
from mingzhang.records.closing import close_month
from mingzhang.records.models import BudgetLine, Reception, Text, Vehicle
from mingzhang.records.trail import enter
from mingzhang.records.trail.anchors import anchor_heads
from mingzhang.records.verifying import verify_books
from records.bookkeeping import accept, book, fill

MANY = 250
"""Vouchers of one posting, enough for it to have parts."""


def fill_everything(bureau):
    """Vouchers one by one and many at once, registers, budgets, words, a closed month, an anchor."""
    with acting("王会计"):
        fill(bureau)
        accept(*(book(bureau.office, "V03", 100 + fen, economic="30201") for fen in range(MANY)))
        enter(
            Vehicle(
                entity=bureau.office,
                plate=f"示A{number}",
                kind="law_enforcement",
                acquired_on=date(2020, 1, 2),
            )
            for number in range(10001, 10004)
        )
        enter([Reception(entity=bureau.office, on=date(2021, 4, 1), guests=6, occasion="调研")])
        enter(
            [BudgetLine(entity=bureau.centre, year=2021, stage="initial", concept="expenditure", function="2040607", fen=90_00)],
            "下达",
        )  # fmt: skip
        enter([Text(entity=bureau.department, year=2021, name="functions", body="主管法律援助。")])
        assert close_month(bureau.office, 2021, 5).accepted
        anchor_heads()


def findings():
    """What verifying finds."""
    return list(verify_books(Counter()))


def proved():
    """What verifying looked at, where it finds nothing wrong."""
    counts = Counter()
    assert list(verify_books(counts)) == []
    return counts


@contextmanager
def behind_the_trail(*statements):
    """Run SQL as somebody with the database would, and take it back afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)
