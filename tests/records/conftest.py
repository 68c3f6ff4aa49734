"""A small department for the tests of the records: an office, a legal-aid centre and a managed institution."""

from types import SimpleNamespace

import pytest


@pytest.fixture
def bureau(db):
    from mingzhang.records.founding import found_department
    from mingzhang.records.models import Entity, Project
    from mingzhang.records.trail import enter

    department = Entity(code="bureau", name="示例局", kind="department")
    units = {
        "office": Entity(code="office", name="示例局本级", kind="administrative", order=1),
        "centre": Entity(code="centre", name="示例中心", kind="institution", order=2),
        "managed": Entity(code="managed", name="示例参公单位", kind="civil_servant_managed", order=3),
    }
    found_department(department, units.values())
    above = units["office"]
    [service] = enter([Project(code="P1", name="服务经费", entity=above, effect="开展服务")])
    enter(
        Project(code=f"P1-{number}", name=f"服务经费{chinese}", entity=above, parent=service)
        for number, chinese in ((1, "一"), (2, "二"))
    )
    return SimpleNamespace(department=department, **units)
