"""Every edition composes: from books full of zeros, and from books where nothing is zero."""

from fractions import Fraction

import pytest

from mingzhang.catalogue.loading import edition, editions, vocabulary
from mingzhang.compose import BudgetUnit, Material, compose
from mingzhang.facts import FactStore, Point

CODES = {"function": "2040607", "economic": "30201", "nature": "basic", "fund": "general_public_budget"}
UNITS = (BudgetUnit("bureau", "示例局", "administrative"), BudgetUnit("centre", "示例中心", "institution"))


def books(name, *, filled):
    """A store over an edition's vocabulary that knows every concept of two years, as zero or as one point."""
    loaded = edition(name)
    first = loaded.fiscal_years[0]
    words = vocabulary(first, loaded.code_names)
    words = words.with_entities([("bureau", None, "示例局"), ("centre", "bureau", "示例中心")])
    words = words.with_codes("project", [("project", None, "示例项目")]).with_codes(
        "detail", [("repair", None, "维修")]
    )
    store = FactStore(words)
    for concept in words.concepts.values():
        if words.parts(concept.name):
            continue
        dimensions = (
            (name, CODES.get(name) or words.dimensions[name].leaves()[0]) for name in concept.dimensions
        )
        where = tuple(sorted(dimensions))
        for year in (first - 1, first):
            for measure in ("actual", "initial_budget", "adjusted_budget"):
                store.cover(concept.name, str(year), measure)
                if filled:
                    value = Fraction(1_234_500 + year)
                    store.add_points([Point(concept.name, where, "centre", str(year), value, measure)])
    return loaded, store


def words_of(block):
    """The text of a paragraph or heading, empty for other blocks."""
    return getattr(block, "text", "")


@pytest.mark.parametrize("kind", ["department", "unit"])
@pytest.mark.parametrize("filled", [False, True], ids=["zeros", "filled"])
@pytest.mark.parametrize("name", editions())
def test_an_edition_composes_from_any_books(name, filled, kind):
    """No slot, condition or repetition of any section is left over or unknown."""
    loaded, store = books(name, filled=filled)
    material = Material("bureau", "示例局", loaded.fiscal_years[0], kind=kind, units=UNITS)
    composition = compose(store, loaded, material)
    texts = [words_of(block) for block in composition.document.blocks]
    assert not any("{" in text or "$" in text for text in texts)
    assert sum(type(block).__name__ == "Table" for block in composition.document.blocks) >= 9


def test_the_glossary_names_the_subjects_in_use_as_the_edition_does():
    """Wuhan FY2021 still says 法律援助 for 2040607."""
    loaded, store = books("hubei_wuhan_fy2021", filled=True)
    document = compose(store, loaded, Material("bureau", "示例局", 2021, units=UNITS)).document
    texts = [words_of(block) for block in document.blocks]
    assert any("公共安全支出（类）司法（款）法律援助（项）" in text for text in texts)
    assert not any("公共法律服务（项）" in text for text in texts)
