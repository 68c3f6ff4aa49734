"""A clock that is set while somebody is locked out or a program holds a token (改钟): neither is opened by setting it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from portal_tokens import token_for

from mingzhang.records.models import Token

pytestmark = pytest.mark.django_db
PASSWORD = "Sufficient-2021"


@pytest.fixture
def set_clock(monkeypatch):
    """Set the clock so far from the true time."""
    true = timezone.now

    def set_by(**difference) -> None:
        for name in ("django.utils.timezone.now", "axes.attempts.now", "axes.handlers.proxy.now"):
            monkeypatch.setattr(name, lambda: true() + timedelta(**difference))

    return set_by


def log_in(client, password=PASSWORD):
    return client.post("/login/", {"username": "accountant", "password": password}).status_code


@pytest.fixture
def locked(client, district):
    """Somebody who guessed five times."""
    for _ in range(5):
        log_in(client, "wrong")
    assert log_in(client) == 429
    return client


@pytest.mark.parametrize("difference", [{"minutes": 29}, {"minutes": -1}, {"days": -400}])
def test_a_clock_set_back_or_a_little_forward_lets_nobody_in(locked, set_clock, difference):
    """The failures lie in the future then, and count."""
    set_clock(**difference)
    assert log_in(locked) == 429
    assert log_in(locked) == 429


def test_a_lock_ends_by_the_clock_of_the_machine(locked, set_clock):
    """Half an hour forward, the right password is right again; guessing begins anew."""
    set_clock(minutes=31)
    assert log_in(locked, "wrong") == 401
    assert log_in(locked) == 302


def test_a_token_ends_by_the_clock_and_not_before(client, district, set_clock):
    """Set forward beyond its end it is refused, set back it is good as before, revoked it stays revoked."""
    person = district.people["accountant"]
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token_for(person)}"}

    def answer() -> int:
        return client.get("/api/v1/me", **bearer).status_code

    assert answer() == 200
    set_clock(days=2)
    assert answer() == 401
    set_clock(days=-400)
    assert answer() == 200
    set_clock(days=0)
    Token.objects.filter(user=person).update(revoked_at=timezone.now())
    set_clock(days=-400)
    assert answer() == 401
