"""Several writers at once never fork a chain."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from mingzhang.records.models import TrailChain, Voucher
from mingzhang.records.trail import record
from mingzhang.records.verifying.moment import one_moment
from records.bookkeeping import accept, book
from records.tampering import proved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def needs_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")


def at_once(*works):
    """Run works in threads that start together; their errors."""
    barrier, errors = Barrier(len(works)), []

    def run(work):
        try:
            barrier.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_a_chain_that_two_begin_and_go_on_with_at_once_stays_one(transactional_db):
    def write(name):
        def work():
            for number in range(40):
                record("words", "修改", f"{name}{number}")

        return work

    assert at_once(write("甲"), write("乙"), write("丙")) == []
    assert TrailChain.objects.get(name="words").length == 120
    proved()


def test_two_postings_of_one_unit_at_once_are_both_proved(bureau):
    drafts = [
        [book(bureau.office, "V03", fen, economic="30201", number=f"{name}-{fen}") for fen in range(1, 60)]
        for name in ("甲", "乙")
    ]
    assert at_once(*(lambda own=own: accept(*own) for own in drafts)) == []
    assert Voucher.objects.count() == 118
    proved()


def test_what_is_written_while_verifying_is_not_seen_by_half(bureau):
    """All stages read the same moment, so that a posting in between raises no finding."""
    with one_moment():
        before = Voucher.objects.count()
        assert at_once(lambda: accept(book(bureau.office, "V03", 5, economic="30201"))) == []
        assert Voucher.objects.count() == before
    assert Voucher.objects.count() == before + 1
    proved()
