"""The editions of the catalogue: each loads, and says what the official forms say."""

from datetime import date

import pytest

from mingzhang.catalogue.loading import edition, editions, load_edition, vocabulary
from mingzhang.catalogue.loading.files import EDITIONS
from mingzhang.facts import Cell
from mingzhang.forms import EditionError
from mingzhang.numbers.chinese import chinese_numeral

NINE = {
    "income_expenditure_summary",
    "revenue",
    "expenditure",
    "fiscal_summary",
    "general_public_budget_expenditure",
    "general_public_budget_basic",
    "three_public",
    "government_managed_funds",
    "state_capital_operations",
}
NATIONAL = ["national_fy2021", "hubei_wuhan_fy2021", "national_fy2022plus"]


def printed_cells(form):
    """Every cell that a form prints, rows joined with the columns of their side; functional forms: their columns."""
    for key, rows in (("left", form.rows), ("right", form.right_rows)):
        for row in rows:
            for column in form.columns:
                if row.cell is not None and column.role == "value" and column.side in ("", key):
                    yield row.cell.where(dict(column.dimensions))
    yield from (row.cell for group in form.groups for row in group.rows)
    yield from (row.cell for row in form.footer)
    yield from (column.cell for column in form.columns if column.cell is not None)


def test_the_editions_that_the_product_promises_are_there():
    """Three promised editions and the base they state their differences from."""
    assert {*NATIONAL, "shanghai_fy2024"} <= set(editions())


@pytest.mark.parametrize("name", editions())
def test_every_edition_has_the_nine_tables_and_says_where_from(name):
    """Nine forms, each with title, source and the id of the table; the edition has parts and a source."""
    loaded = edition(name)
    assert set(loaded.form_names) == NINE
    assert sorted(form.source_id for form in loaded.forms) == [f"T0{number}" for number in range(1, 10)]
    assert loaded.source
    assert {"tables", "glossary"} <= {part.kind for part in loaded.parts}
    for form in loaded.forms:
        assert form.title.endswith("表")
        assert form.source
        assert form.unit == "万元"
        assert not form.checked_on or date.fromisoformat(form.checked_on)
    assert loaded.form("revenue").title == "收入决算表"


@pytest.mark.parametrize("name", editions())
def test_every_cell_is_in_the_vocabulary_and_reads_back_as_itself(name):
    """Cells are valid in every year of the edition, and their written form is their address."""
    loaded = edition(name)
    for form in loaded.forms:
        cells = list(printed_cells(form))
        assert cells
        for cell in cells:
            assert Cell.parse(str(cell)) == cell
            for year in filter(None, loaded.fiscal_years):
                vocabulary(year, loaded.code_names).check(cell)


@pytest.mark.parametrize("name", editions())
def test_a_two_sided_form_closes_with_totals_of_the_same_fund(name):
    """总计 of both sides speak of the same money: all of it in table 1, fiscal grants in table 4."""
    for form_name, fund in (("income_expenditure_summary", None), ("fiscal_summary", "fiscal")):
        form = edition(name).form(form_name)
        left, right = form.rows[-1], form.right_rows[-1]
        assert (left.label, right.label) == ("总计", "总计")
        assert (left.style, right.style) == ("total", "total")
        assert dict(left.cell.dimensions).get("fund") == fund
        first = next(c for c in form.columns if c.side == "right" and c.role == "value")
        assert dict(right.cell.where(dict(first.dimensions)).dimensions).get("fund") == fund


@pytest.mark.parametrize(
    ("name", "form", "rows", "right"),
    [
        *[(name, "income_expenditure_summary", 12, 30) for name in NATIONAL],
        *[(name, "fiscal_summary", 9, 29) for name in NATIONAL],
        ("shanghai_fy2024", "income_expenditure_summary", 12, 28),
        ("shanghai_fy2024", "fiscal_summary", 9, 27),
    ],
)
def test_the_two_sided_tables_have_the_official_number_of_rows(name, form, rows, right):
    """26 支出类 nationally, 24 in Shanghai, and the closing rows."""
    loaded = edition(name).form(form)
    assert (len(loaded.rows), len(loaded.right_rows)) == (rows, right)
    classes = [row for row in loaded.right_rows if row.style == "item" and "function=" in str(row.cell)]
    assert len(classes) == (24 if name.startswith("shanghai") else 26)


