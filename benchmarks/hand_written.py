"""The floor of the portal's list: the same fifty vouchers of a unit with their lines as a page written by hand.

A WSGI application without Django's requests, sessions, rights or templates: one connection a process, two queries, text put
together by f-strings. The books are those of `DATABASE_URL`, the unit is named by the address: `/unit01/2021`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any

_VOUCHERS = """
    SELECT v.id, v.number, v.date, v.summary, v.prepared_by, v.reviewed_by FROM records_voucher v
    WHERE v.entity_id = (SELECT id FROM records_entity WHERE code = {0}) AND v.year = {0} ORDER BY v.number DESC LIMIT 51
"""
_LINES = """
    SELECT l.voucher_id, c.system, c.account, l.debit, l.fen FROM records_voucherline l
    JOIN records_classification c ON c.id = l.classification_id
    WHERE l.voucher_id IN ({0}) ORDER BY l.voucher_id, l.sequence
"""


@cache
def _connection() -> tuple[Any, str]:
    """The process's connection, and how its parameters are written."""
    address = os.environ["DATABASE_URL"]
    if "://" in address:
        import psycopg

        return psycopg.connect(address, autocommit=True), "%s"
    return sqlite3.connect(address), "?"


def page(unit: str, year: int) -> str:
    """The page of a unit's newest vouchers."""
    connection, place = _connection()
    vouchers = connection.execute(_VOUCHERS.format(place), (unit, year)).fetchall()[:50]
    keys = [row[0] for row in vouchers]
    lines: dict[int, list[tuple[Any, ...]]] = {key: [] for key in keys}
    for key, *line in connection.execute(_LINES.format(",".join([place] * len(keys))), keys):
        lines[key].append(line)
    rows = "".join(_row(row, lines[row[0]]) for row in vouchers)
    return f"<!doctype html><meta charset=utf-8><title>凭证</title><table>{rows}</table>"


def _row(voucher: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> str:
    _, number, day, summary, prepared, reviewed = voucher
    sides = [" ".join(line[1] for line in lines if line[0] == "F" and line[2] == debit) for debit in (1, 0)]
    fen = sum(line[3] for line in lines if line[0] == "F" and line[2])
    return (
        f"<tr><td><a href='/{escape(number)}/'>{escape(number)}</a><td>{day}<td>{escape(summary)}<td>{sides[0]}<td>{sides[1]}"
        f"<td>{fen // 100:,}.{fen % 100:02}<td>{escape(prepared)}<td>{escape(reviewed)}</tr>"
    )


def application(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request."""
    unit, year = environment["PATH_INFO"].strip("/").split("/")
    body = page(unit, int(year)).encode()
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
