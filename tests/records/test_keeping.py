"""Registers and projects kept one by one (备查簿、项目): entered once, changed with a check of versions, voided with a reason."""

from __future__ import annotations

import pytest

from mingzhang.records.keeping.fields import WrongFieldsError
from mingzhang.records.keeping.projects import add_project, change_project, typed_project
from mingzhang.records.keeping.registers import REGISTERS, counted
from mingzhang.records.keeping.rows import add, change, dispose, typed_row, void, voided
from mingzhang.records.models import Grant, Project, Reception, TrailEntry, User, Vehicle
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError

pytestmark = pytest.mark.django_db
CAR = {
    "plate": "示A·0001", "kind": "执法执勤用车", "acquired_on": "2019-05-01", "disposed_on": "",
    "cost_fen": "120,000.50", "fiscal_funded": "是",
}  # fmt: skip
VISIT = {"on": "2021-03-05", "guests": "6", "spending_fen": "320.5", "foreign": "否", "occasion": "调研"}


@pytest.fixture
def keeper(bureau):
    person = User.objects.create(username="keeper", name="登记人")
    Grant.objects.create(user=person, role="accountant", entity=bureau.department)
    return person


def test_a_row_reads_back_as_it_was_typed(bureau, keeper):
    """Words become codes, yuan become fen; the form of the row shows the words again."""
    book = REGISTERS["vehicles"]
    car = add(keeper, book, bureau.office, CAR, "k1")
    assert (car.kind, car.cost_fen, car.fiscal_funded) == ("law_enforcement", 120_000_50, True)
    assert typed_row(book, car) == CAR | {"cost_fen": "120000.50"}
    entry = TrailEntry.objects.get(key=f"Vehicle:{car.pk}")
    assert (entry.actor, entry.action, entry.after["plate"]) == ("登记人", "登记", "示A·0001")


@pytest.mark.parametrize("register", list(REGISTERS))
def test_a_blank_form_is_told_every_field_that_is_needed(bureau, keeper, register):
    """Nothing is entered, and each required field has its own problem, in Chinese."""
    book = REGISTERS[register]
    with pytest.raises(WrongFieldsError) as wrong:
        add(keeper, book, bureau.office, {}, "k1")
    required = {entry.name for entry in book.fields if entry.required}
    assert wrong.value.fields.keys() == required
    assert not book.model.objects.exists()


def test_the_same_form_sent_twice_is_one_row(bureau, keeper):
    """By its key; two visits that are alike in everything are two, if they were entered twice."""
    book = REGISTERS["receptions"]
    assert add(keeper, book, bureau.office, VISIT, "k1") == add(keeper, book, bureau.office, VISIT, "k1")
    add(keeper, book, bureau.office, VISIT, "k2")
    assert Reception.objects.count() == 2


def test_a_key_of_another_unit_leads_nowhere(bureau, keeper):
    """A key cannot be used to see what another unit entered."""
    add(keeper, REGISTERS["receptions"], bureau.office, VISIT, "k1")
    with pytest.raises(RefusedError) as refused:
        add(keeper, REGISTERS["receptions"], bureau.centre, VISIT, "k1")
    assert refused.value.problems[0].code == "key_taken"


