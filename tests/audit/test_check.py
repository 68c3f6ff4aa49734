"""Checking relations: by intervals, with three invented concepts and no catalogue."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.audit import check, check_all
from mingzhang.facts import Cell, Concept, Dimension, Fact, FactStore, Verdict, Vocabulary
from mingzhang.facts.provenance import PrintedAt
from mingzhang.forms.relation import Article, FormulaError, Relation
from mingzhang.numbers import TEN_THOUSAND_YUAN, YUAN, Interval, print_value, printed

LAW = Article("果园章程", "第三条")
HERE = PrintedAt("orchard", None, 0, 0)
TREES = Dimension("kind", "种类", {"apple": None, "pear": None}, {"apple": "苹果", "pear": "梨"})
WORDS = Vocabulary(
    {
        name: Concept(name, chinese, YUAN, "Invented.", "果园", ("kind",))
        for name, chinese in (("harvest", "收成"), ("sold", "售出"), ("eaten", "自用"))
    },
    {"kind": TREES},
)


def relation(formula, **more):
    return Relation(
        "收支相符",
        formula,
        LAW,
        "数一数果子。",
        more.pop("severity", "error"),
        name="harvest_balance",
        **more,
    )


def store(**digits):
    """Facts at `orchard` in 2021; `harvest_pear` states the code too; None leaves the figure exact in 元."""
    facts = FactStore(WORDS)
    for name, text in digits.items():
        concept, _, code = name.partition("_")
        coordinate = Cell(concept, (("kind", code),) if code else ()).at("orchard", "2021")
        if isinstance(text, str):
            figure = printed(text, TEN_THOUSAND_YUAN)
            facts.state(Fact(coordinate, figure.interval, HERE, figure))
        else:
            facts.state(Fact(coordinate, Interval.of(text), HERE))
    return facts


def verdict(one, facts):
    found = check(one, facts, "orchard", "2021")
    return found and (found.verdict, found.severity)


BALANCE = relation("harvest = sold + eaten")


def test_an_equality_holds_breaks_or_cannot_be_told():
    """Exact fen decide by themselves; a missing term decides nothing."""
    assert verdict(BALANCE, store(harvest=10, sold=7, eaten=3)) is None
    assert verdict(BALANCE, store(harvest=10, sold=7, eaten=Fraction("3.01"))) == (
        Verdict.CONTRADICTION,
        "error",
    )
    assert verdict(BALANCE, store(harvest=10, sold=7)) == (Verdict.UNDECIDED, "notice")


def test_digits_cut_off_are_a_matter_of_rounding():
    """3.339 + 3.339 printed as 3.33 + 3.33 beside 6.678 is careless, not contradictory."""
    cut = store(harvest="6.678", sold="3.33", eaten="3.33")
    assert verdict(BALANCE, cut) == (Verdict.ROUNDING, "warning")


def test_an_upper_bound_is_one_sided():
    """At most: equal is allowed, less is allowed, more is not, and a minus sign subtracts."""
    bound = relation("sold ≤ harvest - eaten", severity="warning")
    assert verdict(bound, store(harvest=10, sold=7, eaten=3)) is None
    assert verdict(bound, store(harvest=10, sold=5, eaten=3)) is None
    assert verdict(bound, store(harvest=10, sold=8, eaten=3)) == (Verdict.CONTRADICTION, "warning")


def test_a_relation_for_each_code_is_checked_where_there_are_figures():
    """`$code` stands for every code with a figure; `among` picks some by code or Chinese name."""
    facts = store(harvest_apple=5, sold_apple=6, harvest_pear=5, sold_pear=7)
    every = relation("sold[kind=$code] ≤ harvest[kind=$code]", each="kind")
    some = relation("sold[kind=$code] ≤ harvest[kind=$code]", each="kind", among=("梨",))
    assert [one.coordinates[0].get("kind") for one in check_all([every], facts, "orchard", "2021")] == [
        "apple",
        "pear",
    ]
    assert [one.coordinates[0].get("kind") for one in check_all([some], facts, "orchard", "2021")] == ["pear"]


def test_the_message_says_what_where_the_arithmetic_and_what_to_do():
    """A finding reads as every message of the project does."""
    found = check(BALANCE, store(harvest="10.00", sold="7.00", eaten="2.00"), "orchard", "2021")
    assert found.message == (
        "应当收支相符，但数字不符（harvest_balance）\n"
        "  位置  orchard，2021年度\n"
        "  所载  收成 10.00万元 ≠ 售出 7.00万元 + 自用 2.00万元，至少相差 9,850.00元\n"
        "  建议  数一数果子。\n"
        "  依据  果园章程，第三条"
    )
    missing = check(BALANCE, store(harvest=10, sold=7), "orchard", "2021")
    assert "缺少自用" in missing.message
    assert missing.problem().severity == "notice"
    assert missing.problem().code == "harvest_balance"


@pytest.mark.parametrize(
    "formula",
    ["harvest", "harvest = sold = eaten", "harvest = sold eaten", "harvest = ?", "a[kind=$code] = b"],
)
def test_a_formula_that_cannot_be_read_is_refused(formula):
    """A slip in a formula is told when the file is loaded."""
    with pytest.raises(FormulaError):
        relation(formula)


@given(sold=st.integers(0, 10**12), eaten=st.integers(0, 10**12), places=st.integers(0, 4))
def test_a_true_relation_never_raises_a_finding(sold, eaten, places):
    """Round a true sum and its terms any way a printer may: nothing is found."""
    fen = {"harvest": sold + eaten, "sold": sold, "eaten": eaten}
    digits = {
        name: print_value(Fraction(each, 100), TEN_THOUSAND_YUAN, decimals=places)
        for name, each in fen.items()
    }
    assert verdict(BALANCE, store(**digits)) is None
    assert verdict(relation("sold ≤ harvest"), store(**digits)) is None
