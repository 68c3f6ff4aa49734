"""Which connection a table is reached by: the queue and the progress of jobs by their own, all else by that of the books."""

from __future__ import annotations

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from mingzhang.records.database import JOBS

JOBS_APPS = ("jobs", "django_tasks_database")
"""Labels of the applications whose tables stand apart."""


def jobs_stand_apart() -> bool:
    """Whether the queue is a database of its own (SQLite), not a second connection to the books (PostgreSQL)."""
    return str(settings.DATABASES[DEFAULT_DB_ALIAS]["ENGINE"]).endswith("sqlite3")


def _made_at(app_label: str) -> str:
    """The connection over which the tables of an application are made and altered."""
    return JOBS if app_label in JOBS_APPS and jobs_stand_apart() else DEFAULT_DB_ALIAS


class Router:
    """Django's router of the two connections."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        """The connection of the model's application; a migration's own models are reached where the migration is."""
        label = model._meta.app_label
        if model.__module__ == "__fake__":
            return _made_at(label)
        return JOBS if label in JOBS_APPS else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        """The same: nothing is copied."""
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Each table is made once."""
        return db == _made_at(app_label)
