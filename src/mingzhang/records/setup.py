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
    prepare(str(path_or_url or default_address()))
    migrate()


def prepare(address: str) -> None:
    """Configure Django and turn to a database, without looking at its tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingzhang.records.settings")
    django.setup()
    use_database(address)


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


def migrate() -> None:
    """Bring all tables up to date: those of the books, then those of the queue."""
    from django.core.management import call_command

    from mingzhang.records.empty_books import can_take, is_empty, keep_tables, take_tables

    fresh = [alias for alias in (DEFAULT_DB_ALIAS, JOBS) if can_take(alias) and is_empty(alias)]
    for alias in fresh:
        take_tables(alias)
    waiting = pending()
    if any(alias == DEFAULT_DB_ALIAS for alias, _, _ in waiting):
        call_command("migrate", interactive=False, verbosity=0)
    for app in sorted({app for alias, app, _ in waiting if alias == JOBS}):
        call_command("migrate", app, database=JOBS, interactive=False, verbosity=0)
    for alias in fresh:
        keep_tables(alias)


def pending() -> list[tuple[str, str, str]]:
    """(connection, application, name) of every migration that the tables still want, in order."""
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = [(DEFAULT_DB_ALIAS, migration.app_label, migration.name) for migration, _ in plan]
    if jobs_stand_apart():
        made = MigrationRecorder(connections[JOBS]).applied_migrations()
        nodes = sorted(node for node in executor.loader.graph.nodes if node[0] in JOBS_APPS)
        found += [(JOBS, *node) for node in nodes if node not in made]
    return found
