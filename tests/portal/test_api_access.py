"""Every endpoint of the API against every role, at one's own entity and at a foreign one; tokens, sessions, limits."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from portal_tokens import token_for

from mingzhang.portal.api.service import service
from mingzhang.records.models import Grant, Role, Token, TrailEntry
from mingzhang.records.policy import MAY, Action

pytestmark = pytest.mark.django_db

EXAMPLES = {
    "line": "legal_aid",
    "kind": "aid_case",
    "record": "x",
    "action": "grant",
    "metric": "M07-01",
    "form": "post_month",
    "month": "2021-03",
    "organisation": "x",
    "year": 2021,
    "number": 1,
    "name": "vehicles",
    "step": "submit",
}
BODIES = {
    ("POST", "/entities/{entity}/{year}/proposals"): {"kind": "voucher", "payload": {}},
    ("PUT", "/proposals/{number}"): {"payload": {}, "version": 1},
    ("POST", "/proposals/{number}/{step}"): {"version": 1},
    ("POST", "/entities/{entity}/{year}/performance/{number}/values"): {
        "indicator": "满意度",
        "on": "2021-12-31",
        "value": "96",
        "evidence": "问卷",
    },
    ("PUT", "/entities/{entity}/{year}/words"): {"body": "增加人员", "version": "0"},
    ("POST", "/casework/{line}/kinds/{kind}/records"): {"fields": {}, "occurred_on": "2021-03-05"},
    ("POST", "/casework/{line}/records/{record}/steps/{action}"): {"occurred_on": "2021-03-05", "version": 1},
    ("POST", "/casework/{line}/records/{record}/decision"): {"approve": True, "version": 1},
    ("POST", "/casework/{line}/records/{record}/corrections"): {"changes": {}, "reason": "误", "version": 1},
    ("POST", "/casework/{line}/records/{record}/opened"): {"field": "facts", "purpose": "handling"},
    ("PUT", "/casework/{line}/returns/{form}/{month}/{organisation}"): {"values": {}},
}
NEEDED = {("POST", "/entities/{entity}/{year}/proposals"): Action.PREPARE_VOUCHER}
"""What the example asks for, where an endpoint takes several things."""
QUERIES = {
    "/entities/{entity}/{year}/words": "?key=functions",
    "/publications/{number}/file": "?path=x",
    "/casework/{line}/metrics": "?first=2021-01-01&last=2021-12-31",
    "/casework/{line}/metrics/{metric}": "?first=2021-01-01&last=2021-12-31",
}

ENDPOINTS = [
    (method, path, operation.view_func)
    for _, router in service._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
    for method in operation.methods
]
NAMES = [f"{method} {path}" for method, path, _ in ENDPOINTS]


def ask(method: str, path: str, entity: str = "own-office", secret: str = "", client: Client | None = None):
    """Send a request whose content is well formed."""
    address = "/api/v1" + path.format(entity=entity, **EXAMPLES) + QUERIES.get(path, "")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
    stated = {"headers": {"Idempotency-Key": "k" * 16}} | headers
    client = client or Client()
    if path == "/audits" and method == "POST":
        return client.post(address, {"reports": SimpleUploadedFile("决算.txt", "决算".encode())}, **stated)
    if path.endswith("/imports"):
        return client.post(address, {"file": SimpleUploadedFile("台账.csv", "事项".encode())}, **stated)
    body = json.dumps(BODIES.get((method, path), {}))
    return client.generic(method, address, body, content_type="application/json", **stated)


@pytest.fixture(autouse=True)
def _no_limit_but_ones_own(monkeypatch):
    """So many endpoints are asked in one test that the limit a minute would answer for them."""
    from mingzhang.portal.api import guard, limits

    monkeypatch.setattr(guard, "BUCKET", limits.TokenBucket())
    monkeypatch.setattr("django.conf.settings.API_PER_MINUTE", 1_000_000, raising=False)


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


@pytest.mark.parametrize(("method", "path", "view"), ENDPOINTS, ids=NAMES)
def test_every_endpoint_states_who_may_use_it(method, path, view):
    """One without a guard is an open door; what names an entity is guarded there."""
    actions = getattr(view, "actions", ())
    assert actions, f"{path} is not made by endpoint or open_endpoint"
    assert all(action in ("everybody", "anybody") or isinstance(action, Action) for action in actions)
    assert view.of_entity == ("{entity}" in path)


@pytest.mark.parametrize(("method", "path", "view"), ENDPOINTS, ids=NAMES)
def test_nobody_asks_without_a_token(district, method, path, view):
    """What was published is for everybody, all else for who says who he is."""
    answer = ask(method, path)
    if view.actions == ("anybody",):
        assert answer.status_code != 401
    else:
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["problems"][0]["remedy"]


@pytest.mark.parametrize("role", Role.values)
def test_a_role_uses_just_its_own_endpoints(district, role):
    """(endpoint, role) at one's own entity: allowed, or 403."""
    secret = token_for(district.people[role])
    for method, path, view in ENDPOINTS:
        needed = {NEEDED[method, path]} if (method, path) in NEEDED else set(view.actions)
        allowed = view.actions in (("everybody",), ("anybody",)) or bool(needed & MAY[Role(role)])
        status = ask(method, path, secret=secret).status_code
        assert status < 500, (role, method, path)
        assert (status == 403) != allowed, (role, method, path, status)