def test_a_car_cannot_be_registered_twice(bureau, keeper):
    """Plate and day of purchase name it within its unit."""
    book = REGISTERS["vehicles"]
    add(keeper, book, bureau.office, CAR, "k1")
    with pytest.raises(WrongFieldsError) as wrong:
        add(keeper, book, bureau.office, CAR, "k2")
    assert [problem.code for problem in wrong.value.problems] == ["duplicate_row"]
    assert add(keeper, book, bureau.centre, CAR, "k3").entity == bureau.centre


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"acquired_on": "2099-01-01"}, "date_in_future"),
        ({"disposed_on": "2018-01-01"}, "wrong_date"),
        ({"cost_fen": "-1"}, "negative_amount"),
        ({"kind": "飞机"}, "unknown_vehicle_kind"),
        ({"plate": "长" * 21}, "text_too_long"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(bureau, keeper, changed, code):
    """The rules of the import, one form at a time."""
    with pytest.raises(WrongFieldsError) as wrong:
        add(keeper, REGISTERS["vehicles"], bureau.office, CAR | changed, "k1")
    assert {name: problem.code for name, problem in wrong.value.fields.items()} == {next(iter(changed)): code}


def test_the_second_of_two_editors_is_told(bureau, keeper):
    """Nothing is overwritten silently; the trail has what the first one changed."""
    book = REGISTERS["vehicles"]
    car = add(keeper, book, bureau.office, CAR, "k1")
    change(keeper, book, car, 1, CAR | {"cost_fen": "1"})
    with pytest.raises(ChangedMeanwhileError):
        change(keeper, book, car, 1, CAR | {"cost_fen": "2"})
    car.refresh_from_db()
    assert (car.cost_fen, car.version) == (100, 2)
    entry = TrailEntry.objects.get(key=f"Vehicle:{car.pk}", action="修改")
    assert (entry.before["cost_fen"], entry.after["cost_fen"]) == (120_000_50, 100)


def test_saving_without_a_change_leaves_no_trace(bureau, keeper):
    """No new version, no entry of the trail."""
    book = REGISTERS["vehicles"]
    car = add(keeper, book, bureau.office, CAR, "k1")
    assert change(keeper, book, car, 1, CAR).version == 1
    assert TrailEntry.objects.filter(key=f"Vehicle:{car.pk}").count() == 1


def test_a_car_that_went_counts_in_earlier_years_only(bureau, keeper):
    """处置 dates it out: it is kept at the end of the year before, and not at the end of its last year."""
    book = REGISTERS["vehicles"]
    car = add(keeper, book, bureau.office, CAR, "k1")
    dispose(keeper, book, car, 1, "2021-06-30")
    kept = {year: counted(book, [bureau.office], year)[0].value for year in (2020, 2021)}
    assert kept == {2020: 1, 2021: 0}
    assert not book.rows([bureau.office], 2021, "held").exists()
    assert book.rows([bureau.office], 2021, "year").count() == 1


def test_a_voided_row_stays_readable_with_its_reason(bureau, keeper):
    """It leaves the register and the counts; the trail keeps what it said and why it went."""
    book = REGISTERS["receptions"]
    visit = add(keeper, book, bureau.office, VISIT, "k1")
    with pytest.raises(RefusedError):
        void(keeper, book, visit, 1, "  ")
    void(keeper, book, visit, 1, "登记错单位")
    assert not Reception.objects.exists()
    (entry,) = voided(book, bureau.office)
    assert (entry.reason, entry.before["occasion"], entry.actor) == ("登记错单位", "调研", "登记人")


def test_who_may_not_keep_registers_changes_nothing(bureau, keeper):
    """The policy is asked by the action itself, not by the page alone."""
    reader = User.objects.create(username="reader", name="看账人")
    Grant.objects.create(user=reader, role="reviewer", entity=bureau.department)
    book = REGISTERS["vehicles"]
    car = add(keeper, book, bureau.office, CAR, "k1")
    for attempt in (
        lambda: add(reader, book, bureau.office, CAR, "k2"),
        lambda: change(reader, book, car, 1, CAR | {"cost_fen": "1"}),
        lambda: void(reader, book, car, 1, "不要了"),
        lambda: add_project(reader, bureau.office, {"code": "X", "name": "X"}, "k3"),
    ):
        with pytest.raises(RefusedError) as refused:
            attempt()
        assert refused.value.problems[0].code == "not_allowed"
    assert Vehicle.objects.get().cost_fen == 120_000_50


def test_a_project_is_entered_under_a_first_level_one_of_the_department(bureau, keeper):
    """Its code is new; what stands above it is a first-level project."""
    stated = {"code": "P9", "name": "新项目", "parent": "P1", "year_from": "2021", "year_to": "2022"}
    project = add_project(keeper, bureau.office, stated, "k1")
    assert (project.parent.code, project.version) == ("P1", 1)
    for wrong, field in (
        ({"code": "P1"}, "code"),
        ({"parent": "P1-1"}, "parent"),
        ({"year_to": "2020"}, "year_to"),
    ):
        with pytest.raises(WrongFieldsError) as refused:
            add_project(keeper, bureau.office, stated | {"code": "P10"} | wrong, "k2")
        assert refused.value.fields.keys() == {field}


def test_a_project_keeps_its_code(bureau, keeper):
    """The ledger names it; everything else may change, with the trail."""
    project = Project.objects.get(code="P1-1")
    stated = typed_project(project) | {"code": "别的", "effect": "办结一百件", "secret": "是"}
    changed = change_project(keeper, project, 1, stated)
    assert (changed.code, changed.effect, changed.secret, changed.version) == ("P1-1", "办结一百件", True, 2)
    entry = TrailEntry.objects.get(key=f"Project:{project.pk}")
    assert (entry.before["secret"], entry.after["secret"]) == (False, True)


def test_a_project_with_sub_projects_cannot_become_one(bureau, keeper):
    """项目只分两级."""
    other = add_project(keeper, bureau.office, {"code": "P2", "name": "另一项目"}, "k1")
    top = Project.objects.get(code="P1")
    with pytest.raises(WrongFieldsError) as refused:
        change_project(keeper, top, 1, typed_project(top) | {"parent": other.code})
    assert refused.value.fields["parent"].code == "project_too_deep"
