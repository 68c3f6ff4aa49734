"""Every address of the portal against every role, at one's own entity and at a foreign one."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mingzhang.records.models import Role
from mingzhang.records.policy import MAY, Action

pytestmark = pytest.mark.django_db(databases="__all__")

_EXAMPLES = {"year": 2021, "number": 1, "row": 1}
"""What stands for the parts of an address that are not the entity."""


def _patterns(resolver: URLResolver, prefix: str = ""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern


PAGES = [
    (route, pattern)
    for route, pattern in _patterns(get_resolver())
    if not route.startswith(("static", "api/"))
]


def _address(route: str, entity: str) -> str:
    """An address with example values in its places."""
    made = []
    for part in route.split("/"):
        if part.startswith("<"):
            name = part.strip("<>").split(":")[-1]
            made.append(str({"entity": entity, **_EXAMPLES}.get(name, "x")))
        else:
            made.append(part)
    return "/" + "/".join(made)


@pytest.mark.parametrize(("route", "pattern"), PAGES, ids=[route or "/" for route, _ in PAGES])
def test_every_page_states_who_may_open_it(route, pattern):
    """A page without a guard is an open door."""
    actions = getattr(pattern.callback, "actions", None)
    assert actions, f"{route} is not made by page, everybody or anybody"
    assert all(action in ("everybody", "anybody") or isinstance(action, Action) for action in actions)


GUARDED = [
    (route, pattern)
    for route, pattern in PAGES
    if getattr(pattern.callback, "actions", ())[:1] != ("anybody",)
]


@pytest.mark.parametrize(("route", "pattern"), GUARDED, ids=[route for route, _ in GUARDED])
def test_nobody_enters_without_logging_in(client, district, route, pattern):
    """The address of a page for staff leads to the login."""
    answer = client.get(_address(route, "own-office"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


OF_AN_ENTITY = [(route, pattern) for route, pattern in GUARDED if "entity>" in route]


@pytest.mark.parametrize("role", Role.values)
def test_a_foreign_entity_does_not_exist(logged_in, district, role):
    """Whatever the role: an entity outside the grant is not found, by any address or method."""
    client = logged_in(role)
    for route, _ in OF_AN_ENTITY:
        for send in (client.get, client.post):
            assert send(_address(route, "other-office")).status_code == 404, (role, route)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_just_its_own_pages(logged_in, district, role):
    """At one's own entity a page opens (or says that the record is not there) where the policy allows it, else 403."""
    client = logged_in(role)
    client.raise_request_exception = False
    for route, pattern in GUARDED:
        actions = pattern.callback.actions
        allowed = actions == ("everybody",) or bool(set(actions) & MAY[Role(role)])
        status = client.get(_address(route, "own-office")).status_code
        assert status != 500, (role, route)
        assert (status == 403) != allowed, (role, route, status)
