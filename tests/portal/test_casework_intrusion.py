"""Who may open which page of casework, with which record: role × page × own and foreign, by reading and by writing."""

from __future__ import annotations

import json

import pytest
from casework_made import LINE, address, client_of, invented_line, made
from django.test import Client
from portal_tokens import token_for

pytestmark = pytest.mark.django_db

SEES = {
    "clerk": {"east", "west", "unit", "resident", "lecture"},
    "head": {"east", "west", "unit", "resident", "lecture"},
    "east_jo": {"east", "lecture"},
    "west_jo": {"west"},
    "lawyer": set(),
    "unit_contact": {"unit"},
    "resident": {"resident"},
    "office": set(),
    "finance": set(),
    "admin": set(),
    "auditor": set(),
    "nobody": set(),
}
"""Which records of the district are in whose scope."""
ROWS = {"clerk", "head", "east_jo", "west_jo", "lawyer", "unit_contact", "resident"}
FIGURES = {"clerk", "head", "east_jo", "west_jo", "unit_contact", "office", "finance"}
WRITES = {"clerk", "east_jo", "west_jo", "lawyer", "unit_contact", "resident"}
OUTSIDE = {"admin", "auditor", "nobody"}
CASES = ("east", "west", "unit", "resident", "lecture")
READING = ("", "correct/")
WRITING = (
    "do/hold/", "do/confirm/", "correct/", "open/", "documents/", "documents/1/", "documents/1/serve/", "attachments/", "attachments/1/remove/",
    "draft/", "grants/", "grants/1/end/",
)  # fmt: skip
SENT = {
    "version": "1", "key": "a-key-of-a-form", "field": "applicants.0.name", "purpose": "handling", "template": "decision",
    "do": "approve", "reason": "理由", "f.occurred_on": "2023-03-02",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.SECOND_FACTOR = False
    with invented_line():
        yield


@pytest.fixture
def district(db):
    return made()


@pytest.mark.parametrize("name", SEES)
def test_a_record_outside_the_scope_does_not_exist(district, name):
    """Role × record × page, by reading and by writing: 404 outside the scope, whatever is sent; inside never."""
    client = client_of(getattr(district, name))
    expected = 403 if name in OUTSIDE else 404
    for case in CASES:
        record = district.cases[case]
        inside = case in SEES[name]
        for rest in READING:
            status = client.get(address(record, rest)).status_code
            assert (status == 200) if inside else status in (expected, 403), (name, case, rest, status)
        for rest in WRITING:
            before = record.events.count()
            status = client.post(address(record, rest), SENT).status_code
            if not inside:
                assert status in (expected, 403), (name, case, rest, status)
                assert record.events.count() == before, (name, case, rest)


@pytest.mark.parametrize("name", SEES)
def test_pages_of_a_line_open_by_letter(district, name):
    """Rows for who reads them, figures for who counts them, neither for the others; a line that is not there is not found."""
    client = client_of(getattr(district, name))
    line = f"/casework/{LINE}/"
    rows = (line, f"{line}records/request/", f"{line}calendar/", f"{line}choose/request/")
    figures = (f"{line}statistics/", f"{line}statistics/M99-01/")
    for page in rows:
        assert (client.get(page).status_code == 200) == (name in ROWS), (name, page)
    for page in figures:
        assert (client.get(page).status_code == 200) == (name in FIGURES), (name, page)
    for page in (f"{line}imports/", f"{line}imports/waiting/"):
        assert (client.get(page).status_code == 200) == (name in WRITES), (name, page)
    assert client.get(f"{line}payments/").status_code in (403, 404), name
    assert client.get(f"{line}records/request/draw/").status_code in (403, 404), name
    assert client.post(f"{line}statistics/M99-01/release/", SENT).status_code in (302, 403, 404), name
    assert (client.get("/casework/").status_code == 200) == (name not in OUTSIDE)
    for page in ("/casework/nothing/", f"{line}records/nothing/", f"{line}statistics/M1/"):
        assert client.get(page).status_code in ((403,) if name in OUTSIDE else (403, 404)), (name, page)


@pytest.mark.parametrize("name", SEES)
def test_lists_and_searches_show_the_scope_alone(district, name):
    """What is listed, found by its sealed name, or told by a figure's list are the records in scope."""
    client = client_of(getattr(district, name))
    wanted = {district.cases[case].key for case in SEES[name]}
    for page in (
        f"/casework/{LINE}/records/request/",
        "/casework/?q=王小明",
        f"/casework/{LINE}/records/request/?q=王小明",
    ):
        answer = client.get(page)
        text = answer.content.decode()
        for case in CASES:
            shown = district.cases[case].key in text
            assert not shown or district.cases[case].key in wanted, (name, page, case)
        if answer.status_code == 200 and page.startswith(f"/casework/{LINE}"):
            there = {case for case in CASES if district.cases[case].key in text}
            assert there == SEES[name] - {"lecture"}, (name, page)


def test_who_has_figures_only_sees_no_record(district):
    """The office opens a figure and its definition; the list of records stays away."""
    answer = client_of(district.office).get(
        f"/casework/{LINE}/statistics/M99-01/?from=2023-01-01&to=2023-12-31"
    )
    text = answer.content.decode()
    assert "您的岗位只能看数" in text
    assert all(record.key not in text for record in district.cases.values())


def test_a_post_that_ended_opens_nothing(district):
    """From the day after its last."""
    from mingzhang.records.casework.models import CasePost

    client = client_of(district.clerk)
    assert client.get(address(district.cases["east"])).status_code == 200
    CasePost.objects.filter(user=district.clerk).update(valid_to="2023-01-01")
    assert client.get(address(district.cases["east"])).status_code == 403


@pytest.mark.parametrize("name", SEES)
def test_the_api_keeps_to_the_same_scope(district, name):
    """Role × record over a token with every scope; a token without casework opens nothing of it."""
    person = getattr(district, name)
    person.must_change_password = False
    secret = token_for(person)
    client = Client()
    for case in CASES:
        path = f"/api/v1/casework/{LINE}/records/{district.cases[case].key}"
        status = client.get(path, HTTP_AUTHORIZATION=f"Bearer {secret}").status_code
        assert (status == 200) == (case in SEES[name]), (name, case, status)
        body = json.dumps({"payload": {}, "occurred_on": "2023-03-02", "version": 1})
        answer = client.post(
            f"{path}/steps/hold", body, content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_IDEMPOTENCY_KEY=f"key-of-{case}-{name}",
        )  # fmt: skip
        if case not in SEES[name]:
            assert answer.status_code in (403, 404), (name, case, answer.status_code)
    narrow = token_for(person, "books.view")
    assert client.get("/api/v1/casework/lines", HTTP_AUTHORIZATION=f"Bearer {narrow}").status_code == 403


def test_a_token_for_looking_changes_nothing(district):
    """casework.view reads; casework.work alone takes steps."""
    secret = token_for(district.clerk, "casework.view")
    path = f"/api/v1/casework/{LINE}/records/{district.cases['east'].key}"
    client = Client()
    assert client.get(path, HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 200
    body = json.dumps({"payload": {"reason": "等鉴定"}, "occurred_on": "2023-03-02", "version": 1})
    answer = client.post(
        f"{path}/steps/hold", body, content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_IDEMPOTENCY_KEY="a-key-of-a-step",
    )  # fmt: skip
    assert answer.status_code == 403
    assert district.cases["east"].events.count() == 1
