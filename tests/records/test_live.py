"""What is kept of a department's year: made once, and made anew with every record."""

from datetime import date

import pytest

from mingzhang.facts import Coordinate
from mingzhang.records.live import live, state_of
from mingzhang.records.models import Entity, Role, User
from mingzhang.records.models import Grant as GrantOf
from mingzhang.records.words import write
from records.bookkeeping import accept, book, fill

pytestmark = pytest.mark.django_db

SPENT = Coordinate.parse("expenditure@bureau/2021#actual")


def test_the_same_books_are_summed_once(bureau):
    """Asked again, by the department or by a unit: the same object."""
    fill(bureau)
    assert live(bureau.department, 2021) is live(bureau.office, 2021)
    assert live(bureau.department, 2021) is not live(bureau.department, 2020)


def test_a_posting_is_seen_at_once(bureau):
    """One more voucher, and the total has it."""
    fill(bureau)
    before = live(bureau.department, 2021).store.value(SPENT)
    accept(book(bureau.centre, "V03", 3_00, economic="30201", on=date(2021, 6, 1)))
    assert live(bureau.department, 2021).store.value(SPENT) == before + 3


def test_what_is_made_once_is_made_anew_after_a_posting(bureau):
    """A table filled from the books as they are is kept as long as they stay so, and no longer."""
    fill(bureau)
    made = []

    def total():
        now = live(bureau.department, 2021)
        return now.once("total", lambda: made.append(1) or now.store.value(SPENT))

    before = total()
    assert (total(), len(made)) == (before, 1)
    accept(book(bureau.centre, "V03", 3_00, economic="30201", on=date(2021, 6, 1)))
    assert (total(), len(made)) == (before + 3, 2)


def test_a_reason_written_is_seen_at_once(bureau):
    """The report that is kept is the one with the words as they are."""
    fill(bureau)
    person = User.objects.create_user("head", "x", "财务甲")
    GrantOf.objects.create(user=person, role=Role.FINANCE_HEAD, entity=bureau.department)
    now = live(bureau.department, 2021)
    state = state_of(bureau.department)
    write(person, bureau.department, 2021, "functions", "负责示例。", "0", now.store.vocabulary)
    assert state_of(bureau.department) != state
    text = str(
        live(bureau.department, 2021).composition(bureau.department, "national_fy2021").document.blocks
    )
    assert "负责示例。" in text


def test_another_department_changes_nothing(bureau):
    """Only one's own trail counts."""
    fill(bureau)
    other = Entity.objects.create(code="other", name="他局", kind="department")
    unit = Entity.objects.create(code="other-office", name="他局本级", kind="administrative", parent=other)
    state = state_of(bureau.department)
    accept(book(unit, "V03", 3_00, economic="30201"))
    assert state_of(bureau.department) == state
