"""Sessions in the database (会话), read by one plain statement with every request."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from mingzhang.records.statements import rows


class SessionStore(db.SessionStore):
    """As Django keeps them."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any longer, where it has ended or never was."""
        table = self.model._meta.db_table
        found = rows(
            f"SELECT session_data FROM {table} WHERE session_key = %s AND expire_date > %s",
            [self.session_key, connection.ops.adapt_datetimefield_value(timezone.now())],
        )
        if not found:
            self._session_key = None
            return {}
        return deepcopy(_decoded(found[0][0]))


@lru_cache(maxsize=2_048)
def _decoded(data: str) -> dict[str, Any]:
    """What a session's text holds, its signature proved: the same text is the same session, whenever it is read."""
    held: dict[str, Any] = SessionStore().decode(data)
    return held
