"""Code lists, accounts and voucher templates of the catalogue."""

import pytest

from mingzhang.catalogue.loading import (
    chart_of_accounts,
    economic_classification,
    functional_classification,
    government_economic_classification,
    voucher_templates,
)
from mingzhang.catalogue.loading.files import CODES, read_rows

CLASSIFICATIONS = [
    functional_classification(),
    economic_classification(),
    government_economic_classification(),
]


@pytest.mark.parametrize("classification", CLASSIFICATIONS, ids=lambda found: found.name)
def test_every_code_has_its_parent_above_it(classification):
    """A 款 begins with its 类, a 项 with its 款, one level up; parents come first in the file."""
    seen = set()
    for code in classification.codes.values():
        if code.parent is None:
            assert code.level == 1
        else:
            assert code.parent in seen
            assert code.code.startswith(code.parent)
            assert classification.codes[code.parent].level == code.level - 1
        seen.add(code.code)


@pytest.mark.parametrize("classification", CLASSIFICATIONS, ids=lambda found: found.name)
def test_a_code_is_never_valid_when_its_parent_is_not(classification):
    """A code cannot outlive the code above it, nor begin before it."""
    for code in classification.codes.values():
        if code.parent is not None:
            above = classification.codes[code.parent]
            assert above.valid_from is None or (code.valid_from or above.valid_from) >= above.valid_from, code
            assert above.valid_to is None or (code.valid_to or above.valid_to) <= above.valid_to, code


def test_the_lists_have_every_code_of_their_source():
    """1,475 functional codes, 111 economic codes of departmental and 82 of government budgets, 160 accounts."""
    assert [len(found.codes) for found in CLASSIFICATIONS] == [1475, 111, 82]
    assert len(chart_of_accounts().accounts) == 160


def test_a_renamed_code_has_the_name_of_the_year():
    """法律援助 became 公共法律服务; old years keep the old name, years before the first known name too."""
    code = functional_classification().codes["2040607"]
    assert [code.name_in(year) for year in (2010, 2020, 2021, 2026)] == [
        "法律援助",
        "法律援助",
        "公共法律服务",
        "公共法律服务",
    ]


def test_the_last_dated_name_is_the_present_name():
    """`name` and the last of `names` cannot disagree, and the years rise."""
    for code in functional_classification().codes.values():
        if code.names:
            assert code.names[-1][1] == code.name
            assert [year for year, _ in code.names] == sorted({year for year, _ in code.names})


@pytest.mark.parametrize(
    ("code", "years"),
    [("2040609", {2019, 2020}), ("2013901", {2024, 2025}), ("204", {2019, 2020, 2024, 2025})],
)
def test_a_code_is_valid_in_its_years_only(code, years):
    """Abolished and new codes are refused outside their years."""
    assert {
        year for year in (2019, 2020, 2024, 2025) if functional_classification().codes[code].valid_in(year)
    } == years


def test_only_some_economic_classes_are_basic_expenditure():
    """人员经费 is 301 and 303; 公用经费 302, 307, 310, 312 and 399; capital construction is never basic."""
    groups = {}
    for code in economic_classification().codes.values():
        groups.setdefault(code.group, set()).add(code.code[:3])
    assert groups == {
        "personnel": {"301", "303"},
        "public": {"302", "307", "310", "312", "399"},
        "capital_construction": {"309", "311", "313"},
    }


def test_economic_codes_name_codes_of_the_government_list():
    """The cross-walk from departmental to government codes points at codes that exist."""
    known = government_economic_classification().codes
    for row in read_rows(CODES / "economic.csv"):
        for column in ("government_code_administrative", "government_code_institution"):
            assert not row[column] or row[column] in known, row


def test_the_chart_has_the_103_first_level_accounts():
    """财会〔2017〕25号: 77 financial and 26 budgetary first-level accounts."""
    first = [account for account in chart_of_accounts().accounts.values() if account.parent is None]
    assert sum(account.system == "financial" for account in first) == 77
    assert sum(account.system == "budgetary" for account in first) == 26


def test_a_detail_account_carries_what_the_account_above_carries():
    """Spending on any detail of 行政支出 needs fund, function, economic item, nature, project and source."""
    chart = chart_of_accounts()
    assert chart.accounts["71010102"].attributes == chart.accounts["7101"].attributes
    assert chart.first_level("71010102").code == "7101"
    assert "economic" in chart.accounts["7201"].attributes
    assert "economic" not in chart.accounts["6001"].attributes


def test_every_template_books_known_accounts_in_the_right_system():
    """42 events and 16 closing steps; financial lines use financial accounts, budgetary lines budgetary ones."""
    chart, templates = chart_of_accounts().accounts, voucher_templates()
    assert (len(templates.events), len(templates.closing)) == (42, 16)
    sides = [("financial", event.financial) for event in templates.events.values()]
    sides += [("budgetary", event.budgetary) for event in templates.events.values()]
    sides += [("budgetary", step.lines) for step in templates.closing]
    for system, lines in sides:
        for line in lines:
            assert line.side in "DC"
            assert {chart[account].system for account in line.accounts} == {system}
    for financial, budgetary in templates.pairs.items():
        assert (chart[financial].system, chart[budgetary].system) == ("financial", "budgetary")


def test_every_template_has_both_sides():
    """No template can be balanced with debits alone."""
    templates = voucher_templates()
    entries = [event.financial for event in templates.events.values()] + [
        step.lines for step in templates.closing
    ]
    entries += [event.budgetary for event in templates.events.values() if event.budgetary]
    for lines in entries:
        assert {line.side for line in lines} == {"D", "C"}


def test_codes_of_templates_exist():
    """Economic codes and prefixes that a template allows are codes of the list."""
    known = economic_classification().codes
    for event in voucher_templates().events.values():
        for line in event.budgetary:
            assert set(line.allowed("economic") or ()) <= set(known), event.name
