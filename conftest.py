"""Which database the tests use: SQLite, or the PostgreSQL of `MINGZHANG_TEST_DATABASE_URL`; and `--update` for golden files."""

import os
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Turn the test run to that database before pytest-django makes its tables, one database a worker.

    Tests that use the books may use the queue of jobs beside them.
    """
    from django.test import TransactionTestCase

    from mingzhang.records.setup import use_database

    use_database(os.environ.get("MINGZHANG_TEST_DATABASE_URL") or ":memory:")
    TransactionTestCase.databases = {"default", "jobs"}
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden documents be rewritten."""
    parser.addoption(
        "--update", action="store_true", help="rewrite golden documents; review the diff like code"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden documents are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Tests share one process: what one kept of its books is nothing to the next."""
    yield
    live = sys.modules.get("mingzhang.records.live")
    if live is not None:
        live.forget()
