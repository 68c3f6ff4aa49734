"""What one prepares, a second reviews and a third approves (经办、复核、审批)."""

from __future__ import annotations

import pytest

from mingzhang.records.models import Entity, Grant, Proposal, TrailEntry, User, Voucher
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import broken_entries

pytestmark = pytest.mark.django_db

PAYLOAD = {
    "date": "2021-03-05",
    "summary": "支付办公用品款",
    "event": {
        "template": "V14",
        "amounts": 500_00,
        "function": "2040601",
        "economic": "30201",
        "payment": "bank",
    },
}


@pytest.fixture
def people(bureau):
    made = {}
    for role in ("accountant", "reviewer", "approver"):
        made[role] = User.objects.create(username=role, name=role)
        Grant.objects.create(user=made[role], role=role, entity=bureau.department)
    return made


def drafted(bureau, people, key="k1", **changes):
    return flow.save(people["accountant"], "voucher", bureau.office, 2021, PAYLOAD | changes, key)


def test_three_people_post_a_voucher(bureau, people):
    """经办、复核、审批 each once; the voucher carries the three names and the proposal its number."""
    proposal = drafted(bureau, people)
    proposal = flow.submit(people["accountant"], proposal, proposal.version)
    proposal = flow.review(people["reviewer"], proposal, proposal.version)
    assert not Voucher.objects.exists()
    proposal = flow.approve(people["approver"], proposal, proposal.version)
    voucher = Voucher.objects.get()
    assert proposal.result == {"number": voucher.number}
    assert (voucher.prepared_by, voucher.reviewed_by, voucher.approved_by) == (
        "accountant",
        "reviewer",
        "approver",
    )


def test_the_same_command_twice_is_one_proposal(bureau, people):
    """A double submit by its key."""
    assert drafted(bureau, people) == drafted(bureau, people)
    assert Proposal.objects.count() == 1


def test_a_key_of_somebody_else_is_refused(bureau, people):
    """A key cannot be used to look at what another person prepared."""
    drafted(bureau, people)
    other = User.objects.create(username="second", name="second")
    Grant.objects.create(user=other, role="accountant", entity=bureau.department)
    with pytest.raises(RefusedError) as refused:
        flow.save(other, "voucher", bureau.office, 2021, PAYLOAD, "k1")
    assert refused.value.problems[0].code == "key_taken"


def test_nobody_reviews_or_approves_their_own(bureau, people):
    """Even who holds all three roles needs two others."""
    alone = people["accountant"]
    for role in ("reviewer", "approver"):
        Grant.objects.create(user=alone, role=role, entity=bureau.department)
    proposal = drafted(bureau, people)
    proposal = flow.submit(alone, proposal, proposal.version)
    with pytest.raises(RefusedError) as refused:
        flow.review(alone, proposal, proposal.version)
    assert refused.value.problems[0].code == "own_proposal"
    Grant.objects.create(user=people["reviewer"], role="approver", entity=bureau.department)
    proposal = flow.review(people["reviewer"], proposal, proposal.version)
    with pytest.raises(RefusedError):
        flow.approve(people["reviewer"], proposal, proposal.version)
    assert not Voucher.objects.exists()


def test_who_saves_over_a_newer_version_is_told(bureau, people):
    """The second of two editors loses nothing silently."""
    seen = drafted(bureau, people)
    flow.save(
        people["accountant"],
        "voucher",
        bureau.office,
        2021,
        PAYLOAD | {"summary": "甲"},
        "k1",
        proposal=seen,
        version=1,
    )
    with pytest.raises(ChangedMeanwhileError):
        flow.save(
            people["accountant"],
            "voucher",
            bureau.office,
            2021,
            PAYLOAD | {"summary": "乙"},
            "k1",
            proposal=seen,
            version=1,
        )
    assert Proposal.objects.get().title == "甲"


def test_an_approved_voucher_is_not_approved_again(bureau, people):
    """A second click on a page that is old posts nothing twice."""
    proposal = drafted(bureau, people)
    proposal = flow.submit(people["accountant"], proposal, proposal.version)
    proposal = flow.review(people["reviewer"], proposal, proposal.version)
    flow.approve(people["approver"], proposal, proposal.version)
    with pytest.raises(RefusedError):
        flow.approve(people["approver"], proposal, proposal.version)
    assert Voucher.objects.count() == 1


def test_a_voucher_with_an_error_is_not_handed_over(bureau, people):
    """What posting would refuse is refused when it is submitted, with what to do."""
    proposal = drafted(bureau, people, date="2020-03-05")
    with pytest.raises(RefusedError) as refused:
        flow.submit(people["accountant"], proposal, proposal.version)
    assert all(problem.remedy for problem in refused.value.problems)


