"""What a process keeps of the organisation and of the frame of pages: it follows every change at once and mixes up nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from mingzhang.portal.fragments import fragment
from mingzhang.records.administration.entities import Stated, change_entity, version_of
from mingzhang.records.administration.grants import give, revoke
from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.models import Grant, User
from mingzhang.records.policy import Access
from mingzhang.records.standing import standing

pytestmark = pytest.mark.django_db
LIST = "/e/own-office/2021/vouchers/"


def book(unit, on):
    posted = post([voucher_from_event("V02", unit, on, 100_00, function="2040601", economic="30202")])
    assert posted.accepted, posted.problems


@pytest.fixture
def recorded(district):
    """The trail knows the organisation, so that a process keeps it."""
    book(district.own.office, date(2021, 3, 1))
    give(district.people["section"], "section", district.own.office)
    assert all(standing().state)
    assert standing() is standing()
    return district


def text(client, address=LIST):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_right_that_is_taken_is_gone_with_the_next_request(recorded, logged_in):
    """The page and its line of the menu; and back again."""
    client, person = logged_in("accountant"), recorded.people["accountant"]
    administrator = Access(recorded.people["administrator"])
    assert "录入凭证" in text(client)
    revoke(administrator, Grant.objects.get(user=person))
    assert client.get(LIST).status_code == 404
    assert "录入凭证" not in text(client, "/desk/")
    give(person, "reviewer", recorded.own.department)
    assert "录入凭证" not in text(client)
    give(person, "accountant", recorded.own.office)
    assert "录入凭证" in text(client)


def test_a_right_changed_behind_the_trail_counts_as_well(recorded, logged_in):
    """Rights are read with every request, whatever the trail says."""
    client = logged_in("accountant")
    assert "录入凭证" in text(client)
    Grant.objects.filter(user=recorded.people["accountant"]).update(role="inspector")
    assert "录入凭证" not in text(client)
    User.objects.filter(pk=recorded.people["accountant"].pk).update(is_active=False)
    assert client.get(LIST).status_code == 302


def test_two_people_on_one_page_see_their_own_frame(recorded, logged_in):
    """Name, roles and menu are those of who asks."""
    first, second = logged_in("accountant"), logged_in("inspector")
    for _ in range(2):
        assert "单位会计甲" in text(first)
        assert "审计、人大（只读）甲" in text(second)
        assert "单位会计甲" not in text(second)
        assert "录入凭证" not in text(second)


def test_a_new_name_of_an_entity_shows_at_once(recorded, logged_in):
    """In the frame and in the lists to choose from."""
    client, office = logged_in("accountant"), recorded.own.office
    assert "示例局本级" in text(client)
    stated = Stated("示例局机关", "", office.kind, office.parent, office.order, "", "")
    change_entity(Access(recorded.people["administrator"]), office, version_of(office), stated)
    assert "示例局机关" in text(client)
    assert "示例局本级" not in text(client)


def test_a_first_voucher_of_a_year_brings_the_year(recorded, logged_in):
    """The years to turn to follow the books."""
    client = logged_in("accountant")
    assert "/e/own-office/2022/vouchers/" not in text(client)
    book(recorded.own.office, date(2022, 1, 5))
    assert "/e/own-office/2022/vouchers/" in text(client)


def test_the_list_of_vouchers_asks_three_times(recorded, logged_in, django_assert_num_queries):
    """Session; person with rights and the state of the organisation; vouchers. Lines are read of vouchers not shown before."""
    client = logged_in("accountant")
    before = text(client)
    with django_assert_num_queries(3):
        assert row_of(text(client), "记-2021-03-0001") == row_of(before, "记-2021-03-0001") != ""
    book(recorded.own.office, date(2021, 3, 2))
    assert row_of(text(client), "记-2021-03-0002")


def row_of(page, number):
    """The row of a voucher on the list."""
    return next((row for row in page.split("<tr>") if number in row), "")


def test_a_number_with_signs_of_addresses_is_linked(recorded, logged_in):
    """Whatever a number consists of, the list leads to its voucher."""
    unit = recorded.own.office
    draft = voucher_from_event("V02", unit, date(2021, 5, 1), 100_00, function="2040601", economic="30202")
    posted = post([replace(draft, number="甲/7?#&<b>%41")])
    assert posted.accepted, posted.problems
    client = logged_in("accountant")
    page = text(client)
    address = f"{LIST}%E7%94%B2/7%3F%23%26%3Cb%3E%2541/"
    assert f'href="{address}"' in page
    assert "甲/7?#&amp;&lt;b&gt;%41" in page
    assert "甲/7?#&amp;&lt;b&gt;%41" in text(client, address)


def test_a_part_with_a_token_is_never_kept():
    """The token is one session's own: shown to another, it opens the first one's forms to it."""
    form = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="x">')
    assert fragment(None, lambda: form) == form
    with pytest.raises(ValueError, match="token"):
        fragment(("test",), lambda: form)


def test_two_sessions_have_tokens_of_their_own(recorded, logged_in):
    """The forms of a page carry the token of whoever asks, another one at each request."""
    first, second = logged_in("accountant"), logged_in("accountant")
    told = [
        re.findall(r'csrfmiddlewaretoken" value="(\w+)"', text(client)) for client in (first, second, first)
    ]
    assert all(told)
    assert [len(set(tokens)) for tokens in told] == [1, 1, 1]
    assert len({token for tokens in told for token in tokens}) == len(told)
