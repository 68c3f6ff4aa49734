"""The audit of a draft whose project spending holds a secret project (涉密项目): what is not listed is no contradiction."""

from __future__ import annotations

from datetime import date

import pytest
from accounts_made import YEAR, make_ready

from mingzhang.records.draft_findings import draft_audit
from mingzhang.records.live import live
from mingzhang.records.models import Project
from mingzhang.records.publishing import edition_of
from records.bookkeeping import accept, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(district):
    """Two open projects and a secret one, whose spending no list of projects may show."""
    Project.objects.create(code="OPEN-2", name="宣传经费", entity=district.own.office, effect="开展宣传")
    accept(
        book(district.own.office, "V03", 900_00, date(YEAR, 9, 1), economic="30201", project="OPEN-2"),
        book(district.own.office, "V03", 700_00, date(YEAR - 1, 9, 1), economic="30201", project="OPEN-2"),
    )
    return make_ready(district)


@pytest.mark.parametrize("whose", ["department", "office"])
def test_listed_projects_need_not_add_up_to_all_project_spending(ready, whose):
    """Neither the department's complete draft nor a unit's unfinished one, whose blanks name 项目支出, is called wrong."""
    entity = getattr(ready.own, whose)
    found = draft_audit(live(entity, YEAR), entity, edition_of(entity))
    assert [each.remark.message for each in found.every if each.remark.severity == "error"] == []
    assert found.coverage["contradicted"] == 0
    assert found.coverage["verified"] > 100
