"""Two departments, a person for every role at the first and at the second, and clients logged in as them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

PASSWORD = "Sufficient-2021"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR = False


@pytest.fixture
def district(db):
    """`own` and `other`: each a department with an office and a centre; `people[role]` may act at `own` alone."""
    from mingzhang.records.models import Entity, Grant, Role, User

    departments = {}
    for order, (code, name) in enumerate((("own", "示例局"), ("other", "他局")), 1):
        department = Entity.objects.create(code=code, name=name, kind="department", order=order)
        departments[code] = SimpleNamespace(
            department=department,
            office=Entity.objects.create(
                code=f"{code}-office", name=f"{name}本级", kind="administrative", parent=department, order=1
            ),
            centre=Entity.objects.create(
                code=f"{code}-centre", name=f"{name}中心", kind="institution", parent=department, order=2
            ),
        )
    people = {}
    for role in Role.values:
        person = User.objects.create_user(role, PASSWORD, f"{Role(role).label}甲")
        Grant.objects.create(user=person, role=role, entity=departments["own"].department)
        people[role] = person
    return SimpleNamespace(**departments, people=people)


@pytest.fixture
def logged_in(district):
    """A client of the person with this role."""
    from django.test import Client

    def as_(role: str) -> Client:
        client = Client()
        client.force_login(district.people[role], backend="mingzhang.portal.login.ActiveUsers")
        return client

    return as_
