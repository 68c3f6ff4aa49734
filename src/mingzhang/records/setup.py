"""Open the books: configure Django once, choose the database, bring its tables up to date."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from mingzhang.records.database import JOBS, databases, default_address
from mingzhang.records.routing import JOBS_APPS, jobs_stand_apart


def open_books(path_or_url: str | Path | None = None) -> None:
    """Open (or make) the books at a path or database URL; without one, those of the environment.

    May be called again in one process to turn to other books.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingzhang.records.settings")
    django.setup()
    use_database(str(path_or_url or default_address()))
    _migrate()


def use_database(address: str) -> None:
    """Point Django's connections to another database: the books and the queue beside them."""
    wanted = databases(address)
    current = settings.DATABASES
    if all(current[alias].get(name) == value for alias in wanted for name, value in wanted[alias].items()):
        return
    for alias in wanted:
        if hasattr(connections._connections, alias):
            connections[alias].close()
            del connections[alias]
    books = wanted[DEFAULT_DB_ALIAS]
    if books["ENGINE"].endswith("sqlite3") and books["NAME"] != ":memory:":
        Path(books["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    settings.DATABASES = wanted
    connections.settings = connections.configure_settings(settings.DATABASES)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    if not jobs_stand_apart():
        return
    made = MigrationRecorder(connections[JOBS]).applied_migrations()
    for app in JOBS_APPS:
        if any(node not in made for node in executor.loader.graph.nodes if node[0] == app):
            call_command("migrate", app, database=JOBS, interactive=False, verbosity=0)
