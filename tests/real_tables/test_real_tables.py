"""Nine printed tables of two departments come out of their leaf figures, cell by cell."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from mingzhang.compose import Printer, compose_table
from mingzhang.numbers import round_half_up
from mingzhang.records.closing import close_year
from mingzhang.records.models import Entity
from mingzhang.records.points import fact_store
from real_tables.leaf_books import NAME, YEAR, edition_of, keep_books, leaves
from real_tables.printed_tables import DEPARTMENTS, HERE, GridCell, printed_cells
from real_tables.table_comparison import Comparison, Difference, compare, composed_cells

SOURCES = {"social_work": "putuo-social-work-2024", "finance": "putuo-finance-2024"}
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", HERE.parents[2] / "shared" / "corpus"))


def expected_differences(department: str) -> list[dict[str, str]]:
    with (HERE / "expected_differences.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["department"] == department]


def tables_of(cells: list[GridCell]) -> dict[str, list[GridCell]]:
    return {
        name: [cell for cell in cells if cell.table == name] for name in dict.fromkeys(c.table for c in cells)
    }


def compile_and_compare(department: str) -> list[Comparison]:
    printed_edition = edition_of(department)
    printer = Printer(fact_store(department, (YEAR,)), printed_edition.style)
    printed = tables_of(printed_cells(department))
    comparisons = []
    for (name, cells), form in zip(printed.items(), printed_edition.forms, strict=True):
        table = compose_table(form, printer, department, YEAR, NAME)
        comparisons.append(compare(cells, composed_cells(table, form, name, NAME)))
    return comparisons


def report(department: str, comparisons: list[Comparison]) -> str:
    lines = [f"{department}: cells equal / cells compared (figures; labels, headers, titles and notes)"]
    for found in comparisons:
        lines.append(
            f"  {found.table}  {found.values_equal}/{found.values}  {found.texts_equal}/{found.texts}"
        )
    figures = sum(found.values_equal for found in comparisons), sum(found.values for found in comparisons)
    texts = sum(found.texts_equal for found in comparisons), sum(found.texts for found in comparisons)
    return "\n".join([*lines, f"  all  {figures[0]}/{figures[1]}  {texts[0]}/{texts[1]}"])


@pytest.mark.django_db
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_printed_cell_comes_out_of_the_leaf_figures(department, capsys):
    """From the leaves alone, booked as vouchers, all nine tables follow; what differs is the known list, no less, no more."""
    assert keep_books(department).accepted
    comparisons = compile_and_compare(department)
    with capsys.disabled():
        print("\n" + report(department, comparisons))
    found = {difference for comparison in comparisons for difference in comparison.differences}
    expected = {
        Difference(*(row[name] for name in ("table", "kind", "row", "header", "printed", "computed")))
        for row in expected_differences(department)
    }
    assert found == expected


@pytest.mark.django_db
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_closing_the_year_changes_no_cell(department):
    """The year-end entries carry balances on; the tables say the same before and after them."""
    keep_books(department)
    before = compile_and_compare(department)
    closed = close_year(Entity.objects.get(code=f"{department}-unit"), YEAR)
    assert closed.accepted
    assert all(check.holds for check in closed.checks)
    assert compile_and_compare(department) == before


def test_only_figures_of_the_gold_list_may_differ():
    """A difference in a figure is a slip of the print that a careful reader has listed, never one of ours."""
    rows = [row for department in DEPARTMENTS for row in expected_differences(department)]
    assert all(row["gold_page"] for row in rows if row["kind"] == "value")
    assert all(row["why"] for row in rows)


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_exact_amount_behind_a_leaf_still_prints_as_the_leaf(department):
    """A tail stays inside what the printed digits hide."""
    for leaf in leaves(department):
        assert round_half_up(Fraction(leaf.fen, 1_000_000), 2) == leaf.printed, leaf


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_comparison_notices_every_changed_cell(department):
    """A comparison that could not fail would prove nothing: change one cell after another, each is reported."""
    for cells in tables_of(printed_cells(department)).values():
        said = {cell.line for cell in cells if cell.text}
        for place, cell in enumerate(cells):
            if cell.line in said:
                changed = [*cells[:place], replace(cell, text=cell.text + "1"), *cells[place + 1 :]]
                assert compare(cells, changed).differences, cell


@pytest.fixture
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip(f"the real documents are not at {CORPUS}; set MINGZHANG_CORPUS")
    return CORPUS


@pytest.mark.corpus
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_transcription_holds_every_figure_of_the_pages_once(department, corpus):
    """Page by page, the transcribed cells are made of the page's own characters, and no figure of the page is left over."""
    pdfium = pytest.importorskip("pypdfium2")
    pages = pdfium.PdfDocument(corpus / f"{SOURCES[department]}.pdf")
    cells = printed_cells(department)
    for page in sorted({cell.page for cell in cells}):
        words = pages[page - 1].get_textpage().get_text_range()
        texts = [
            cell.text.replace("{部门}", "") for cell in cells if cell.page == page and cell.kind != "header"
        ]
        assert Counter(AMOUNT.findall(words)) == Counter(text for text in texts if AMOUNT.fullmatch(text))
        characters = Counter(re.sub(r"\s", "", words).replace(f"{YEAR}年度部门决算表", "", 1))
        transcribed = Counter("".join(texts))
        assert not transcribed - characters, f"page {page} does not print all of this"
        assert not set("0123456789.,") & set(characters - transcribed), f"page {page}: digits left over"


@pytest.mark.corpus
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_differing_figure_stands_in_the_gold_list(department, corpus):
    """The gold list names the page, what is printed and what it would have to be."""
    with (corpus / "gold" / f"{SOURCES[department]}.csv").open(encoding="utf-8", newline="") as file:
        gold = [(row["published"], row["should_be"], row["why"]) for row in csv.DictReader(file)]
    for row in expected_differences(department):
        if row["gold_page"] and row["kind"] == "value":
            assert [
                why
                for printed, right, why in gold
                if (printed, right) == (row["printed"], row["computed"]) and f"page {row['gold_page']}" in why
            ]
