"""Who may what: a table of role × action × own and foreign, and the queryset in scope."""

from datetime import date

import pytest

from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.models import CasePost, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.people import add_person
from mingzhang.records.casework.searching import find
from mingzhang.records.casework.transitions import approve, offered, take
from records.casework.helping import TODAY, key, request

ON = date(2023, 3, 2)


@pytest.fixture
def cases(district, opened):
    """A request of each place: the east and the west street, a unit's, a resident's, a lawyer's."""
    person = add_person(date(2020, 1, 1), {"name": "李律"}, user=district.lawyer)
    lawyer = open_record(
        district.clerk, "window_service.lawyer", {"person": person.key, "firm": "甲所"}, occurred_on=date(2023, 1, 3), command_key=key(), today=TODAY
    )  # fmt: skip
    made = {
        "east": opened(),
        "west": opened(item="换证", area="990111002001"),
        "unit": opened(district.unit_contact, item="查档", area="990111", organisation=district.unit.key),
        "resident": opened(district.resident, area="990111"),
        "lawyer": opened(item="换证"),
    }
    drafted = take(
        district.clerk,
        made["lawyer"],
        "grant",
        {"fee": "0", "handler": lawyer.key},
        occurred_on=ON,
        command_key=key(),
        today=TODAY,
    )
    made["lawyer"] = approve(district.second, drafted, occurred_on=ON, command_key=key(), today=TODAY)
    return made


SEES = {
    "clerk": {"east", "west", "unit", "resident", "lawyer"},
    "second": {"east", "west", "unit", "resident", "lawyer"},
    "head": {"east", "west", "unit", "resident", "lawyer"},
    "office": set(),
    "finance": set(),
    "admin": set(),
    "auditor": set(),
    "nobody": set(),
    "east_jo": {"east", "lawyer"},
    "west_jo": {"west"},
    "lawyer": {"lawyer"},
    "other_lawyer": set(),
    "unit_contact": {"unit"},
    "resident": {"resident"},
}
"""Who sees which."""

MAY = {
    "hold": {"clerk", "second"},
    "prolong": {"clerk", "second"},
    "refuse": {"clerk", "second"},
    "grant": {"clerk", "second"},
    "visit": {"clerk", "second", "east_jo", "lawyer"},
    "close": {"clerk", "second", "lawyer"},
}
PAYLOADS = {
    "hold": {"reason": "等"}, "prolong": {"days": 3}, "refuse": {"grounds": "缺"}, "grant": {"fee": "1"},
    "visit": {"visits": [{"on": "2023-03-01", "reached": "是", "marks": "5"}]}, "close": {},
}  # fmt: skip


def test_everybody_sees_their_own_scope_and_nothing_else(district, cases):
    for name, expected in SEES.items():
        user = getattr(district, name)
        seen = set(CaseAccess(user, TODAY).records().values_list("key", flat=True))
        assert {place for place, record in cases.items() if record.key in seen} == expected, name
        found = set(find(user, "证", access=CaseAccess(user, TODAY)).values_list("key", flat=True))
        assert found <= seen


@pytest.mark.parametrize("action", MAY)
def test_a_step_is_refused_to_whom_it_is_not_for(district, cases, action):
    """Each role × each place: allowed where role and scope agree, else E-ROLE within the scope and E-AREA outside of it."""
    tried = 0
    for name, seen in SEES.items():
        for place, record in cases.items():
            user, version = getattr(district, name), Record.objects.get(pk=record.pk).version
            begins = place == "lawyer" if action in ("visit", "close") else place != "lawyer"
            if name in MAY[action] and place in seen and begins:
                continue
            with pytest.raises(RefusedError) as refused:
                take(
                    user,
                    record,
                    action,
                    PAYLOADS[action],
                    occurred_on=date(2023, 3, 3),
                    command_key=key(),
                    today=TODAY,
                )
            codes = {problem.code for problem in refused.value.problems}
            assert codes & ({"E-AREA"} if place not in seen else {"E-ROLE", "E-STATE"}), (name, place, codes)
            assert Record.objects.get(pk=record.pk).version == version
            assert place in seen or offered(user, record, TODAY) == ()
            tried += 1
    assert tried >= 55


@pytest.mark.parametrize("action", MAY)
def test_a_step_is_taken_by_whom_it_is_for(district, cases, action):
    for name in MAY[action]:
        for place in SEES[name]:
            begins = place == "lawyer" if action in ("visit", "close") else place != "lawyer"
            if not begins:
                continue
            from django.db import transaction

            with transaction.atomic():
                done = take(
                    getattr(district, name),
                    cases[place],
                    action,
                    PAYLOADS[action],
                    occurred_on=date(2023, 3, 3),
                    command_key=key(),
                    today=TODAY,
                )
                assert done.version > cases[place].version
                transaction.set_rollback(True)


def test_records_are_opened_where_the_post_is(district):
    """A street enters for itself; without saying so it is its own; roles without a step to open are refused."""

    def do(user, **stated):
        return open_record(
            user,
            "window_service.request",
            request(**stated),
            occurred_on=ON,
            command_key=key(),
            today=TODAY,
            reason="另",
        )

    assert do(district.east_jo, area="").area == district.east
    for user, stated, code in (
        (district.east_jo, {"area": "990111002001"}, "E-AREA"),
        (district.unit_contact, {"organisation": district.centre.key}, "E-AREA"),
        (district.head, {}, "E-ROLE"), (district.lawyer, {}, "E-ROLE"), (district.admin, {}, "E-ROLE"), (district.nobody, {}, "E-ROLE"),
    ):  # fmt: skip
        with pytest.raises(RefusedError) as refused:
            do(user, **stated)
        assert code in {problem.code for problem in refused.value.problems}, user


def test_posts_have_their_days_and_an_inactive_person_has_none(district, cases):
    post = CasePost.objects.get(user=district.east_jo)
    post.valid_to = date(2023, 6, 30)
    post.save()
    assert CaseAccess(district.east_jo, date(2023, 6, 30)).records().exists()
    assert not CaseAccess(district.east_jo, date(2023, 7, 1)).records().exists()
    district.clerk.is_active = False
    assert not CaseAccess(district.clerk, TODAY).records().exists()


def test_a_sealed_record_is_for_who_approves_and_who_is_named(district, opened):
    record = opened(secrecy="SEALED")
    for name, sees in {"clerk": True, "head": True, "east_jo": False, "lawyer": False}.items():
        assert CaseAccess(getattr(district, name), TODAY).may_see(record) is sees, name


def test_letters_of_a_line(district):
    access = CaseAccess(district.finance, TODAY)
    assert access.may("window_service", "S")
    assert not access.may("window_service", "R")
    assert not CaseAccess(district.admin, TODAY).letters("window_service")
    assert CaseAccess(district.auditor, TODAY).reads_logs()
    assert [line.id for line in CaseAccess(district.lawyer, TODAY).lines()] == ["window_service"]


def test_names_and_numbers_are_found_by_their_digests_in_scope_alone(district, cases):
    for word in ("王小明", "小明", "11010519491231002x", "窗〔2023〕1号"):
        assert cases["east"] in find(district.clerk, word, access=CaseAccess(district.clerk, TODAY)), word
    assert not find(district.clerk, "明小", access=CaseAccess(district.clerk, TODAY)).exists()
    assert set(find(district.west_jo, "王小明", access=CaseAccess(district.west_jo, TODAY))) == {
        cases["west"]
    }
    assert not find(district.admin, "王小明", access=CaseAccess(district.admin, TODAY)).exists()
