"""The pages of vouchers: list and downloads, one, its print, entering by event and by lines."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.models import Proposal, Voucher
from mingzhang.records.proposals import flow

pytestmark = pytest.mark.django_db

BOOKS = "/e/own-office/2021/vouchers/"
EVENT = {
    "mode": "event",
    "event": "V02",
    "date": "2021-03-05",
    "summary": "支付印刷费",
    "amount-amount": "1,234.50",
    "function": "2040601 行政运行",
    "economic": "印刷费",
    "nature": "basic",
    "fund": "general_public_budget",
    "key": "k" * 32,
    "version": "",
}


def book(unit, template, fen, on, **stated):
    stated = {"function": "2040601", "economic": "30202", **stated}
    posted = post([voucher_from_event(template, unit, on, fen, **stated)])
    assert posted.accepted, posted.problems
    return posted.numbers[0]


@pytest.fixture
def numbers(district):
    """Three vouchers of the own office."""
    office = district.own.office
    return [
        book(office, "V02", 100_00, date(2021, 3, 1), summary="支付印刷费"),
        book(office, "V02", 200_00, date(2021, 4, 1), summary="=HYPERLINK(1)", economic="30201"),
        book(office, "V02", 300_00, date(2021, 4, 2), summary="邮电费", economic="30207"),
    ]


def lines(debit="500", credit="500.00", **changes):
    """A form of lines: costs against quota in both systems."""
    columns = {
        "financial-account": ["5001 业务活动费用", "零余额账户用款额度", ""],
        "financial-debit": [debit, "", ""],
        "financial-credit": ["", credit, ""],
        "budgetary-account": ["71010101", "800101"],
        "budgetary-debit": [debit, ""],
        "budgetary-credit": ["", credit],
        "budgetary-function": ["2040601", ""],
        "budgetary-economic": ["30201 办公费", ""],
        "budgetary-nature": ["basic", ""],
        "budgetary-fund": ["general_public_budget", ""],
    }
    head = {"mode": "lines", "date": "2021-03-05", "summary": "购办公用品", "key": "l" * 32, "version": ""}
    return {**head, **columns, **changes}


def test_the_list_shows_vouchers_and_narrows_by_what_is_typed(logged_in, numbers):
    """Text, month, account by name, amount; a number leads to its voucher."""
    client = logged_in("accountant")

    def found(query):
        text = client.get(f"{BOOKS}?{query}").content.decode()
        return [number for number in numbers if f">{number}</a>" in text]

    assert found("") == numbers
    assert found("q=印刷") == numbers[:1]
    assert found("month=4") == numbers[1:]
    assert found("account=业务活动费用&low=150&high=250") == numbers[1:2]
    assert found("economic=302") == numbers
    assert found("economic=邮电费") == numbers[2:]
    answer = client.get(f"{BOOKS}?q={numbers[2]}")
    assert answer["Location"] == reverse(
        "voucher", kwargs={"entity": "own-office", "year": 2021, "number": numbers[2]}
    )


@pytest.mark.parametrize(("query", "said"), [("account=没有的科目", "没有名称含"), ("low=abc", "不是金额")])
def test_a_condition_that_cannot_be_understood_is_named(logged_in, numbers, query, said):
    """Nothing is listed, what was typed stays."""
    answer = logged_in("reviewer").get(f"{BOOKS}?{query}")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert query.partition("=")[2] in answer.content.decode()


def test_the_list_downloads_its_lines_as_csv_and_xlsx(logged_in, numbers):
    """All lines under the conditions, amounts as numbers, text that looks like a formula disarmed."""
    client = logged_in("accountant")
    answer = client.get(f"{BOOKS}?month=4&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "attachment" in answer["Content-Disposition"]
    assert len(text.splitlines()) == 1 + 8
    assert "'=HYPERLINK(1)" in text
    assert ",200.00," in text
    file = b"".join(client.get(f"{BOOKS}?month=4&format=xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet.max_row == 9
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells["=HYPERLINK(1)"] == "s"
    assert cells[200] == "n"


def test_one_voucher_tells_its_lines_people_and_figures(logged_in, numbers):
    """Codes with their names, the amount in capital characters, what it moves in the final accounts."""
    client = logged_in("inspector")
    text = client.get(f"{BOOKS}{numbers[0]}/").content.decode()
    for said in (
        "5001 业务活动费用",
        "30202 印刷费",
        "人民币壹佰元整",
        "本年支出",
        "机关运行经费",
        "下一张",
    ):
        assert said in text
    assert "冲销" not in text  # who may not prepare is offered no adjustment
    assert client.get(f"{BOOKS}没有这张/").status_code == 404


def test_the_printed_form_has_both_systems_and_the_sum_in_words(logged_in, numbers):
    """Several vouchers in the order asked for; unknown numbers are passed over."""
    client = logged_in("accountant")
    text = client.get(f"{BOOKS}print/?number={numbers[2]}&number={numbers[0]}&number=x").content.decode()
    assert text.index(numbers[2]) < text.index(numbers[0])
    assert text.count("记 账 凭 证") == 2
    assert "人民币叁佰元整" in text
    assert "没有要打印的凭证" in client.get(f"{BOOKS}print/").content.decode()


def test_every_event_has_a_form_and_the_menu_finds_it(logged_in, district):
    """By plain words; a department's office is not offered what only institutions book."""
    client = logged_in("accountant")
    menu = client.get(f"{BOOKS}new/").content.decode()
    events = re.findall(r'href="\?event=(V\d\d)"', menu)
    assert len(events) > 35
    assert "V28" not in events
    assert "event=V22" in client.get(f"{BOOKS}new/?q=加油").content.decode()
    assert "event=V16" in client.get(f"{BOOKS}new/?q=买电脑").content.decode()
    for event in events:
        assert client.get(f"{BOOKS}new/?event={event}").status_code == 200
    assert client.get(f"{BOOKS}new/?event=V28").status_code == 404


