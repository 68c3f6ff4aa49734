"""Budgets and projects in the portal: execution, documents, the line editor, projects with their secrecy."""

from __future__ import annotations

from datetime import date

import pytest

from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.models import BudgetLine, Project, Proposal

pytestmark = pytest.mark.django_db
HERE = "/e/own-office/2021/"
LINE = {
    "concept": "", "function": "2040601 行政运行", "economic": "30201", "nature": "基本支出",
    "fund": "一般公共预算财政拨款", "project": "", "fen": "1,000.50",
}  # fmt: skip


def sent(*lines, **head):
    """A document as the browser sends it."""
    stated = {
        "stage": "年初预算",
        "document_number": "财预1号",
        "approved_on": "2021-01-08",
        "key": "k1",
    } | head
    columns = {f"line_{name}": [line[name] for line in lines] for name in LINE}
    return stated | columns


def test_a_document_is_entered_and_handed_over_at_once(logged_in, district):
    """Codes with their names, amounts with separators; the proposal holds codes and fen."""
    answer = logged_in("accountant").post(HERE + "budgets/new/", sent(LINE) | {"submit": "1"})
    proposal = Proposal.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/proposals/{proposal.pk}/"
    assert (proposal.state, proposal.amount_fen) == ("submitted", 1000_50)
    (line,) = proposal.payload["lines"]
    assert (line["function"], line["nature"], line["fund"]) == ("2040601", "basic", "general_public_budget")