@pytest.mark.parametrize("name", editions())
@pytest.mark.parametrize("form", ["income_expenditure_summary", "fiscal_summary"])
def test_the_classes_are_numbered_in_order_under_their_official_names(name, form):
    """一、 to 二十六、, each with the name its code has in the edition's year."""
    loaded = edition(name)
    tree = vocabulary(loaded.fiscal_years[0]).dimensions["function"]
    rows = [row for row in loaded.form(form).right_rows if dict(row.cell.dimensions).get("function")]
    for number, row in enumerate(rows, 1):
        code = dict(row.cell.dimensions)["function"]
        assert row.label == f"{chinese_numeral(number)}、{tree.label(code)}"
    codes = [dict(row.cell.dimensions)["function"] for row in rows]
    assert codes == sorted(codes)


@pytest.mark.parametrize("name", NATIONAL)
def test_the_national_tables_number_their_lines_through(name):
    """行次 of table 1 run 1–8 and 27–30 on the left, 31–60 on the right."""
    form = edition(name).form("income_expenditure_summary")
    assert [row.line for row in form.rows] == [*range(1, 9), *range(27, 31)]
    assert [row.line for row in form.right_rows] == list(range(31, 61))


def test_shanghai_prints_neither_numbers_of_tables_nor_lines_nor_columns():
    """The Shanghai template has no 公开0X表, no 行次 and no 栏次."""
    for form in edition("shanghai_fy2024").forms:
        assert form.number == ""
        assert not form.column_numbers
        assert all(row.line is None for row in (*form.rows, *form.right_rows))
        assert all(column.role != "line_number" for column in form.columns)


@pytest.mark.parametrize(
    ("name", "sizes"), [("national_fy2021", [27, 28, 28]), ("shanghai_fy2024", [27, 38])]
)
def test_table_six_has_its_blocks_of_economic_items(name, sizes):
    """Three blocks nationally (302 | 307, 310, 399), two in Shanghai; each 款 follows its 类."""
    form = edition(name).form("general_public_budget_basic")
    assert [len(group.rows) for group in form.groups] == sizes
    assert [group.part for group in form.groups] == list(range(len(sizes)))
    assert [row.label for row in form.footer] == ["人员经费合计", "公用经费合计"]
    tree = vocabulary(2021).dimensions["economic"]
    for group in form.groups:
        above = ""
        for row in group.rows:
            above = row.code if row.style == "class" else above
            assert row.code.startswith(above)
            assert dict(row.cell.dimensions)["economic"] == row.code
            assert tree.label(row.code) == row.label
            assert tree.path(row.code)[-1] == ("personnel" if group.label == "人员经费" else "public")


@pytest.mark.parametrize(
    ("name", "fund", "budget", "number"),
    [
        ("national_fy2021", "general_public_budget", "adjusted_budget", "公开07表"),
        ("hubei_wuhan_fy2021", "general_public_budget", "initial_budget", "公开07表"),
        ("national_fy2022plus", "fiscal", "adjusted_budget", "公开09表"),
        ("shanghai_fy2024", "fiscal", "initial_budget", ""),
    ],
)
def test_the_three_public_table_has_the_scope_and_the_budget_of_its_edition(name, fund, budget, number):
    """General budget only up to FY2021, all fiscal grants later; 年初 or 全年预算数 as the edition says."""
    form = edition(name).form("three_public")
    assert form.number == number
    assert len(form.columns) == 12
    assert {dict(column.cell.dimensions)["fund"] for column in form.columns} == {fund}
    assert [column.cell.measure.kind for column in form.columns].count(budget) == 6
    assert ("一般公共预算" in form.title) == (fund == "general_public_budget")


def test_only_shanghai_prints_the_total_of_table_five_last():
    """合计 stands first everywhere else."""
    for name in editions():
        last = name.startswith("shanghai")
        assert edition(name).form("general_public_budget_expenditure").total_row == (
            "last" if last else "first"
        )
        assert edition(name).form("revenue").total_row == "first"


def test_the_state_capital_table_has_three_columns_nationally_and_six_in_shanghai():
    """支出决算表 against 收入支出决算表."""
    assert len(edition("national_fy2021").form("state_capital_operations").columns) == 3
    assert len(edition("shanghai_fy2024").form("state_capital_operations").columns) == 6