def test_the_preview_shows_both_systems_and_what_is_wrong(logged_in, district):
    """The entries the event will make; a missing code is a problem, half an amount a note."""
    client = logged_in("accountant")
    text = client.post(f"{BOOKS}preview/", EVENT).content.decode()
    assert "71010101 基本支出" in text
    assert "1,234.50" in text
    assert "可以提交" in text
    text = client.post(f"{BOOKS}preview/", EVENT | {"economic": "301"}).content.decode()
    assert "301 工资福利支出不是款级科目" in text
    text = client.post(f"{BOOKS}preview/", EVENT | {"amount-amount": "12x"}).content.decode()
    assert "不是金额" in text
    assert not Proposal.objects.exists()


def test_an_event_is_saved_and_submitted_at_once(logged_in, district):
    """One click makes the draft and hands it over; the same click again is the same proposal."""
    client = logged_in("accountant")
    for _ in range(2):
        answer = client.post(f"{BOOKS}new/", EVENT | {"action": "submit"})
        proposal = Proposal.objects.get()
        assert answer["Location"] == f"/proposals/{proposal.pk}/"
    assert (proposal.state, proposal.title, proposal.amount_fen) == ("submitted", "支付印刷费", 1_234_50)
    assert proposal.payload["event"]["economic"] == "30202"


def test_what_cannot_be_posted_is_not_submitted_and_nothing_typed_is_lost(logged_in, district):
    """The form comes back with the problem; as a draft it may be kept all the same."""
    client = logged_in("accountant")
    wrong = EVENT | {"economic": "301", "summary": "还没想好"}
    answer = client.post(f"{BOOKS}new/", wrong | {"action": "submit"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "不是款级科目" in text
    assert 'value="还没想好"' in text
    assert not Proposal.objects.exists()
    client.post(f"{BOOKS}new/", wrong | {"action": "save"})
    assert Proposal.objects.get().state == "draft"


def test_going_back_and_changing_a_saved_voucher_is_told(logged_in, district):
    """The same form sent again with other content does not pass as saved, and the old content is not submitted."""
    client = logged_in("accountant")
    client.post(f"{BOOKS}new/", EVENT | {"action": "save"})
    answer = client.post(f"{BOOKS}new/", EVENT | {"summary": "改过了", "action": "submit"}, follow=True)
    assert "这次的改动没有保存" in answer.content.decode()
    assert (Proposal.objects.get().title, Proposal.objects.get().state) == ("支付印刷费", "draft")


def test_lines_are_saved_with_their_codes(logged_in, district):
    """Names stand for codes where they are clear, empty lines fall away, both systems are posted."""
    client = logged_in("accountant")
    client.post(f"{BOOKS}new/", lines(action="submit", note="发票两张"))
    proposal = Proposal.objects.get()
    assert proposal.state == "submitted"
    assert [line["account"] for line in proposal.payload["financial"]] == ["5001", "1011"]
    proposal = flow.review(district.people["reviewer"], proposal, proposal.version)
    proposal = flow.approve(district.people["approver"], proposal, proposal.version)
    number = proposal.result["number"]
    text = client.get(f"{BOOKS}{number}/").content.decode()
    for said in ("发票两张", "起草", "复核", "审批", "30201 办公费"):
        assert said in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"credit": "400"}, "借贷不平"),
        ({"debit": "5..0"}, "不是金额"),
        ({"summary": ""}, "写明经济业务内容"),
        ({"date": "2021-02-30"}, "填写日期"),
        ({"financial-credit": ["7", "500", ""]}, "只填一边"),
        ({"financial-account": ["没有", "1011", ""]}, "没有会计科目"),
    ],
)
def test_a_wrong_line_is_named_and_the_form_comes_back(logged_in, district, changes, said):
    """Where it is and what to do."""
    answer = logged_in("accountant").post(f"{BOOKS}new/", lines(**changes, action="submit"))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "71010101" in answer.content.decode()


