"""The table of deadline rules, and which figures of the checklist a line computes."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from mingzhang.casework.deadlines import due, in_force
from mingzhang.casework.official_calendar import official_calendar
from mingzhang.lines import deadline_rules, lines, metric_checklist
from mingzhang.lines.rules import rule_mistakes


def test_the_table_is_whole():
    rules = deadline_rules()
    assert len(rules) == 159
    assert Counter(rule.line for rule in rules)["10"] == 33
    assert list(rule_mistakes(rules)) == []
    assert {rule.bound for rule in rules} == {"MAX", "MIN", "BEFORE", "SPAN"}


def test_what_users_read_of_a_rule_is_chinese():
    for rule in deadline_rules():
        told = rule.trigger + rule.action + rule.pause_extend + rule.basis + rule.note
        assert not re.search("[A-Za-z]", told), rule.rule_id


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"unit": "W"}, "'W'"),
        ({"bound": "ABOUT"}, "'ABOUT'"),
        ({"sureness": "猜"}, "'猜'"),
        ({"roll": True}, "do not roll"),
        ({"valid_to": date(1990, 1, 1)}, "ends before"),
        ({"rule_id": "DR01-02"}, "twice"),
    ],
)
def test_a_table_that_contradicts_itself_is_noticed(changed, told):
    first, second, *rest = deadline_rules()
    broken = [replace(first, **changed), second, *rest]
    if "rule_id" in changed:
        broken = [first, replace(second, rule_id=first.rule_id), *rest]
    assert any(told in mistake for mistake in rule_mistakes(broken))


def test_two_versions_in_force_on_one_day_are_noticed():
    rules = [replace(rule, valid_to=None) for rule in deadline_rules()]
    assert any("DR07-01a and DR07-01" in mistake for mistake in rule_mistakes(rules))


@pytest.mark.parametrize(
    ("family", "received", "expected"),
    [("DR07-01", date(2021, 9, 28), date(2021, 10, 13)), ("DR07-01", date(2022, 9, 28), date(2022, 10, 8))],
)
def test_the_law_in_force_decides(family, received, expected):
    """Legal aid: seven working days until 2021, seven days by the law of 2022 (rolled to the make-up Saturday)."""
    rule = in_force(deadline_rules(), family, received)
    assert due(rule, received, official_calendar()).on == expected


def test_reconsideration_changes_from_days_to_working_days_in_2024():
    old, new = (in_force(deadline_rules(), "DR01-08", day) for day in (date(2023, 12, 31), date(2024, 1, 1)))
    assert (old.unit, new.unit) == ("D", "WD")


NO_RECORDS = ["M10-11"]
"""Counted from duties of supervision, which are made from class and category and are no records."""


def computed(metric_id, metrics):
    """A figure is computed by the metric of its id, or by several with a letter after it."""
    return [
        name
        for name in metrics
        if name == metric_id or (name.startswith(metric_id) and name[len(metric_id) :].isalpha())
    ]


def test_each_figure_of_the_checklist_is_computed_by_its_line(capsys):
    """Prints which; fails where a line that is there leaves one of its figures out."""
    by_code = {line.code: line for line in lines().values()}
    metrics = {name for line in lines().values() for name in line.metrics}
    missing = []
    for item in metric_checklist():
        found = computed(item.metric_id, metrics)
        status = "、".join(found) or ("没有业务线" if item.line not in by_code else "缺")
        print(item.metric_id, item.name, status)
        if not found and item.line in by_code:
            missing.append(item.metric_id)
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(metric_checklist()) == 161
    assert missing == NO_RECORDS