@pytest.mark.parametrize("role", Role.values)
def test_a_foreign_entity_does_not_exist_for_programs(district, role):
    """Whatever the role: an entity outside the grant is not found."""
    secret = token_for(district.people[role])
    for method, path, view in ENDPOINTS:
        if view.of_entity:
            for entity in ("other-office", "nobody"):
                assert ask(method, path, entity, secret).status_code == 404, (role, method, path)


def test_a_token_does_no_more_than_its_scopes(district):
    """Whatever its person may do."""
    secret = token_for(district.people["accountant"], "accounts.view")
    assert ask("GET", "/entities/{entity}/{year}/missing", secret=secret).status_code == 200
    for method, path, view in ENDPOINTS:
        if isinstance(view.actions[0], Action) and Action.VIEW_ACCOUNTS not in view.actions:
            assert ask(method, path, secret=secret).status_code == 403, (method, path)
    me = ask("GET", "/me", secret=secret).json()
    assert me["actions"] == ["accounts.view"]


@pytest.mark.parametrize("what", ["revoked", "expired", "inactive", "altered", "no token of ours"])
def test_a_token_that_is_not_good_is_refused(district, what):
    """Revoked, expired, of who has left, a digit changed."""
    person = district.people["accountant"]
    secret = token_for(person)
    token = Token.objects.get()
    if what == "revoked":
        token.revoked_at = timezone.now()
    elif what == "expired":
        token.expires_at = timezone.now() - timedelta(seconds=1)
    elif what == "inactive":
        person.is_active = False
        person.save()
    token.save()
    sent = {"altered": f"{secret}x", "no token of ours": "eyJhbGciOi"}.get(what, secret)
    assert ask("GET", "/me", secret=sent).status_code == 401


def test_a_person_whose_password_was_reset_finishes_the_login_first(district):
    """Tokens rest meanwhile: the account may be in strange hands."""
    person = district.people["accountant"]
    secret = token_for(person)
    person.must_change_password = True
    person.save()
    answer = ask("GET", "/me", secret=secret)
    assert answer.status_code == 403
    assert answer.json()["problems"][0]["code"] == "login_unfinished"


def test_a_session_that_lacks_the_second_factor_is_not_enough(district, logged_in, settings):
    """As on the pages."""
    settings.SECOND_FACTOR = True
    assert ask("GET", "/me", client=logged_in("approver")).status_code == 403
    assert ask("GET", "/me", client=logged_in("accountant")).status_code == 200


def test_a_session_changes_nothing_without_its_csrf_token(district):
    """A page of another site cannot make a browser post."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(district.people["accountant"], backend="mingzhang.portal.login.ActiveUsers")
    path = "/entities/{entity}/{year}/proposals"
    assert ask("GET", "/me", client=client).status_code == 200
    answer = ask("POST", path, client=client)
    assert answer.status_code == 403
    assert answer.json()["problems"]
    assert (
        ask("POST", path, secret=token_for(district.people["accountant"]), client=client).status_code == 200
    )


def test_who_asks_too_often_is_told_when_to_come_back(district, settings, monkeypatch):
    """The limit is of a token; another goes on."""
    from mingzhang.portal.api import guard, limits

    settings.API_PER_MINUTE = 3
    monkeypatch.setattr(guard, "BUCKET", limits.TokenBucket())
    first, second = token_for(district.people["accountant"]), token_for(district.people["reviewer"])
    assert [ask("GET", "/me", secret=first).status_code for _ in range(4)] == [200, 200, 200, 429]
    late = ask("GET", "/me", secret=first)
    assert int(late["Retry-After"]) >= 1
    assert late.json()["problems"][0]["code"] == "too_many_requests"
    assert ask("GET", "/me", secret=second).status_code == 200


def test_the_use_of_a_token_is_noted_and_its_changes_bear_its_name(district):
    """Last use; the trail says that it was a program."""
    person = district.people["accountant"]
    secret = token_for(person)
    assert ask("POST", "/entities/{entity}/{year}/proposals", secret=secret).status_code == 200
    assert Token.objects.get().last_used_at is not None
    assert TrailEntry.objects.get(action="起草").actor == f"{person.name}（接口：测试）"


def test_an_idle_session_gets_an_answer_not_a_page(district, logged_in, monkeypatch):
    """401 as JSON, where a page would be redirected."""
    client = logged_in("accountant")
    session = client.session
    session["seen"] = 1.0
    session.save()
    answer = ask("GET", "/me", client=client)
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/json")


def test_an_unknown_address_is_answered_as_json(db):
    """Programs are not shown pages."""
    answer = Client().get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["problems"][0]["code"] == "not_found"


def test_a_role_at_a_unit_does_not_show_the_department(district):
    """A grant reaches down."""
    person = district.people["section"]
    Grant.objects.filter(user=person).delete()
    Grant.objects.create(user=person, role="accountant", entity=district.own.centre)
    secret = token_for(person)
    assert [each["code"] for each in ask("GET", "/entities", secret=secret).json()] == ["own-centre"]
    assert ask("GET", "/entities/{entity}", "own", secret).status_code == 404
