"""The years that there are books of."""

from datetime import date

import pytest

from mingzhang.records.kept_years import last_year_kept, years_with_vouchers
from records.bookkeeping import accept, book, opened

pytestmark = pytest.mark.django_db


def test_years_are_those_of_any_unit(bureau):
    """Each with its units; none where nobody keeps books."""
    assert years_with_vouchers() == {}
    assert last_year_kept() is None
    accept(book(bureau.office, "V03", 1_00, on=date(2019, 5, 20), economic="30201"))
    accept(book(bureau.centre, "V03", 1_00, on=date(2021, 5, 20), economic="30201"))
    accept(book(bureau.office, "V03", 1_00, on=date(2021, 5, 20), economic="30201"))
    assert list(years_with_vouchers()) == [2019, 2021]
    assert set(years_with_vouchers()[2021]) == {bureau.office.pk, bureau.centre.pk}
    assert last_year_kept() == 2021


def test_a_year_that_was_only_opened_is_not_the_current_one(bureau):
    """The close opens the next year before anything is booked in it."""
    accept(book(bureau.office, "V03", 1_00, on=date(2020, 5, 20), economic="30201"))
    accept(opened(bureau.centre))
    assert list(years_with_vouchers()) == [2020, 2021]
    assert last_year_kept() == 2020
