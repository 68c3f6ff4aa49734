"""Which database the tests use: SQLite, or the PostgreSQL of `MINGZHANG_TEST_DATABASE_URL`."""

import os

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Turn the test run to that database before pytest-django makes its tables."""
    from mingzhang.records.setup import use_database

    use_database(os.environ.get("MINGZHANG_TEST_DATABASE_URL") or ":memory:")
