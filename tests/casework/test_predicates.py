"""Conditions on records: operators, dotted names, missing values, mistakes in what is written."""

from datetime import date, datetime

import pytest

from mingzhang.casework.predicates import meets, mistakes, values

VIEW = {
    "means": "诚信承诺",
    "received_at": datetime(2021, 3, 5, 16, 20),
    "subsidy": 120000,
    "groups": ["老年人", "残疾人"],
    "decision": None,
    "green": False,
    "applicants": [{"name": "甲", "sex": "女", "age": 71}, {"name": "乙", "sex": "男", "age": 30}],
}


@pytest.mark.parametrize(
    ("predicate", "holds"),
    [
        ({}, True),
        ({"means": "诚信承诺"}, True),
        ({"means": "证明"}, False),
        ({"means": {"in": ["证明", "诚信承诺"]}, "green": True}, False),
        ({"means": {"not_in": ["证明"]}}, True),
        ({"decision": {"not_in": ["不予"]}}, True),
        ({"received_at": {"ge": date(2021, 3, 5), "le": date(2021, 3, 5)}}, True),
        ({"received_at": {"gt": date(2021, 3, 5)}}, False),
        ({"subsidy": {"gt": 100000, "lt": 120001}}, True),
        ({"decision": {"ge": "甲"}}, False),
        ({"groups": {"has": "残疾人"}}, True),
        ({"groups": {"has": ["妇女", "老年人"]}}, True),
        ({"groups": {"has": ["妇女"]}}, False),
        ({"means": {"has": "诚信承诺"}}, False),
        ({"decision": {"empty": True}}, True),
        ({"absent": {"empty": True}}, True),
        ({"green": {"empty": True}}, False),
        ({"subsidy": {"empty": False}}, True),
        ({"applicants.sex": "男"}, True),
        ({"applicants.age": {"ge": 80}}, False),
        ({"applicants.age": {"lt": 40}}, True),
        ({"applicants": {"empty": True}}, False),
    ],
)
def test_conditions(predicate, holds):
    assert meets(VIEW, predicate) is holds


def test_an_unknown_operator_is_an_error_not_a_no():
    with pytest.raises(ValueError, match="like"):
        meets(VIEW, {"means": {"like": "诚信"}})


def test_dotted_names_reach_every_row():
    assert values(VIEW, "applicants.name") == ["甲", "乙"]
    assert values(VIEW, "applicants.phone") == [None, None]
    assert values(VIEW, "opponents.name") == []
    assert values(VIEW, "nothing") == [None]


def test_what_is_wrong_with_a_condition_is_told():
    told = list(mistakes({"meens": "证明", "means": {"like": "证", "in": "证明"}}, {"means"}))
    assert len(told) == 3
    assert "meens" in told[0]
    assert "like" in told[1]
    assert "列表" in told[2]
    assert list(mistakes({"means": {"in": ["证明"]}}, {"means"})) == []
