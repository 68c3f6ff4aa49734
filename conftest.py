"""Which database the tests use: SQLite, or the PostgreSQL of `MINGZHANG_TEST_DATABASE_URL`; and `--update` for golden files."""

import os
import sys
from collections.abc import Iterator

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
"""Chromium's driver keeps an event loop in its worker; tests that follow there still ask the database."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Turn the test run to that database before pytest-django makes its tables, one database a worker."""
    from mingzhang.records.setup import use_database

    use_database(os.environ.get("MINGZHANG_TEST_DATABASE_URL") or ":memory:")
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that use the books use the queue of jobs beside them."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            given = {"databases": ["default", "jobs"], **(marker.kwargs if marker else {})}
            item.add_marker(pytest.mark.django_db(**given), append=False)


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
    for name in ("mingzhang.records.live", "mingzhang.records.standing"):
        module = sys.modules.get(name)
        if module is not None:
            module.forget()