@pytest.mark.parametrize("name", editions())
@pytest.mark.parametrize("form", ["government_managed_funds", "state_capital_operations"])
def test_a_table_that_may_be_empty_has_its_statement(name, form):
    """A department without such money still prints the table, with a sentence below."""
    statement = edition(name).form(form).empty_statement
    assert "没有" in statement
    assert statement.endswith("。")


def test_an_edition_inherits_what_it_does_not_say():
    """Wuhan states a few differences; everything else is the national form."""
    wuhan, national = edition("hubei_wuhan_fy2021"), edition("national_fy2021")
    assert wuhan.form("revenue") == national.form("revenue")
    assert wuhan.form("government_managed_funds").columns == national.form("government_managed_funds").columns
    assert wuhan.form("government_managed_funds").empty_statement.startswith("注：{部门}")
    assert wuhan.style.strip_zeros
    assert not national.style.strip_zeros
    assert wuhan.code_names == {"2040607": "法律援助"}


def test_the_later_national_edition_moves_the_three_public_table_to_the_end():
    """FY2022 and later: 公开09表, over all fiscal grants, in the section's text too."""
    later = edition("national_fy2022plus")
    assert later.form_names[-1] == "three_public"
    section = later.sections["three_public"]
    assert section.heading == "财政拨款“三公”经费支出决算情况说明"
    assert not any("general_public_budget" in paragraph.text for paragraph in section.paragraphs)
    assert not section.verified


@pytest.mark.parametrize("name", NATIONAL)
def test_the_explanation_has_thirteen_sections(name):
    """Thirteen numbered sections nationally, in the order of the notice."""
    explanation = edition(name).parts[2]
    assert len(explanation.sections) == 13
    assert explanation.sections[0] == "income_expenditure_overall"
    assert explanation.sections[-1] == "performance"


def test_wuhan_has_six_parts_and_seventeen_terms():
    """概况、决算表、情况说明、重点工作、名词解释、附件."""
    wuhan = edition("hubei_wuhan_fy2021")
    assert len(wuhan.parts) == 6
    assert [part.kind for part in wuhan.parts].count("annexes") == 1
    assert len(wuhan.glossary) == 17
    assert wuhan.glossary[9].text == "{subjects}"


@pytest.mark.parametrize("name", editions())
def test_every_definition_and_subject_note_is_a_sentence(name):
    """A glossary entry ends as a sentence and does not repeat its own term as its definition."""
    loaded = edition(name)
    for entry in loaded.glossary:
        assert entry.text == "{subjects}" or entry.text.endswith("。")
        assert not entry.text.startswith(entry.term)
    tree = vocabulary(2021).dimensions["function"]
    for code, note in loaded.subject_notes.items():
        assert tree.level(code) == 3
        assert note.endswith("。")


def test_shanghai_writes_two_decimals_of_percent():
    """24.50% in Shanghai, 24.5% in Wuhan."""
    assert edition("shanghai_fy2024").style.percent_decimals == 2
    assert edition("hubei_wuhan_fy2021").style.percent_decimals == 1


def test_an_unknown_edition_names_the_nearest_one():
    """A slip in the name is answered with the name meant."""
    with pytest.raises(EditionError) as refused:
        edition("shanghai_fy2023")
    assert "shanghai_fy2024" in refused.value.problems[0].remedy


def test_a_folder_outside_the_package_is_an_edition_too(tmp_path):
    """A user adds a year with a folder of two files."""
    own = tmp_path / "our_county_fy2022"
    (own / "forms").mkdir(parents=True)
    (own / "edition.toml").write_text(
        'base = "national_fy2022plus"\nchinese = "本县"\nfiscal_years = [2022]\nsource = "县财政局通知"\nverified = true\n',
        encoding="utf-8",
    )
    (own / "forms" / "revenue.toml").write_text(
        'base = "national_fy2022plus"\ntitle = "收入决算总表"\nsource = "县财政局通知"\n', encoding="utf-8"
    )
    loaded = load_edition(own)
    assert loaded.name == "our_county_fy2022"
    assert loaded.form("revenue").title == "收入决算总表"
    assert loaded.form("revenue").columns == edition("national_fy2021").form("revenue").columns
    assert loaded.form_names == edition("national_fy2022plus").form_names


def test_every_file_of_the_editions_is_utf8_with_unix_line_ends():
    """Data files are read on every platform."""
    for file in EDITIONS.rglob("*.toml"):
        content = file.read_bytes()
        assert b"\r" not in content, file
        assert content.decode("utf-8").endswith("\n"), file
