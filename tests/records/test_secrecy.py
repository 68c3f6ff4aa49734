"""Secret projects: their money in every total, their codes and names nowhere."""

import zipfile
from datetime import date

import pytest

from mingzhang.facts import Coordinate
from mingzhang.records.material import material
from mingzhang.records.models import BudgetLine, Project, Voucher
from mingzhang.records.points import fact_store
from mingzhang.records.publishing import publish
from mingzhang.records.trace import moved_by, vouchers_of
from records.bookkeeping import ADMIN, accept, at_bureau, book

CODES, NAMES = ("MIMA-1", "MIMA-2", "MIMA-2-1"), ("某密码设备", "某保密工程", "某保密工程子项", "机密用途")


@pytest.fixture
def secrets(bureau):
    """An open project, a secret sub-project of it, a secret first-level project with a sub-project not marked itself."""
    office = bureau.office
    Project.objects.create(
        code=CODES[0], name=NAMES[0], entity=office, secret=True, parent=Project.objects.get(code="P1")
    )
    above = Project.objects.create(code=CODES[1], name=NAMES[1], entity=office, secret=True)
    Project.objects.create(code=CODES[2], name=NAMES[2], entity=office, parent=above)
    accept(
        book(office, "V03", 100_000_00, economic="30201", project="P1-1"),
        book(office, "V03", 50_000_00, economic="30201", project=CODES[0]),
        book(office, "V03", 30_000_00, economic="30201", project=CODES[1], detail=NAMES[3]),
        book(office, "V03", 20_000_00, economic="30201", project=CODES[2]),
    )
    for project, fen in (("P1-1", 100_00), (CODES[0], 50_00), (CODES[2], 20_00)):
        BudgetLine.objects.create(
            entity=office, year=2021, stage="initial", function=ADMIN, nature="project",
            fund="general_public_budget", project=project, fen=fen,
        )  # fmt: skip
    return bureau


def test_the_money_of_secret_projects_is_in_every_total(secrets):
    """Totals, functions, natures and the open project above are whole; the secret ones cannot be asked for."""
    store = fact_store("bureau", [2021])
    asked = {
        "expenditure": 200_000,
        f"expenditure[function={ADMIN},nature=project]": 200_000,
        "expenditure[project=P1]": 150_000,
        "expenditure[project=P1-1]": 100_000,
        "self_evaluated_projects": 1,
        "self_evaluated_amount": 150_000,
        "expenditure#initial_budget": 170,
        "expenditure[project=P1]#initial_budget": 150,
    }
    assert {text: store.value(at_bureau(text)) for text in asked} == asked
    for code in CODES:
        assert store.value(at_bureau(f"expenditure[project={code}]")) is None
        assert store.value(at_bureau(f"expenditure[project={code}]#initial_budget")) is None


def test_no_list_knows_a_secret_project(secrets):
    """Material, vocabulary and points: what is not there cannot be printed."""
    assert {entry.code for entry in material(secrets.department, 2021).projects} == {"P1", "P1-1", "P1-2"}
    store = fact_store("bureau", [2021])
    known = {code for point in store.points() for _, code in point.dimensions}
    assert not known & {*CODES, *NAMES}
    assert not set(CODES) & set(store.vocabulary.dimensions["project"].parents)


@pytest.mark.parametrize("entity", ["bureau", "office"])
def test_nothing_published_names_a_secret_project(entity, secrets, tmp_path):
    """JSON, HTML with its derivations, CSV, spreadsheet and text: neither code nor name, in the department's or the unit's."""
    from mingzhang.records.models import Entity

    unit = Entity.objects.get(code=entity)
    formats = ("docx", "html", "xlsx", "json", "package")
    publish(
        unit, 2021, "national_fy2021", tmp_path, formats=formats, draft=True, published_on=date(2022, 8, 1)
    )
    found = {path.name: _content(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert len(found) > 10
    assert any("服务经费" in text for text in found.values())
    leaks = [(name, word) for name, text in found.items() for word in (*CODES, *NAMES) if word in text]
    assert leaks == []


def _content(path):
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_traces_of_totals_still_add_up(secrets):
    """The department's own trace finds every voucher; the open project above has those of its secret part."""
    for text in (
        "expenditure",
        "expenditure[project=P1]",
        "expenditure[project=P1]#initial_budget",
        "self_evaluated_amount",
    ):
        rows = vouchers_of(at_bureau(text))
        assert sum(row.value for row in rows) == fact_store("bureau", [2021]).value(at_bureau(text))
    number = Voucher.objects.filter(lines__classification__project=CODES[1]).distinct().get().number
    figures = {
        f"{text}@bureau/2021": ""
        for text in ("expenditure", "expenditure[project=P1]", "self_evaluated_amount")
    }
    assert moved_by(number, figures) == [Coordinate.parse("expenditure@bureau/2021")]
