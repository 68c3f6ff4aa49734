"""The sample district: its figures keep the rules of accounting but for what was mistyped, and the same day makes the same books."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from mingzhang.catalogue.loading import edition, vocabulary
from mingzhang.pipeline.disclosing import findings
from mingzhang.read.nine_tables import read_nine_tables
from mingzhang.records.district.stages import Stage
from mingzhang.records.district.states import states
from mingzhang.records.models import Entity, Publication
from mingzhang.records.verifying import verify_books
from mingzhang.sample.build import SampleError
from mingzhang.sample.district import add_district
from mingzhang.sample.district.figures import figures
from mingzhang.sample.district.plan import EDITION, accounts_year, departments
from mingzhang.sample.district.workbook import SLIPS, filled_workbook
from mingzhang.sample.people import add_people

YEAR = 2025


@pytest.mark.parametrize("plan", departments()[::12], ids=lambda plan: plan.code)
def test_a_department_has_nothing_against_itself(plan):
    """Before anybody mistypes anything."""
    assert findings(figures(plan, YEAR), plan.code, YEAR) == []


def test_the_plan_is_of_sixty_departments_at_every_stage():
    """Published in time and late, overdue, running, waiting, not approved, nothing handed in; contradictions of both sorts."""
    every = departments()
    assert len({plan.code for plan in every}) == len({plan.head for plan in every}) == 60
    assert {plan.slip for plan in every} == {"", *SLIPS}
    assert {plan.submitted for plan in every} == {plan.stated for plan in every} == {True, False}
    assert any(plan.approved is None for plan in every if plan.stated)


@pytest.mark.parametrize("slip", ["", *SLIPS])
def test_a_filled_workbook_is_read_as_it_was_typed(slip, tmp_path):
    """The same bytes each time; with a slip, the mistyped figure is read and no other differs."""
    plan = departments()[10]
    store = figures(plan, YEAR)
    content = filled_workbook(plan, store, YEAR, slip)
    assert content == filled_workbook(plan, store, YEAR, slip)
    path = tmp_path / "filled.xlsx"
    path.write_bytes(content)
    words = vocabulary(YEAR).with_entities([(plan.code, None, plan.full_name)])
    read, problems = read_nine_tables(path, edition(EDITION), words, plan.code, YEAR)
    assert not [problem for problem in problems if problem.is_error]
    wrong = {str(fact.coordinate) for fact in read.statements() if fact.value != store.value(fact.coordinate)}
    assert wrong == ({SLIPS[slip].format(code=plan.code, year=YEAR)} if slip else set())


def test_the_accounts_are_of_a_year_before_every_approval():
    """On whatever day it is built, for a year around the turn of the years."""
    for days in range(366):
        today = date(2026, 6, 1) + timedelta(days)
        year = accounts_year(today)
        for plan in departments():
            if plan.approved is not None:
                assert (today - timedelta(plan.approved)).year > year


@pytest.mark.django_db(databases="__all__")
def test_a_district_stands_in_its_books(tmp_path, monkeypatch, sample_people):
    """Figures, people, approvals and publications as planned, every one on the trail."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    year = add_district(date.today(), 5)
    own = list(Entity.objects.filter(kind="department", parent__kind="government").exclude(order=0))
    found = {state.department.code: state for state in states(own, year)}
    assert Counter(state.stage for state in found.values()) == {
        Stage.PUBLISHED: 3,
        Stage.OVERDUE: 1,
        Stage.WITHIN: 1,
    }
    for plan in departments()[:5]:
        state = found[plan.code]
        assert state.contact.phone == plan.phone
        assert state.days_taken == (None if plan.published is None else plan.approved - plan.published)
    assert Publication.objects.count() == 3
    assert list(verify_books(Counter())) == []
    with pytest.raises(SampleError):
        add_district(date.today(), 1)


@pytest.fixture
def sample_people(db):
    """The sample bureau without its vouchers, and its people."""
    from mingzhang.sample.registers import add_organisation

    add_organisation()
    return add_people()