def test_a_draft_is_changed_by_its_own_accountant_only_and_not_over_a_newer_one(logged_in, district):
    """Editing shows the event's form again; an old version is refused; a stranger is sent to the proposal."""
    client = logged_in("accountant")
    client.post(f"{BOOKS}new/", EVENT | {"action": "save"})
    proposal = Proposal.objects.get()
    address = f"{BOOKS}{proposal.pk}/edit/"
    form = client.get(address).content.decode()
    assert 'value="1234.50"' in form
    assert "30202 印刷费" in form
    changed = EVENT | {"amount-amount": "99", "version": str(proposal.version), "action": "save"}
    assert client.post(address, changed).status_code == 302
    proposal.refresh_from_db()
    assert proposal.amount_fen == 99_00
    late = client.post(address, changed | {"amount-amount": "98"})
    assert late.status_code == 422
    assert "已被修改" in late.content.decode()
    assert 'value="98"' in late.content.decode()
    flow.submit(district.people["accountant"], proposal, proposal.version)
    assert client.get(address)["Location"] == f"/proposals/{proposal.pk}/"


def test_the_next_voucher_keeps_the_habits_of_the_last(logged_in, district):
    """提交并录下一张 opens the same event with the same function; recent ones are offered to be entered again."""
    client = logged_in("accountant")
    answer = client.post(f"{BOOKS}new/", EVENT | {"action": "next"}, follow=True)
    assert 'value="2040601 行政运行"' in answer.content.decode()
    menu = client.get(f"{BOOKS}new/").content.decode()
    again = re.search(r"again=(\d+)", menu)
    assert again
    text = client.get(f"{BOOKS}new/?again={again[1]}").content.decode()
    assert 'value="1234.50"' in text


def test_a_posted_voucher_is_copied_and_adjusted_as_lines(logged_in, numbers):
    """Copy: its lines again; 冲销: in red, of the adjusting kind, with the reason to be written."""
    client = logged_in("accountant")
    copy = client.get(f"{BOOKS}new/?copy={numbers[0]}").content.decode()
    assert copy.count('value="100.00"') == 4
    red = client.get(f"{BOOKS}new/?adjust={numbers[0]}&way=reverse").content.decode()
    assert red.count('value="-100.00"') == 4
    assert re.search(r'<option value="adjusting" selected', red)
    both = client.get(f"{BOOKS}new/?adjust={numbers[0]}&way=correct").content.decode()
    assert (both.count('value="-100.00"'), both.count('value="100.00"')) == (4, 4)
    assert client.get(f"{BOOKS}new/?adjust={numbers[0]}&way=x").status_code == 404
    assert client.get(f"{BOOKS}new/?again=999999").status_code == 404


def test_suggestions_of_codes_put_those_in_use_first(logged_in, numbers):
    """行政运行 of the unit's own function stands before the forty others of that name."""
    client = logged_in("accountant")
    text = client.get(f"{BOOKS}codes/functions/?function=行政运行").content.decode()
    assert re.findall(r'value="(\d+)', text)[0] == "2040601"
    assert "30202 印刷费" in client.get(f"{BOOKS}codes/economics/?economic=302").content.decode()
    assert "5001" not in client.get(f"{BOOKS}codes/budgetary/?a=5001").content.decode()


def test_a_department_offers_its_units(logged_in, district):
    """Books are kept by units; the department's own address shows which."""
    answer = logged_in("accountant").get("/e/own/2021/vouchers/")
    assert answer.status_code == 200
    assert "/e/own-office/2021/vouchers/" in answer.content.decode()


def test_any_number_has_an_address(logged_in, district):
    """Imported numbers may contain what separates addresses elsewhere."""
    draft = voucher_from_event(
        "V02",
        district.own.office,
        date(2021, 3, 1),
        100,
        function="2040601",
        economic="30201",
        number="记/1?#%",
    )
    assert post([draft]).accepted
    client = logged_in("accountant")
    text = client.get(BOOKS).content.decode()
    address = re.search(r'href="([^"]+)">记/1\?#%</a>', text)[1]
    assert client.get(address).status_code == 200
    assert Voucher.objects.get().number == "记/1?#%"
