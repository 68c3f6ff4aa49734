"""Vouchers for the tests of points and traces."""

from datetime import date

from hypothesis import strategies as st

from mingzhang.facts import Coordinate
from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.opening import opening_balances
from mingzhang.records.places import Place

AID, ADMIN = "2040607", "2040601"


def book(entity, template, fen, on=date(2021, 5, 20), **details):
    return voucher_from_event(template, entity, on, fen, **{"function": ADMIN, **details})


def accept(*drafts):
    posted = post(drafts)
    assert posted.accepted, [problem.in_chinese() for problem in posted.problems]


def at_bureau(text):
    if "@" in text:
        return Coordinate.parse(text)
    cell, measured, measure = text.partition("#")
    return Coordinate.parse(f"{cell}@bureau/2021{measured}{measure}")


def fill(bureau):
    """Two units, two projects, vehicles' running costs with details, own money in the centre."""
    accept(
        book(bureau.office, "V03", 100_00, economic="30101"),
        book(bureau.office, "V22", 30_00, payment="direct", detail="维修费"),
        book(bureau.office, "V22", 5_00, payment="direct", detail="保险费"),
        book(bureau.office, "V17", 200_00, payment="direct"),
        book(
            bureau.office, "V24", 40_00, economic="30227", project="P1-1", contract="HT-1", payment="direct"
        ),
        book(bureau.office, "V03", 2_00, economic="30201", project="P1-2"),
        book(bureau.managed, "V03", 7_00, economic="30201"),
        book(bureau.centre, "V03", 60_00, economic="30201", function=AID),
        book(bureau.centre, "V28", 50_00, function=AID),
        book(bureau.centre, "V14", 20_00, function=AID, economic="30201", payment="bank"),
    )


def opened(unit, fiscal=8_000, other=5_000):
    last = Place("820204") if unit.kind == "administrative" else Place("820105", fund="nonfiscal_special")
    return opening_balances(
        unit,
        2021,
        {Place("120102"): fiscal, Place("1002"): other, Place("3001"): -fiscal - other},
        {
            Place("800103"): fiscal,
            Place("800102"): other,
            Place("810107", function=ADMIN, nature="basic", fund="general_public_budget"): -fiscal,
            last: -other,
        },
    )


EVENTS = (
    ("office", "V01", {"group": "public"}),
    ("office", "V02", {"economic": "30201"}),
    ("office", "V26", {}),
    ("office", "V14", {"economic": "30201", "payment": "bank"}),
    ("office", "V24", {"economic": "30227", "contract": "HT", "project": "P1-2", "payment": "direct"}),
    ("centre", "V28", {}),
    ("centre", "V28", {"fund": "nonfiscal_special", "project": "P1-1"}),
    ("centre", "V14", {"economic": "30201", "payment": "bank"}),
    (
        "centre",
        "V14",
        {"economic": "30201", "payment": "bank", "fund": "nonfiscal_special", "project": "P1-1"},
    ),
    ("centre", "V29", {"accounts": ["4401"]}),
    ("centre", "V30", {"accounts": ["5201"], "economic": "30201"}),
    ("managed", "V03", {"economic": "30302"}),
    ("managed", "V38", {"payment": "bank"}),
    ("managed", "V32", {"payment": "bank"}),
)
chosen_events = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.integers(1, 10**9), st.integers(1, 12)), min_size=1, max_size=10
)


def drafts_of(bureau, chosen):
    return [
        book(getattr(bureau, unit), template, fen, date(2021, month, 3), **details)
        for (unit, template, details), fen, month in chosen
    ]
