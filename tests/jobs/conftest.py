"""Departments whose work is done by jobs: a small one in the tests' own database, the sample in books of its own."""

from types import SimpleNamespace

import pytest

from jobs.real_books import Books

PEOPLE = {
    "accountant": ["accountant"], "reviewer": ["reviewer"], "first": ["approver"], "second": ["approver"],
    "head": ["finance_head"], "secrecy": ["confidentiality"], "keeper": ["administrator"],
}  # fmt: skip

_SAMPLE = f"""
from mingzhang.sample import build_sample
build_sample()
department = Entity.objects.get(kind="department")
for name, roles in {PEOPLE!r}.items():
    user = User(username=name, name=name)
    user.set_unusable_password()
    user.save()
    for role in roles:
        Grant.objects.create(user=user, role=role, entity=department)
"""


@pytest.fixture(scope="session")
def sample_books(tmp_path_factory):
    """The sample's books with people, for tests that copy them."""
    books = Books.make(tmp_path_factory.mktemp("sample") / "home")
    books.run(_SAMPLE)
    return books


@pytest.fixture
def books(sample_books, tmp_path):
    """The sample's books in a data folder of this test."""
    return sample_books.copy(tmp_path / "home")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A data folder for jobs that run in this process."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def bureau(transactional_db, home):
    """A department with one unit and people, in the tests' database; commits are real."""
    from mingzhang.records.models import Entity, Grant, User

    department = Entity.objects.create(code="bureau", name="示例局", kind="department")
    office = Entity.objects.create(code="office", name="示例局本级", kind="administrative", parent=department)
    other = Entity.objects.create(code="other", name="另一单位", kind="administrative", parent=department)
    people = {name: User.objects.create(username=name, name=name) for name in PEOPLE}
    for name, roles in PEOPLE.items():
        for role in roles:
            Grant.objects.create(user=people[name], role=role, entity=department)
    clerk = User.objects.create(username="clerk", name="clerk")
    Grant.objects.create(user=clerk, role="accountant", entity=office)
    return SimpleNamespace(department=department, office=office, other=other, clerk=clerk, **people)
