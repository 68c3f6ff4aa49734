"""What a request answers while the database is away or the disk is full: in words, without asking the database again."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client


class Away:
    """A database that refuses every statement."""

    def __init__(self, failure):
        self.failure = failure

    def __call__(self, execute, sql, params, many, context):
        raise self.failure


AWAY = [
    OperationalError("server closed the connection unexpectedly"),
    InterfaceError("connection already closed"),
]


@pytest.fixture
def refusing(db):
    """Let the database refuse from now on."""
    from django.db import connection

    def refuse(failure):
        return connection.execute_wrapper(Away(failure))

    return refuse


@pytest.mark.parametrize("failure", AWAY, ids=["operational", "interface"])
@pytest.mark.parametrize("page", ["/", "/desk/", "/proposals/"])
def test_a_database_that_is_away_is_told_in_words(logged_in, refusing, failure, page):
    """503 with 重试 after some seconds, whoever asks; when it is back everything goes on, nobody has to log in again."""
    client = logged_in("accountant")
    client.raise_request_exception = False
    with refusing(failure):
        answer = client.get(page)
        text = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert "数据库暂时没有应答" in text
        assert "Traceback" not in text
        assert Client().get("/health/live").status_code == 200
        assert Client().get("/health/ready").status_code == 503
    assert client.get(page).status_code == 200


def test_a_full_disk_is_told_as_one(logged_in, refusing):
    """What was typed was not saved, and what to do."""
    client = logged_in("accountant")
    client.raise_request_exception = False
    with refusing(OperationalError("database or disk is full")):
        answer = client.post("/e/own-office/2021/vouchers/new/", {"key": "k"})
    assert answer.status_code == 503
    assert "磁盘已满" in answer.content.decode()
    assert "腾出磁盘空间" in answer.content.decode()


def test_the_api_says_so_as_a_problem(refusing):
    """With the code that programs wait for."""
    client = Client(raise_request_exception=False)
    with refusing(AWAY[0]):
        answer = client.get("/api/v1/publications", headers={"Authorization": "Bearer mz_x"})
    assert answer.status_code == 503
    assert answer.json()["problems"][0]["code"] == "unavailable"
    assert answer["Retry-After"]


@pytest.mark.parametrize("hours", [-24 * 30, 24 * 30])
def test_a_clock_that_is_set_neither_opens_nor_breaks_a_session(logged_in, settings, monkeypatch, hours):
    """Set back by a month, who goes away is logged out all the same; set forward, the session has been idle."""
    import time

    client, begun = logged_in("accountant"), time.time()
    assert client.get("/desk/").status_code == 200
    monkeypatch.setattr("mingzhang.portal.middleware.sessions.time.time", lambda: begun + hours * 3600)
    assert client.get("/desk/").status_code == (200 if hours < 0 else 302)
    if hours < 0:
        away = begun + hours * 3600 + (settings.IDLE_MINUTES + 1) * 60
        monkeypatch.setattr("mingzhang.portal.middleware.sessions.time.time", lambda: away)
        assert client.get("/desk/")["Location"].startswith("/login/")
