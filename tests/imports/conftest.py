"""A small department whose books imports are taken into."""

from types import SimpleNamespace

import pytest
from django.apps import apps


@pytest.fixture
def bureau(db):
    from mingzhang.records.models import Entity, Project

    department = Entity.objects.create(
        code="bureau", name="示例局", kind="department", edition="national_fy2021"
    )
    office = Entity.objects.create(
        code="office", name="示例局本级", kind="administrative", parent=department, order=1
    )
    service = Project.objects.create(code="P1", name="服务经费", entity=office)
    return SimpleNamespace(department=department, office=office, service=service)


@pytest.fixture
def row_counts(bureau):
    """Asks how many rows every table of the books has."""

    def count():
        models = apps.get_app_config("records").get_models()
        return {model.__name__: model._base_manager.count() for model in models}

    return count
