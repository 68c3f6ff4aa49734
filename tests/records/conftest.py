"""A small department for the tests of the records: an office, a legal-aid centre and a managed institution."""

from types import SimpleNamespace

import pytest


@pytest.fixture
def bureau(db):
    from mingzhang.records.models import Entity, Project

    department = Entity.objects.create(code="bureau", name="示例局", kind="department")
    units = {
        "office": Entity.objects.create(
            code="office", name="示例局本级", kind="administrative", parent=department, order=1
        ),
        "centre": Entity.objects.create(
            code="centre", name="示例中心", kind="institution", parent=department, order=2
        ),
        "managed": Entity.objects.create(
            code="managed", name="示例参公单位", kind="civil_servant_managed", parent=department, order=3
        ),
    }
    above = Entity.objects.get(code="office")
    service = Project.objects.create(code="P1", name="服务经费", entity=above, effect="开展服务")
    Project.objects.create(code="P1-1", name="服务经费一", entity=above, parent=service)
    Project.objects.create(code="P1-2", name="服务经费二", entity=above, parent=service)
    return SimpleNamespace(department=department, **units)
