"""Approved subsidies become vouchers of the right project; register and ledger are compared record by record."""

from datetime import date

import pytest

from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.errors import ChangedMeanwhileError, RefusedError
from mingzhang.records.casework.models import CasePost, PaymentRequest
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.paying import assign, match, post, withdraw
from mingzhang.records.casework.payment_differences import differences
from mingzhang.records.casework.transitions import take
from mingzhang.records.models import Grant, Project, User, Voucher
from mingzhang.records.proposals import flow
from mingzhang.records.trail import enter
from records.casework.helping import BEGINNING, TODAY, clean, key

ON = date(2023, 6, 30)


@pytest.fixture
def desk(bureau, district):
    for name, role in (("accountant", "accountant"), ("reviewer", "reviewer"), ("approver", "approver")):
        person = User(username=name, name=name)
        person.set_unusable_password()
        enter([person])
        enter([Grant(user=person, role=role, entity=bureau.department)])
        setattr(district, name, person)
    officer = User(username="officer", name="officer君")
    officer.set_unusable_password()
    enter([officer])
    enter([CasePost(user=officer, role="PUB", line="street_work", valid_from=BEGINNING)])
    district.officer, district.office = officer, bureau.office
    return district


def approved(desk, yuan, name=None, on=date(2023, 5, 1)):
    fields = {"item": "救助", "person_name": name or f"某{key()}"}
    record = open_record(
        desk.officer, "street_work.help", fields, occurred_on=on, command_key=key(), today=TODAY
    )
    return take(
        desk.officer, record, "approve", {"subsidy": yuan}, occurred_on=on, command_key=key(), today=TODAY
    )


def requests():
    return list(PaymentRequest.objects.order_by("pk"))


def booked(desk, proposal):
    proposal = flow.submit(desk.accountant, proposal, proposal.version)
    proposal = flow.review(desk.reviewer, proposal, proposal.version)
    return flow.approve(desk.approver, proposal, proposal.version)


def whats(comparison):
    return [each.what for each in comparison.differences]


def test_approved_subsidies_end_as_a_voucher_of_the_project(desk):
    first, second = approved(desk, "1200"), approved(desk, "800.50")
    asked = requests()
    assert [(row.record, row.fen, row.project.code) for row in asked] == [
        (first, 120000, "P1"),
        (second, 80050, "P1"),
    ]
    proposal = post(desk.accountant, asked, on=ON)
    assert proposal.amount_fen == 200050
    assert {row.state for row in requests()} == {"proposed"}
    booked(desk, proposal)
    assert {row.state for row in requests()} == {"posted"}
    voucher = Voucher.objects.get()
    assert {row.voucher for row in requests()} == {voucher}
    line = voucher.lines.get(classification__economic="30226", classification__system="B")
    assert (line.fen, line.debit, line.classification.project, line.classification.function) == (
        200050,
        True,
        "P1",
        "2040607",
    )
    comparison = differences("street_work", 2023)
    assert (comparison.register_fen, comparison.ledger_fen, comparison.differences) == (200050, 200050, ())
    assert comparison.agrees
    clean()


def test_requests_paid_one_by_one_and_posted_twice_are_one_proposal(desk):
    approved(desk, "10")
    (asked,) = requests()
    post(desk.accountant, [asked], on=ON)
    with pytest.raises(ChangedMeanwhileError):
        post(desk.accountant, [asked], on=ON)
    with pytest.raises(RefusedError, match="凭证待审"):
        post(desk.accountant, requests(), on=ON)


def test_only_who_prepares_vouchers_may_post(desk):
    approved(desk, "10")
    for who in ("officer", "reviewer", "head", "finance"):
        with pytest.raises(RefusedError, match="没有这项权限"):
            post(getattr(desk, who), requests(), on=ON)
    assert requests()[0].state == "requested"


def test_a_withdrawn_proposal_opens_its_requests_again(desk):
    approved(desk, "10")
    proposal = post(desk.accountant, requests(), on=ON)
    flow.withdraw(desk.accountant, proposal, proposal.version)
    assert (requests()[0].state, requests()[0].proposal) == ("requested", None)
    booked(desk, post(desk.accountant, requests(), on=ON))
    assert differences("street_work", 2023).agrees
    clean()


