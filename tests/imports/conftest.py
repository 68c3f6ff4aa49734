"""A small department whose books imports are taken into; after every test they must agree with their trail."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.apps import apps


@pytest.fixture
def bureau(db):
    from mingzhang.records.founding import found_department
    from mingzhang.records.models import Entity, Project
    from mingzhang.records.trail import enter

    department = Entity(code="bureau", name="示例局", kind="department", edition="national_fy2021")
    office = Entity(code="office", name="示例局本级", kind="administrative", order=1)
    found_department(department, [office])
    [service] = enter([Project(code="P1", name="服务经费", entity=office)])
    yield SimpleNamespace(department=department, office=office, service=service)
    from mingzhang.records.verifying import verify_books

    assert [problem.in_chinese() for problem in verify_books(Counter())] == []


@pytest.fixture
def row_counts(bureau):
    """Asks how many rows every table of the books has."""

    def count():
        models = apps.get_app_config("records").get_models()
        return {model.__name__: model._base_manager.count() for model in models}

    return count
