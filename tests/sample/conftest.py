"""The sample bureau, built once for a file of tests and taken back after it."""

import pytest
from django.db import transaction

from mingzhang.records.points import fact_store
from mingzhang.sample.build import build_sample


@pytest.fixture(scope="module")
def sample_books(django_db_setup, django_db_blocker):
    """The sample bureau's books, open for the tests of one file."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_sample()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sample_store(sample_books):
    """Every fact of the department for both years."""
    return fact_store("yunling-justice", (2020, 2021))
