"""Sessions in the database (会话), read by one plain statement with every request."""

from __future__ import annotations

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
        return self.decode(found[0][0])
