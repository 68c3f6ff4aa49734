"""The nine tables in the portal: live figures, each leading to its derivation and its vouchers."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import quote

import openpyxl
import pytest
from accounts_made import AT, keep_books

from mingzhang.records.models import Grant, User
from records.bookkeeping import accept, book

pytestmark = pytest.mark.django_db

TOTAL = "expenditure@own/2021#actual"


@pytest.fixture
def books(district):
    keep_books(district)
    return district


def page(client, path, **asked):
    answer = client.get(f"{AT}/tables/{path}", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_all_forms_of_the_edition(books, logged_in):
    """Nine, with the totals they are about."""
    text = page(logged_in("accountant"), "")
    assert text.count("单位与汇总</a>") == 9
    assert "17.90" in text


def test_a_figure_leads_to_its_derivation_and_to_its_vouchers(books, logged_in):
    """The total of the expenditure table opens the five vouchers that make it up."""
    client = logged_in("accountant")
    text = page(client, "expenditure/")
    assert f'href="{AT}/tables/cell/?at={quote(TOTAL)}"' in text
    cell = page(client, "cell/", at=TOTAL)
    assert "179,000.00元" in cell
    assert cell.count('<td class="quiet">账簿</td>') == 5
    assert "169,000.00元" in cell  # last year
    voucher = re.search(r'<a href="(/e/own-office/2021/vouchers/[^"]+)"', cell)[1]
    assert client.get(voucher).status_code == 200


def test_a_new_voucher_is_in_the_table_at_once(books, logged_in):
    """Live means live."""
    client = logged_in("accountant")
    assert "17.90" in page(client, "expenditure/")
    accept(book(books.own.office, "V03", 1_000_00, on=date(2021, 8, 1), economic="30201"))
    assert "18.00" in page(client, "expenditure/")


def test_amounts_are_shown_in_yuan_where_asked(books, logged_in):
    """The switch between 万元 and 元."""
    assert "179,000.00" in page(logged_in("accountant"), "expenditure/", unit="yuan")


def test_units_stand_side_by_side_with_the_whole(books, logged_in):
    """Office, centre, eliminations, total."""
    text = page(logged_in("accountant"), "expenditure/", view="units", unit="yuan")
    heads = text[text.index("<thead>") : text.index("</thead>")]
    assert [heads.index(name) for name in ("示例局本级", "示例局中心", "内部抵销", "汇总")] == sorted(
        heads.index(name) for name in ("示例局本级", "示例局中心", "内部抵销", "汇总")
    )
    for figure in ("173,000.00", "6,000.00", "179,000.00"):
        assert figure in text


def test_this_year_stands_beside_last_year(books, logged_in):
    """10,000 more on 169,000 is 5.9 %."""
    text = page(logged_in("accountant"), "expenditure/", view="compare", unit="yuan")
    for figure in ("179,000.00", "169,000.00", "10,000.00", "5.9"):
        assert f">{figure}</a>" in text


def test_a_unit_has_no_units_of_its_own(books, logged_in):
    """The view is neither offered nor given."""
    answer = logged_in("accountant").get("/e/own-office/2021/tables/expenditure/?view=units")
    assert "单位与汇总" not in answer.content.decode()


def test_the_spreadsheet_holds_the_figures_as_numbers(books, logged_in):
    """One sheet, and no cell that a program could run."""
    answer = logged_in("accountant").get(f"{AT}/tables/expenditure/download/?view=compare&unit=yuan")
    book_ = openpyxl.load_workbook(io.BytesIO(answer.content))
    values = [cell.value for row in book_.active.iter_rows() for cell in row]
    assert len(book_.sheetnames) == 1
    assert 179000 in values
    assert "attachment" in answer["Content-Disposition"]


def test_editions_are_switchable_and_unknown_ones_are_the_usual(books, logged_in):
    """The choice is kept in the links."""
    client = logged_in("accountant")
    assert "edition=national_fy2021" in page(client, "", edition="national_fy2021")
    assert "edition=" not in page(client, "", edition="../../etc").partition("<table")[2]
    assert client.get(f"{AT}/tables/nothing/").status_code == 404


@pytest.mark.parametrize(
    "at",
    [
        "",
        "x",
        "expenditure@other/2021",
        "expenditure@own/2019",
        "nonsense@own/2021",
        "expenditure@own/2021#share(of=nonsense)",
    ],
)
def test_a_coordinate_that_is_not_here_does_not_exist(books, logged_in, at):
    """Neither another department's, nor another year's, nor an invented one."""
    assert logged_in("accountant").get(f"{AT}/tables/cell/", {"at": at}).status_code == 404


def test_a_person_of_one_unit_cannot_ask_for_the_department(books, logged_in):
    """The address names one's own unit, the coordinate the whole."""
    from django.test import Client

    person = User.objects.create_user("one", "x", "单位甲")
    Grant.objects.create(user=person, role="accountant", entity=books.own.office)
    client = Client()
    client.force_login(person, backend="mingzhang.portal.login.ActiveUsers")
    at = "/e/own-office/2021/tables/cell/"
    assert client.get(at, {"at": "expenditure@own-office/2021"}).status_code == 200
    assert client.get(at, {"at": "expenditure@own-centre/2021"}).status_code == 404
    assert client.get(at, {"at": TOTAL}).status_code == 404


def test_who_may_not_see_the_books_sees_no_voucher(books, logged_in):
    """Sections look at the accounts; vouchers are for those who may open them."""
    assert '<td class="quiet">账簿</td>' not in page(logged_in("section"), "cell/", at=TOTAL)


def test_a_secret_project_is_in_the_total_and_in_no_list(books, logged_in):
    """Neither code nor name on any page of the tables; nobody can ask for it."""
    client = logged_in("finance_head")
    pages = [page(client, "expenditure/", view=view) for view in ("form", "units", "compare")]
    pages.append(page(client, "cell/", at="expenditure[nature=project]@own/2021#actual"))
    assert "70,000.00元" in pages[-1]
    assert not [text for text in pages if "MIMA-1" in text or "某密码设备" in text]
    assert client.get(f"{AT}/tables/cell/", {"at": "expenditure[project=MIMA-1]@own/2021"}).status_code == 404
