"""Findings are told beside the disclosure: they refuse nothing, and agreeing figures say nothing."""

from fractions import Fraction

from small_department import DEPARTMENT, GENERAL, OFFICE, small_material, small_store

from mingzhang import pipeline
from mingzhang.facts import Point


def codes(composition):
    return [problem.code for problem in composition.problems]


def test_a_contradiction_in_the_books_is_told_with_its_relation_as_code():
    """A reception registered for 3,000 yuan, of which the ledger knows nothing."""
    store = small_store()
    sound = pipeline.disclose(store, "hubei_wuhan_fy2021", small_material())
    reception = Point("official_reception_spending", (("fund", GENERAL),), OFFICE, "2021", Fraction(3000))
    store.add_points([reception])
    broken = pipeline.disclose(store, "hubei_wuhan_fy2021", small_material())
    told = {problem.code: problem for problem in broken.problems}
    assert set(told) - set(codes(sound)) >= {"reception_is_its_economic_item"}
    problem = told["reception_is_its_economic_item"]
    assert problem.is_error
    assert "3,000.00元" in problem.what
    assert "30217" in problem.remedy
    assert broken.document.title == sound.document.title
    assert pipeline.findings(small_store(), DEPARTMENT, 2021) == []