@pytest.mark.parametrize("stated", [1, None, -500_00, "500"])
def test_the_amount_is_that_of_the_lines_whatever_the_payload_states(bureau, people, stated):
    """Nobody makes a voucher look small to whoever reviews and approves it."""
    proposal = drafted(bureau, people, amount_fen=stated)
    assert proposal.amount_fen == 500_00
    event = PAYLOAD["event"] | {"amounts": 900_00}
    changed = PAYLOAD | {"event": event, "amount_fen": 1}
    changed = flow.save(
        people["accountant"],
        "voucher",
        bureau.office,
        2021,
        changed,
        "k1",
        proposal=proposal,
        version=proposal.version,
    )
    assert changed.amount_fen == 900_00
    Proposal.objects.filter(pk=changed.pk).update(amount_fen=1)  # as an earlier release kept it
    assert flow.submit(people["accountant"], changed, changed.version).amount_fen == 900_00


def test_a_draft_that_makes_no_voucher_yet_has_no_amount(bureau, people):
    """An unfinished draft is kept all the same."""
    assert drafted(bureau, people, event={"template": "V99", "amounts": 1}, amount_fen=7).amount_fen is None


def test_a_returned_voucher_says_why_and_comes_back(bureau, people):
    """退回 needs a reason; the preparer corrects and submits again."""
    proposal = drafted(bureau, people)
    proposal = flow.submit(people["accountant"], proposal, proposal.version)
    with pytest.raises(RefusedError):
        flow.send_back(people["reviewer"], proposal, proposal.version, " ")
    proposal = flow.send_back(people["reviewer"], proposal, proposal.version, "金额与发票不符")
    assert (proposal.state, proposal.remark) == ("returned", "金额与发票不符")
    proposal = flow.save(
        people["accountant"],
        "voucher",
        bureau.office,
        2021,
        PAYLOAD,
        "k1",
        proposal=proposal,
        version=proposal.version,
    )
    assert flow.submit(people["accountant"], proposal, proposal.version).state == "submitted"


def test_a_role_at_another_unit_does_not_reach(bureau, people):
    """A grant reaches down, never sideways."""
    stranger = User.objects.create(username="stranger", name="stranger")
    Grant.objects.create(user=stranger, role="reviewer", entity=bureau.centre)
    proposal = drafted(bureau, people)
    proposal = flow.submit(people["accountant"], proposal, proposal.version)
    with pytest.raises(RefusedError) as refused:
        flow.review(stranger, proposal, proposal.version)
    assert "reviewer" in refused.value.problems[0].remedy
    assert flow.steps_open_to(flow.Access(stranger), proposal) == []


def test_a_close_waits_for_vouchers_under_way(bureau, people):
    """A month with vouchers that nobody has approved is not closed."""
    drafted(bureau, people)
    close = flow.save(people["accountant"], "close", bureau.office, 2021, {"month": 3}, "k2")
    with pytest.raises(RefusedError) as refused:
        flow.submit(people["accountant"], close, close.version)
    assert refused.value.problems[0].code == "vouchers_waiting"


def test_a_budget_document_enters_whole(bureau, people):
    """One line of expenditure is also the revenue that covers it."""
    line = {
        "function": "2040601",
        "economic": "30201",
        "nature": "basic",
        "fund": "general_public_budget",
        "fen": 1_000_00,
    }
    payload = {
        "stage": "initial",
        "document_number": "财预〔2021〕1号",
        "approved_on": "2021-01-20",
        "lines": [line],
    }
    budget = flow.save(people["accountant"], "budget", bureau.office, 2021, payload, "b1")
    budget = flow.submit(people["accountant"], budget, budget.version)
    budget = flow.review(people["reviewer"], budget, budget.version)
    budget = flow.approve(people["approver"], budget, budget.version)
    assert sorted(bureau.office.budget_lines.values_list("concept", "fen")) == [
        ("expenditure", 1_000_00),
        ("revenue", 1_000_00),
    ]
    assert len(budget.result["lines"]) == 2


def test_every_step_is_in_the_trail(bureau, people):
    """Who, when, what, in a chain that is whole."""
    proposal = drafted(bureau, people)
    proposal = flow.submit(people["accountant"], proposal, proposal.version)
    flow.send_back(people["reviewer"], proposal, proposal.version, "再核")
    entries = TrailEntry.objects.filter(key=f"Proposal:{proposal.pk}").order_by("id")
    assert [(entry.actor, entry.action, entry.reason) for entry in entries] == [
        ("accountant", "起草", ""),
        ("accountant", "提交", ""),
        ("reviewer", "退回", "再核"),
    ]
    assert not list(broken_entries(entries[0].chain))
    assert entries[0].chain.entity == Entity.objects.get(code="office")
