"""Open the books: configure Django once, choose the database, bring its tables up to date."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from mingzhang.records.database import database_settings, default_address


def open_books(path_or_url: str | Path | None = None) -> None:
    """Open (or make) the books at a path or database URL; without one, those of the environment.

    May be called again in one process to turn to other books.
    """
    prepare(str(path_or_url or default_address()))
    _migrate()


def prepare(address: str) -> None:
    """Configure Django and turn to a database, without looking at its tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingzhang.records.settings")
    django.setup()
    use_database(address)


def use_database(address: str) -> None:
    """Point Django's default connection to another database."""
    wanted = database_settings(address)
    current = settings.DATABASES[DEFAULT_DB_ALIAS]
    if all(current.get(name) == value for name, value in wanted.items()):
        return
    if hasattr(connections._connections, DEFAULT_DB_ALIAS):
        connections[DEFAULT_DB_ALIAS].close()
        del connections[DEFAULT_DB_ALIAS]
    if wanted["ENGINE"].endswith("sqlite3") and wanted["NAME"] != ":memory:":
        Path(wanted["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    settings.DATABASES = {DEFAULT_DB_ALIAS: wanted}
    connections.settings = connections.configure_settings(settings.DATABASES)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
