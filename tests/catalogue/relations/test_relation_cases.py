"""Every relation has its law, its example and its page of cases, and the cases come out as they say."""

import re
from functools import cache
from pathlib import Path

import pytest

from mingzhang.audit import check_all
from mingzhang.catalogue.loading import vocabulary
from mingzhang.catalogue.loading.relations import relation_modules, relations
from mingzhang.facts import Cell, Fact, FactStore, Verdict, Vocabulary
from mingzhang.facts.provenance import PrintedAt
from mingzhang.forms.relation import CODE
from mingzhang.numbers import TEN_THOUSAND_YUAN, printed

FOLDER = Path(__file__).parent
BY_NAME = {relation.name: relation for relation in relations()}
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in sorted(FOLDER.glob("*.md"))}
CASES = [
    (name, *case)
    for name, page in PAGES.items()
    for case in re.findall(r"^## (.+?)\n\n((?:\|.*\n)+)\n(.+)$", page, re.M)
]


@cache
def words() -> Vocabulary:
    return (
        vocabulary(2021)
        .with_entities([("bureau", None, "示例局")])
        .with_codes("project", [("law-day", None, "普法")])
    )


def stated(table: str) -> FactStore:
    """The facts of one table: amounts in 万元 as printed, counts exact."""
    store = FactStore(words())
    for place, (cell, digits) in enumerate(re.findall(r"^\| (.+?) \| (\S+) \|$", table, re.M)[1:]):
        concept = words().concepts[words().check(Cell.parse(cell)).concept]
        figure = printed(digits, TEN_THOUSAND_YUAN if concept.unit.kind == "money" else concept.unit)
        where = PrintedAt("case", None, place, place)
        store.state(Fact(Cell.parse(cell).at("bureau", "2021"), figure.interval, where, figure))
    return store


@pytest.mark.parametrize(
    ("name", "title", "table", "expected"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES]
)
def test_the_case_comes_out_as_its_page_says(name, title, table, expected):
    """Nothing found where it holds, an undecided finding where a figure is missing, else a contradiction."""
    found = check_all([BY_NAME[name]], stated(table), "bureau", "2021")
    said = {Verdict.UNDECIDED: "cannot tell"}
    assert [said.get(one.verdict, f"finds: {one.rule}") for one in found] == (
        [expected] if expected != "holds" else []
    )


@pytest.mark.parametrize(
    "module", list(relation_modules()), ids=lambda module: module.__name__.rpartition(".")[2]
)
def test_every_entry_has_its_law_its_example_and_its_cases(module):
    """The file says its law and gives an example that runs; its page has the four cases."""
    name = module.__name__.rpartition(".")[2]
    assert {"Law:", "Example:", ">>> "} <= set(re.findall(r"Law:|Example:|>>> ", module.__doc__ or "")), (
        f"{name}: docstring"
    )
    assert module.relation.law.title, f"{name} lacks its law"
    assert module.relation.law.place, f"{name} lacks the place in its law"
    outcomes = [expected for case, _, _, expected in CASES if case == name]
    assert sorted(outcomes) >= sorted(["holds", "holds", f"finds: {name}", "cannot tell"]), (
        f"{name} lacks cases"
    )
    assert len(re.findall(r"^## ", PAGES[name], re.M)) == len(outcomes), f"{name}: a case cannot be read"


@pytest.mark.parametrize("relation", relations(), ids=lambda relation: relation.name)
def test_every_cell_is_in_the_vocabulary_of_every_year(relation):
    """A relation that names an unknown concept, dimension or code would never find anything."""
    for year in (2021, 2024):
        tree = vocabulary(year).dimensions.get(relation.each)
        known = {code for one in (tree.parents if tree else ()) for code in (one, tree.label(one))}
        assert set(relation.among) <= known
        for cell in relation.cells:
            plain = Cell(
                cell.concept, tuple(each for each in cell.dimensions if each[1] != CODE), cell.measure
            )
            vocabulary(year).check(plain, *(name for name, code in cell.dimensions if code == CODE))
