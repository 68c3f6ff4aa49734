"""The floor of the portal's list: the same fifty vouchers of a unit with their lines as a page written by hand.

A WSGI application without Django's requests or templates: one connection a process, plain statements, text put together by
f-strings. The books are those of `DATABASE_URL`. Two pages, named by the address:

    /bare/unit01/2021      two statements and a table, nobody asks who is reading
    /whole/unit01/2021     what the portal's page is: the session is read and proved, the person is active and may look at the
                           unit, and the text is the portal's, its frame (`HAND_WRITTEN_FRAME`, a file) given ready-made
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from html import escape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROWS = "<!-- rows -->"
"""Where the rows belong in the frame."""

_VOUCHERS = """
    SELECT v.id, v.number, v.date, v.summary, v.prepared_by, v.reviewed_by, v.reason, v.kind FROM records_voucher v
    WHERE v.entity_id = (SELECT id FROM records_entity WHERE code = {0}) AND v.year = {0} ORDER BY v.number_order DESC LIMIT 51
"""
_LINES = """
    SELECT l.voucher_id, c.system, c.account, l.debit, l.fen FROM records_voucherline l
    JOIN records_classification c ON c.id = l.classification_id
    WHERE l.voucher_id IN ({0}) ORDER BY l.voucher_id, l.sequence
"""
_SESSION = "SELECT session_data FROM django_session WHERE session_key = {0} AND expire_date > {0}"
_MAY = """
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT id, parent_id FROM records_entity WHERE code = {0}
        UNION ALL SELECT e.id, e.parent_id FROM records_entity e JOIN above ON e.id = above.parent_id
    )
    SELECT u.password, g.role FROM people_user u JOIN people_grant g ON g.user_id = u.id JOIN above ON above.id = g.entity_id
    WHERE u.id = {0} AND u.is_active
"""
_LOOKS = frozenset(
    {"accountant", "reviewer", "approver", "finance_head", "bureau", "inspector", "performance"}
)
_SALT = "django.contrib.sessions.SessionStore"


@cache
def _connection() -> tuple[Any, str]:
    """The process's connection, and how its parameters are written."""
    address = os.environ["DATABASE_URL"]
    if "://" in address:
        import psycopg

        return psycopg.connect(address, autocommit=True), "%s"
    return sqlite3.connect(address), "?"


def _read(unit: str, year: int) -> tuple[list[tuple[Any, ...]], dict[int, list[tuple[Any, ...]]]]:
    """The newest fifty vouchers of a unit, and their lines by key."""
    connection, place = _connection()
    vouchers = connection.execute(_VOUCHERS.format(place), (unit, year)).fetchall()[:50]
    keys = [row[0] for row in vouchers]
    lines: dict[int, list[tuple[Any, ...]]] = {key: [] for key in keys}
    for key, *line in connection.execute(_LINES.format(",".join([place] * len(keys))), keys):
        lines[key].append(line)
    return vouchers, lines


def bare_page(unit: str, year: int) -> str:
    """The table alone."""
    vouchers, lines = _read(unit, year)
    rows = "".join(_bare_row(row, lines[row[0]]) for row in vouchers)
    return f"<!doctype html><meta charset=utf-8><title>凭证</title><table>{rows}</table>"


def _bare_row(voucher: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> str:
    _, number, day, summary, prepared, reviewed, *_ = voucher
    sides = [" ".join(line[1] for line in lines if line[0] == "F" and line[2] == debit) for debit in (1, 0)]
    fen = sum(line[3] for line in lines if line[0] == "F" and line[2])
    return (
        f"<tr><td><a href='/{escape(number)}/'>{escape(number)}</a><td>{day}<td>{escape(summary)}<td>{sides[0]}<td>{sides[1]}"
        f"<td>{fen // 100:,}.{fen % 100:02}<td>{escape(prepared)}<td>{escape(reviewed)}</tr>"
    )


def whole_page(unit: str, year: int) -> str:
    """The portal's page: its frame around the same rows."""
    vouchers, lines = _read(unit, year)
    books = f"/e/{unit}/{year}/vouchers/"
    return _frame().replace(ROWS, "".join(_row(books, row, lines[row[0]]) for row in vouchers))


def _row(books: str, voucher: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> str:
    _, number, day, summary, prepared, reviewed, reason, _ = voucher
    sides = [
        "".join(_account(line[1]) for line in lines if line[0] == "F" and line[2] == debit)
        for debit in (1, 0)
    ]
    fen = sum(line[3] for line in lines if line[0] == "F" and line[2])
    return f"""    <tr>
      <td class="digits"><a href="{books}{quote(number)}/">{escape(number)}</a></td>
      <td class="digits">{day}</td>
      <td class="summary">{escape(summary)}{f'<span class="remark">{escape(reason)}</span>' if reason else ""}</td>
      <td class="accounts">{sides[0]}</td><td class="accounts">{sides[1]}</td>
      <td class="number">{fen // 100:,}.{fen % 100:02}</td>
      <td></td>
      <td>{escape(prepared)}</td>
      <td>{escape(reviewed)}</td>
    </tr>
"""


@cache
def _frame() -> str:
    return Path(os.environ["HAND_WRITTEN_FRAME"]).read_text(encoding="utf-8")


@cache
def _account(code: str) -> str:
    return f"<span>{code} {escape(_names()[code].name)}</span>"


@cache
def _names() -> Any:
    from mingzhang.catalogue.loading import chart_of_accounts

    return chart_of_accounts().accounts


def _may_look(cookies: str, unit: str) -> bool:
    """Whether the session is one of an active person with an unchanged password and a role at the unit or above it."""
    from django.core import signing
    from django.utils.crypto import salted_hmac

    connection, place = _connection()
    found = SimpleCookie(cookies).get("sessionid")
    if found is None:
        return False
    now: Any = datetime.now(UTC)
    if place == "?":
        now = now.strftime("%Y-%m-%d %H:%M:%S")
    row = connection.execute(_SESSION.format(place), (found.value, now)).fetchone()
    if row is None:
        return False
    secret = os.environ["MINGZHANG_SECRET_KEY"]
    held = signing.loads(row[0], key=secret, salt=_SALT, fallback_keys=())
    rights = connection.execute(_MAY.format(place), (unit, held["_auth_user_id"])).fetchall()
    if not rights:
        return False
    salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    proof = salted_hmac(salt, rights[0][0], secret=secret, algorithm="sha256").hexdigest()
    return proof == held["_auth_user_hash"] and any(role in _LOOKS for _, role in rights)


def application(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request."""
    kind, unit, year = environment["PATH_INFO"].strip("/").split("/")
    if kind == "whole" and not _may_look(environment.get("HTTP_COOKIE", ""), unit):
        start("403 Forbidden", [("Content-Length", "0")])
        return [b""]
    body = (whole_page if kind == "whole" else bare_page)(unit, int(year)).encode()
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
