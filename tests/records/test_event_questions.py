"""The form of every business event asks for what its voucher needs, and no more (业务事项的提问)."""

from __future__ import annotations

from datetime import date

import pytest

from mingzhang.catalogue.loading import economic_classification, event_groups, voucher_templates
from mingzhang.records.checking import check
from mingzhang.records.event_questions import applies, questions
from mingzhang.records.events import voucher_from_event

pytestmark = pytest.mark.django_db

EVENTS = voucher_templates().events


def answers(asks):
    """The plainest answers to an event's questions."""
    stated = {}
    if asks.payments:
        stated["payment"] = asks.payments[0][0]
    if asks.funds:
        stated["fund"] = asks.funds[0][0]
    if asks.function:
        stated["function"] = "2040601"
    if asks.nature:
        stated["nature"] = "basic"
    if asks.group:
        stated["group"] = "public"
    if asks.economics is not None:
        allowed = [
            code
            for code, entry in economic_classification().codes.items()
            if entry.level == 2 and entry.valid_in(2021) and code.startswith(asks.economics or "302")
        ]
        stated["economic"] = allowed[0]
        if not allowed[0].startswith(("301", "302", "303")):
            stated |= {"nature": "project", "project": "P1-1"}
    if asks.contract_required:
        stated["contract"] = "HT-1"
    return stated


def amounts(name, asks):
    """One amount, or all but one, which follows from the others."""
    names = [amount for amount, _ in asks.amounts]
    if len(names) == 1:
        return 900_00
    if name == "V13":
        return {"spent": 800_00, "advance": 900_00}
    return {amount: place * 100_00 for place, amount in enumerate(names[1:], 1)}


@pytest.mark.parametrize("unit", ["office", "centre"])
@pytest.mark.parametrize("name", EVENTS)
def test_the_answers_make_a_voucher_that_may_be_posted(bureau, name, unit):
    """Answer every question in the plainest way: the voucher has no error."""
    entity = getattr(bureau, unit)
    if not applies(EVENTS[name], entity):
        pytest.skip("这类单位没有这项业务")
    asks = questions(EVENTS[name], entity)
    given = amounts(name, asks)
    draft = voucher_from_event(name, entity, date(2021, 5, 6), given, summary="试", **answers(asks))
    assert [problem.in_chinese() for problem in check(draft) if problem.is_error] == []


@pytest.mark.parametrize("unit", ["office", "centre"])
@pytest.mark.parametrize("name", EVENTS)
def test_every_choice_offered_leads_somewhere(bureau, name, unit):
    """Whatever payment mode or account the form offers, the event takes it."""
    entity = getattr(bureau, unit)
    if not applies(EVENTS[name], entity):
        pytest.skip("这类单位没有这项业务")
    asks = questions(EVENTS[name], entity)
    given = amounts(name, asks)
    for payment, _ in asks.payments:
        voucher_from_event(name, entity, date(2021, 5, 6), given, **answers(asks) | {"payment": payment})
    for choice in asks.choices:
        for account, _ in choice.accounts:
            draft = voucher_from_event(
                name, entity, date(2021, 5, 6), given, accounts=[account], **answers(asks)
            )
            taken = [entry.account for _, _, entries in draft.sides() for entry in entries]
            assert any(code.startswith(account) for code in taken)


def test_every_event_stands_in_just_one_group_of_the_menu():
    """Nothing can be booked that cannot be found, and nothing is offered twice."""
    shown = [event.template for group in event_groups() for event in group.events]
    assert sorted(shown) == sorted(EVENTS)
    assert all(event.plain and event.words for group in event_groups() for event in group.events)
