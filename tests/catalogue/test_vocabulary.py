"""The vocabulary: concepts and dimensions found by walking the folder, and the code trees of a year."""

from mingzhang.catalogue.loading import vocabulary
from mingzhang.catalogue.loading.vocabulary import dimension_modules
from mingzhang.facts import Cell, Concept, Dimension


def test_every_concept_says_what_it_is_and_where_from():
    """A concept without Chinese name, meaning or source, or filed under another name, is not finished."""
    for module in dimension_modules():
        for name, entry in vars(module).items():
            if isinstance(entry, Concept):
                assert entry.name == name, f"{module.__name__}.{name} calls itself {entry.name}"
                assert entry.chinese, f"{name} lacks its Chinese name"
                assert entry.meaning.endswith("."), f"{name} lacks its meaning"
                assert entry.source, f"{name} lacks its source"
            if isinstance(entry, Dimension):
                assert entry.name == name
                assert entry.chinese


def test_no_name_is_used_twice():
    """Walking the folder would silently drop one of two entries of the same name."""
    names = [
        entry.name
        for module in dimension_modules()
        for entry in vars(module).values()
        if isinstance(entry, Concept | Dimension)
    ]
    assert len(names) == len(set(names))


def test_concepts_speak_of_known_dimensions_and_wholes():
    """The dimensions of a concept and the concept it is part of are in the vocabulary; parts have the whole's unit."""
    words = vocabulary(2021)
    for concept in words.concepts.values():
        assert set(concept.dimensions) <= set(words.dimensions), concept.name
        if concept.part_of:
            assert words.concepts[concept.part_of].unit == concept.unit


def test_trees_have_the_names_of_the_year_and_an_edition_may_differ():
    """FY2020 prints 法律援助; an edition may keep the old name in FY2021."""
    assert vocabulary(2020).dimensions["function"].label("2040607") == "法律援助"
    assert vocabulary(2021).dimensions["function"].label("2040607") == "公共法律服务"
    assert vocabulary(2021, {"2040607": "法律援助"}).dimensions["function"].label("2040607") == "法律援助"


def test_last_years_codes_stay_for_comparisons():
    """仲裁 ended with FY2020: FY2021 still compares with it, FY2022 has forgotten it."""
    assert "2040609" in vocabulary(2021).dimensions["function"]
    assert "2040609" not in vocabulary(2022).dimensions["function"]


def test_economic_groups_stand_above_the_classes():
    """人员经费 of table 6 is one cell."""
    tree = vocabulary(2021).dimensions["economic"]
    assert tree.path("30101") == ("30101", "301", "personnel")
    assert tree.children("personnel") == ("301", "303")
    cell = Cell.parse("expenditure[economic=personnel,fund=general_public_budget,nature=basic]")
    assert vocabulary(2021).check(cell) is cell
