"""Whole histories are played like steps taken one by one, written in bulk, proved by verifying; one that its table forbids is refused with all others."""

from datetime import date

import pytest

from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.histories import Past, PastStep, enter_histories
from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models import Deadline, Document, Hold, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.searching import find
from records.casework.helping import APPLICANT, TODAY, clean, key

pytestmark = pytest.mark.django_db
REQUEST = "window_service.request"


def past(district, *steps, **stated):
    """A request of the first of March with its steps."""
    fields = {"item": "补证", "applicants": [dict(APPLICANT)], **stated}
    return Past(
        REQUEST,
        new_key(),
        date(2023, 3, 1),
        district.clerk,
        fields,
        steps,
        role="AID",
        area=district.community,
        channel="窗口",
    )


def test_a_history_is_what_its_steps_would_have_made(district):
    """Held and resumed, granted by two: state, deadlines, hold, document and number as if entered day by day."""
    steps = (
        PastStep("hold", date(2023, 3, 3), district.clerk),
        PastStep("go_on", date(2023, 3, 8), district.clerk),
        PastStep("grant", date(2023, 3, 9), district.clerk, {"fee": "0"}, approved_by=district.second),
    )
    (record,) = enter_histories([past(district, *steps)])
    assert (record.state, record.version, record.number) == ("granted", 4, "窗〔2023〕1号")
    assert [hold.to_on for hold in Hold.objects.filter(record=record)] == [date(2023, 3, 8)]
    review = Deadline.objects.get(record=record, family="DR07-01")
    assert (review.standing, review.done_on) == ("DONE_ON_TIME", date(2023, 3, 9))
    assert Document.objects.filter(record=record).count() == 1
    assert record.events.get(number=4).on_behalf_of == district.clerk.name
    assert clean()


def test_what_was_entered_is_found_and_numbers_go_on(district):
    """A name is found in scope as if typed; the next record takes the next number."""
    (record,) = enter_histories([past(district)])
    assert record in list(find(district.clerk, "王小明"))
    fields = {"item": "换证", "applicants": [dict(APPLICANT)], "area": district.community.code}
    following = open_record(
        district.clerk, REQUEST, fields, occurred_on=date(2023, 3, 2), command_key=key(), today=TODAY
    )
    assert following.number == "窗〔2023〕2号"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (("close", date(2023, 3, 2)), "E-STATE"),
        (("hold", date(2023, 2, 1)), "E-ORDER"),
        (("refuse", date(2023, 3, 2)), "E-REQ"),
    ],
)
def test_one_step_that_its_table_forbids_refuses_all(district, step, code):
    """A step out of state, before the one before it, or without what it needs: nothing is written."""
    good, bad = past(district), past(district, PastStep(*step, district.clerk))
    with pytest.raises(RefusedError) as refusal:
        enter_histories([good, bad])
    assert code in str(refusal.value)
    assert not Record.objects.exists()