def test_what_cannot_be_read_is_told_at_its_cell_and_everything_typed_stays(logged_in, district):
    """422, the line with the bad amount, all values as they were typed."""
    answer = logged_in("accountant").post(
        HERE + "budgets/new/",
        sent(LINE, LINE | {"fen": "一千", "function": "不存在的科目"}) | {"submit": "1"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“一千”不是金额" in text
    assert 'value="一千"' in text
    assert 'value="财预1号"' in text
    assert 'value="1,000.50"' in text
    assert not Proposal.objects.exists()


def test_a_document_against_the_rules_may_be_a_draft_and_is_not_handed_over(logged_in, district):
    """A negative initial budget: the draft is kept, the submitting is refused with the reason."""
    client, wrong = logged_in("accountant"), sent(LINE | {"fen": "-5"})
    refused = client.post(HERE + "budgets/new/", wrong | {"submit": "1"})
    assert refused.status_code == 422
    assert "为负数" in refused.content.decode()
    assert client.post(HERE + "budgets/new/", wrong | {"draft": "1"}).status_code == 302
    assert Proposal.objects.get().state == "draft"


def test_one_amount_listed_twice_is_refused(logged_in, district):
    """Once by function with the project, once by function alone: nothing tells them apart."""
    Project.objects.create(code="P1", name="项目一", entity=district.own.office)
    with_project = LINE | {"nature": "项目支出", "project": "P1", "economic": ""}
    without = LINE | {"economic": "", "nature": "项目支出"}
    answer = logged_in("accountant").post(
        HERE + "budgets/new/", sent(with_project, without) | {"submit": "1"}
    )
    assert answer.status_code == 422
    assert "可能重复计算" in answer.content.decode()


def test_a_draft_is_changed_by_its_author_alone_and_only_as_it_was_seen(logged_in, district):
    """The form shows what was saved; an old version is told; another accountant does not find it."""
    client = logged_in("accountant")
    client.post(HERE + "budgets/new/", sent(LINE) | {"draft": "1"})
    proposal = Proposal.objects.get()
    address = f"{HERE}budgets/{proposal.pk}/edit/"
    page = client.get(address).content.decode()
    assert 'value="2040601 行政运行"' in page
    assert 'value="1000.50"' in page
    changed = sent(LINE | {"fen": "2000"}) | {"draft": "1", "version": "1"}
    assert client.post(address, changed).status_code == 302
    stale = client.post(address, changed)
    assert stale.status_code == 422
    assert "已被修改" in stale.content.decode()
    Proposal.objects.update(prepared_by=district.people["reviewer"])
    assert client.get(address).status_code == 404


def test_without_script_more_lines_are_asked_for_by_a_button(logged_in, district):
    """Nothing is saved, what was typed stays, ten lines more."""
    answer = logged_in("accountant").post(HERE + "budgets/new/", sent(LINE) | {"more": "1"})
    assert answer.status_code == 200
    assert answer.content.decode().count('name="line_fen"') == 11
    assert not Proposal.objects.exists()


def test_execution_shows_budget_spending_and_how_far_it_is(logged_in, district):
    """The tree with both stages, the share spent, the light in words."""
    for stage, fen in (("initial", 1000_00), ("adjustment", 200_00)):
        BudgetLine.objects.create(
            entity=district.own.office, year=2021, stage=stage, concept="expenditure", function="2040601",
            nature="basic", fund="general_public_budget", fen=fen, document_number="文1",
        )  # fmt: skip
    draft = voucher_from_event(
        "V14", district.own.office, date(2021, 3, 5), 300_00, function="2040601", economic="30201",
        payment="bank", nature="basic",
    )  # fmt: skip
    assert post([draft]).accepted
    text = logged_in("reviewer").get(HERE + "budgets/").content.decode()
    assert "行政运行" in text
    assert "1,200.00" in text
    assert "25.0%" in text
    assert "滞后" in text
    early = logged_in("reviewer").get(HERE + "budgets/?month=2").content.decode()
    assert "0.0%" in early
    assert "25.0%" not in early
    assert "文1" in logged_in("reviewer").get(HERE + "budgets/documents/").content.decode()


@pytest.mark.parametrize(
    "asked", ["by=unit", "by=nothing&depth=99&month=13", "by=project&depth=1", "by=economic"]
)
def test_odd_questions_get_an_ordinary_page(logged_in, district, asked):
    """Whatever stands in the address."""
    assert logged_in("accountant").get(f"{HERE}budgets/?{asked}").status_code == 200


def test_a_secret_project_is_shown_to_those_who_see_the_books(logged_in, district):
    """And marked; those without the books have no such page."""
    Project.objects.create(code="S1", name="密项", entity=district.own.office, secret=True)
    text = logged_in("accountant").get(HERE + "projects/").content.decode()
    assert "密项" in text
    assert "涉密" in text
    assert logged_in("section").get(HERE + "projects/").status_code == 403


def test_a_project_is_entered_and_changed(logged_in, district):
    """The form comes back with its errors, then saves; a second editor is told."""
    client = logged_in("accountant")
    wrong = client.post(HERE + "projects/new/", {"key": "k1", "name": "只有名称"})
    assert wrong.status_code == 422
    assert "没有填写项目编码" in wrong.content.decode()
    assert 'value="只有名称"' in wrong.content.decode()
    client.post(HERE + "projects/new/", {"key": "k1", "code": "P1", "name": "项目一"})
    project = Project.objects.get()
    address = f"{HERE}projects/{project.pk}/"
    changed = {"version": "1", "name": "项目一", "effect": "办结一百件"}
    assert client.post(address, changed).status_code == 302
    assert client.post(address, changed | {"effect": "别的"}).status_code == 422
    assert Project.objects.get().effect == "办结一百件"
    assert "办结一百件" in client.get(HERE + "projects/").content.decode()


def test_who_only_looks_is_offered_nothing_to_change(logged_in, district):
    """The reviewer sees the project without a form, and may not post."""
    project = Project.objects.create(code="P1", name="项目一", entity=district.own.office)
    client, address = logged_in("reviewer"), f"{HERE}projects/{project.pk}/"
    assert "<textarea" not in client.get(address).content.decode()
    assert client.post(address, {"version": "1", "name": "改名"}).status_code == 422
    assert Project.objects.get().name == "项目一"


def test_a_department_shows_its_units_together(logged_in, district):
    """No entry there: its units are offered instead."""
    client = logged_in("accountant")
    for page in ("budgets/", "budgets/?by=unit", "budgets/documents/", "projects/"):
        assert client.get(f"/e/own/2021/{page}").status_code == 200
    for page in ("budgets/new/", "projects/new/"):
        assert f"/e/own-office/2021/{page}" in client.get(f"/e/own/2021/{page}").content.decode()


def test_a_reviewer_reads_names_and_not_codes(logged_in, district):
    """The document as it waits: functional item, nature and money in words."""
    logged_in("accountant").post(HERE + "budgets/new/", sent(LINE) | {"submit": "1"})
    text = logged_in("reviewer").get(f"/proposals/{Proposal.objects.get().pk}/").content.decode()
    assert "2040601 行政运行" in text
    assert "一般公共预算财政拨款" in text
    assert "general_public_budget" not in text
    assert "1,000.50" in text


def test_the_spending_of_a_row_leads_to_its_vouchers(logged_in, district):
    """And to no others: by function, nature, money and project."""
    office = district.own.office
    drafts = [
        voucher_from_event(
            "V14", office, date(2021, 3, 5), 300_00, function=function, economic="30201", payment="bank",
            nature="basic", summary=summary,
        )
        for function, summary in (("2040601", "本行的支出"), ("2040602", "别行的支出"))
    ]  # fmt: skip
    assert post(drafts).accepted
    client = logged_in("accountant")
    page = client.get(HERE + "budgets/").content.decode()
    row = next(line for line in page.splitlines() if "function=2040601" in line and "nature=basic" in line)
    address = row.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    listed = client.get(address).content.decode()
    assert "本行的支出" in listed
    assert "别行的支出" not in listed


def test_the_execution_is_taken_away_as_a_table(logged_in, district):
    """What the page shows, amounts as numbers."""
    BudgetLine.objects.create(
        entity=district.own.office, year=2021, stage="initial", concept="expenditure", function="2040601",
        nature="basic", fund="general_public_budget", fen=1000_50,
    )  # fmt: skip
    answer = logged_in("accountant").get(HERE + "budgets/?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("编码,名称,年初预算（元）")
    assert any("行政运行,1000.50,0.00,1000.50,0.00" in line for line in lines)