def test_a_request_without_a_project_waits_until_finance_says_which(desk):
    enter([Project(code="P2", name="另一服务经费", entity=desk.office)])
    approved(desk, "10")
    (asked,) = requests()
    assert asked.project is None
    with pytest.raises(RefusedError, match="没有确定项目"):
        post(desk.accountant, [asked], on=ON)
    with pytest.raises(RefusedError):
        assign(desk.officer, asked, Project.objects.get(code="P2"))
    asked = assign(desk.accountant, asked, Project.objects.get(code="P2"))
    booked(desk, post(desk.accountant, [asked], on=ON))
    assert differences("street_work", 2023).agrees
    clean()


def test_requests_of_several_projects_are_not_paid_together(desk):
    approved(desk, "10"), approved(desk, "20")
    other = enter([Project(code="P3", name="别项", entity=desk.office)])[0]
    _, second = requests()
    assign(desk.accountant, second, other)
    with pytest.raises(RefusedError, match="不属于同一"):
        post(desk.accountant, requests(), on=ON)


def test_requests_are_matched_with_a_voucher_that_is_booked_already(desk):
    """A payment made outside: matched as far as the voucher reaches, and the months of the project agree."""
    first, second = approved(desk, "100"), approved(desk, "50")
    by_record = {row.record_id: row for row in requests()}
    booked(desk, post(desk.accountant, [by_record[first.pk]], on=ON))
    voucher = Voucher.objects.get()
    with pytest.raises(RefusedError, match="不够对应"):
        match(desk.accountant, [by_record[second.pk]], voucher)
    with pytest.raises(RefusedError, match="没有这项权限"):
        match(desk.officer, [by_record[second.pk]], voucher)
    asked = PaymentRequest.objects.get(record=first)
    asked.voucher, asked.state = None, "requested"
    asked.save()
    other = PaymentRequest.objects.get(record=second)
    withdraw(desk.accountant, other, "不再支付")
    (row,) = match(desk.accountant, [asked], voucher)
    assert (row.state, row.voucher, row.project.code) == ("posted", voucher, "P1")
    found = differences("street_work", 2023)
    assert [(month.unit, month.project, month.month, month.apart_fen) for month in found.months] == [
        ("office", "P1", date(2023, 5, 1), 5000),
        ("office", "P1", date(2023, 6, 1), 0),
    ]


def test_every_difference_between_register_and_ledger_is_listed(desk):
    paid, waiting, gone, changed = (approved(desk, str(yuan)) for yuan in (100, 200, 300, 400))
    by_record = {row.record_id: row for row in requests()}
    booked(desk, post(desk.accountant, [by_record[paid.pk], by_record[changed.pk]], on=ON))
    with pytest.raises(RefusedError, match="理由"):
        withdraw(desk.officer, by_record[gone.pk], "")
    withdraw(desk.officer, by_record[gone.pk], "重复核准")
    correct(desk.officer, changed, {"subsidy": "350"}, "金额有误", today=TODAY)
    payload = {
        "date": "2023-07-01", "summary": "直接支付的补贴", "kind": "ordinary",
        "event": {
            "template": "V04", "amounts": 7700, "payment": "integrated", "nature": "project", "project": "P1",
            "function": "2040607", "economic": "30226",
        },
    }  # fmt: skip
    booked(desk, flow.save(desk.accountant, "voucher", desk.office, 2023, payload, "beside"))
    found = differences("street_work", 2023)
    assert found.register_fen == 100_00 + 200_00 + 300_00 + 350_00
    assert found.ledger_fen == 500_00 + 77_00
    assert not found.agrees
    assert {(each.what, each.register_fen, each.ledger_fen) for each in found.differences} == {
        ("付款申请待付款", 20000, 0),
        ("付款申请已撤回", 30000, 0),
        ("核准金额在付款后更正", 35000, 40000),
        ("账上已付，台账没有", 0, 7700),
    }
    assert all(each.remedy for each in found.differences)
    assert found.register_fen - found.ledger_fen == sum(
        each.register_fen - each.ledger_fen for each in found.differences
    )
    assert waiting in [each.record for each in found.differences]
    clean()
