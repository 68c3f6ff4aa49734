"""What all tests share: the test database takes its tables from the kept copy of empty books, as new books do."""

from unittest.mock import patch

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Whoever makes the test database asks for the copy before the migrations, which then find nothing to do, and keeps one after them."""
    from django.core.management import call_command

    from mingzhang.records.database import JOBS
    from mingzhang.records.empty_books import is_empty, keep_tables, take_tables
    from mingzhang.records.routing import JOBS_APPS, jobs_stand_apart

    def migrate(command, *words, database="default", **options):
        fresh = command == "migrate" and database == "default" and is_empty(database)
        if fresh:
            take_tables(database)
        if command == "migrate" and database == JOBS and jobs_stand_apart():
            for app in sorted(JOBS_APPS):
                call_command("migrate", app, database=JOBS, verbosity=0, interactive=False)
        else:
            call_command(command, *words, database=database, **options)
        if fresh:
            keep_tables(database)

    with patch("django.core.management.call_command", migrate):
        yield
