"""Books of a release without a trail are taken over as they stand."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingzhang.records.models import TrailEntry, Voucher
from records.tampering import findings, proved

OLD = [("records", "0001_initial")]


@pytest.fixture
def old_books(transactional_db):
    """The tables of the first release; afterwards those of today, empty."""
    executor = MigrationExecutor(connection)
    executor.migrate([*OLD, ("people", None)])
    yield executor.loader.project_state(OLD).apps
    upgrade()


def upgrade():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def fill(apps):
    """A department with two units, vouchers and a register, as the first release wrote them."""

    def model(name):
        return apps.get_model("records", name).objects

    department = model("Entity").create(code="bureau", name="示例局", kind="department")
    units = [
        model("Entity").create(code=code, name=f"示例{code}", kind="administrative", parent=department)
        for code in ("office", "centre")
    ]
    classification = model("Classification").create(kind="ordinary", system="F", account="1002")
    for unit in units:
        for number in range(1, 131):
            voucher = model("Voucher").create(
                entity=unit, year=2021, month=3, number=f"记-2021-03-{number:04}", date="2021-03-05", summary="付款",
            )  # fmt: skip
            for sequence, debit in enumerate((True, False), 1):
                model("VoucherLine").create(
                    voucher=voucher, sequence=sequence, entity=unit, year=2021, month=3,
                    classification=classification, debit=debit, fen=100 * number,
                )  # fmt: skip
    model("Vehicle").create(entity=units[0], plate="示A1", kind="other", acquired_on="2020-01-01")
    model("Text").create(entity=department, year=2021, name="functions", body="主管司法行政。")


def test_books_of_the_first_release_are_taken_over_and_then_proved(old_books):
    fill(old_books)
    upgrade()
    counts = proved()
    assert (counts["张凭证"], counts["行分录"], counts["条车辆登记"]) == (260, 520, 1)
    taken = TrailEntry.objects.filter(action="接管")
    assert taken.count() == TrailEntry.objects.count() == 3 + 2 + 1 + 1
    assert set(taken.filter(chain__book="ledger").values_list("rows", flat=True)) == {130}
    voucher = Voucher.objects.order_by("id")[120]
    voucher.lines.filter(sequence=1).update(fen=1)
    assert [problem.what for problem in findings()] == [f"凭证{voucher.number}被改动，与留痕不符"]


def test_empty_books_have_nothing_to_take_over(old_books):
    upgrade()
    assert TrailEntry.objects.count() == 0
