"""A broken edition is refused on load, each error with its file, line and remedy."""

import shutil

import pytest

from mingzhang.catalogue.loading import load_edition
from mingzhang.catalogue.loading.files import EDITIONS
from mingzhang.forms import EditionError


@pytest.fixture
def editions(tmp_path):
    """A copy of the catalogue's editions that a test may spoil."""
    for name in ("national_fy2021", "shanghai_fy2024"):
        shutil.copytree(EDITIONS / name, tmp_path / name)
    return tmp_path


def replace(path, old, new):
    """Spoil one place of a file and return the line (from 1) where the spoilt text now stands."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(folder):
    """The problems for which an edition is refused."""
    with pytest.raises(EditionError) as error:
        load_edition(folder)
    assert error.value.problems
    for problem in error.value.problems:
        assert problem.in_chinese() in str(error.value)
        assert problem.remedy
    return error.value.problems


def only(problems, code, path, line):
    """Assert that there is one problem, of this code, at this file and line; return it."""
    assert [(problem.code, problem.where) for problem in problems] == [(code, f"{path}，第{line}行")]
    return problems[0]


SPOILT = [
    # code, file, old, new, words of the message or remedy
    ("unknown_key", "forms/revenue.toml", "number = 3, header", "nummer = 3, header", "number"),
    ("unknown_key", "forms/revenue.toml", "code_header =", "code_haeder =", "code_header"),
    ("unknown_key", "edition.toml", "source =", "sources =", "source"),
    ("unknown_key", "sections/revenue.toml", "text =", "txet =", "text"),
    ("wrong_type", "forms/revenue.toml", "landscape = true", 'landscape = "yes"', "true 或 false"),
    ("wrong_type", "forms/revenue.toml", "number = 4, header", 'number = "4", header', "整数"),
    ("wrong_type", "edition.toml", "fiscal_years = [2021, 2021]", 'fiscal_years = "2021"', "整数的列表"),
    ("wrong_type", "charts.toml", 'name = "totals"', "name = 1", "文字"),
    ("unknown_value", "forms/revenue.toml", 'total_row = "first"', 'total_row = "frist"', "first"),
    ("unknown_value", "forms/revenue.toml", '"functional"', '"functionnal"', "functional"),
    ("unknown_value", "edition.toml", 'kind = "tables"', 'kind = "table"', "tables"),
    ("unknown_value", "charts.toml", 'kind = "ring"', 'kind = "pie"', "ring"),
    ("unknown_value", "forms/three_public.toml", "$fund]#$budget", "$found]#$budget", "fund"),
    ("unknown_cell", "forms/revenue.toml", '"revenue[fund=other]"', '"revenu[fund=other]"', "revenue"),
    ("unknown_cell", "forms/revenue.toml", "[fund=other]", "[found=other]", "fund"),
    ("unknown_cell", "forms/revenue.toml", "[fund=other]", "[fund=others]", "other"),
    ("unknown_cell", "forms/revenue.toml", "[fund=other]", "[fund other]", "维度=代码"),
    ("unknown_cell", "forms/expenditure.toml", "nature=project]", "nature=project]#growth(of=last)", "last"),
    ("unknown_cell", "forms/expenditure.toml", "nature=project]", "nature=project]#ratio", "口径"),
    ("unknown_cell", "forms/income_expenditure_summary.toml", "function=234", "function=235", "235"),
    ("unknown_cell", "forms/general_public_budget_basic.toml", '"30114", label', '"30115", label', "30115"),
    ("unknown_cell", "charts.toml", '"total_uses@last_year"', '"total_use@last_year"', "total_uses"),
    ("unknown_cell", "charts.toml", '"total_uses@last_year"', '"total_uses@next_year"', "last_year"),
    ("unknown_cell", "sections/revenue.toml", "{revenue:万元}", "{revenues:万元}", "revenue"),
    (
        "unknown_cell",
        "glossary.toml",
        "[fund=affiliate_remittance]",
        "[fund=affiliates]",
        "affiliate_remittance",
    ),
    ("unknown_section", "edition.toml", '"functions", "units"', '"function", "units"', "functions"),
    (
        "unknown_chart",
        "sections/revenue.toml",
        '"revenue_structure"',
        '"revenue_struct"',
        "revenue_structure",
    ),
    (
        "unknown_form",
        "sections/three_public.toml",
        'table = "three_public"',
        'table = "tree_public"',
        "three_public",
    ),
    ("chart_length", "charts.toml", '["total_resources", "total_uses"]', '["total_resources"]', "每个类别"),
    ("duplicate", "forms/income_expenditure_summary.toml", "function=203", "function=202", "国防"),
    ("duplicate", "forms/general_public_budget_basic.toml", '"30102"', '"30101"', "30101"),
    ("duplicate", "forms/revenue.toml", 'name = "operating"', 'name = "business"', "business"),
    ("not_toml", "forms/revenue.toml", 'cell = "revenue[fund=other]"', 'cell = "revenue[fund=other]', "引号"),
    ("wrong_years", "edition.toml", "[2021, 2021]", "[2021, 2020]", "首年"),
]


@pytest.mark.parametrize(
    ("code", "file", "old", "new", "words"), SPOILT, ids=[f"{s[0]}:{s[3]}" for s in SPOILT]
)
def test_a_slip_is_found_at_its_line_with_a_remedy(editions, code, file, old, new, words):
    """One slip, one problem: its kind, its file and line, and what to do."""
    path = editions / "national_fy2021" / file
    line = replace(path, old, new)
    problems = [found for found in refused(path.parents[len(file.split("/")) - 1]) if found.code == code]
    problem = only(problems, code, path, line)
    assert words in problem.what + problem.remedy


def test_an_edition_is_refused_for_the_errors_of_its_base(editions):
    """Shanghai builds on the national forms: a slip there is named there."""
    path = editions / "national_fy2021" / "forms" / "expenditure.toml"
    line = replace(path, '"expenditure[nature=basic]"', '"expenditures[nature=basic]"')
    assert [p.where for p in refused(editions / "shanghai_fy2024")] == [f"{path}，第{line}行"]


def test_a_base_that_does_not_exist_is_refused(editions):
    """The remedy names the nearest edition."""
    path = editions / "shanghai_fy2024" / "edition.toml"
    line = replace(path, '"national_fy2021"', '"national_fy2012"')
    assert "national_fy2021" in only(refused(path.parent), "unknown_base", path, line).remedy


def test_a_base_of_a_form_that_does_not_exist_is_refused(editions):
    """A form names its own base."""
    path = editions / "shanghai_fy2024" / "forms" / "revenue.toml"
    line = replace(path, '"national_fy2021"', '"national"')
    only(refused(path.parents[1]), "unknown_base", path, line)


def test_editions_that_build_on_each_other_are_refused(editions):
    """A circle has no first edition."""
    path = editions / "national_fy2021" / "edition.toml"
    path.write_text('base = "shanghai_fy2024"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    problem = refused(editions / "shanghai_fy2024")[0]
    assert problem.code == "circular_base"
    assert "shanghai_fy2024 → national_fy2021 → shanghai_fy2024" in problem.what


def test_a_form_that_builds_on_itself_is_refused(editions):
    """Inheriting from the same file would never end."""
    path = editions / "national_fy2021" / "forms" / "revenue.toml"
    path.write_text('base = "national_fy2021"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    only(refused(path.parents[1]), "circular_base", path, 1)


def test_a_form_without_its_columns_is_refused(editions):
    """What a layout needs must be said or inherited."""
    path = editions / "shanghai_fy2024" / "forms" / "revenue.toml"
    path.write_text('title = "收入决算表"\nlayout = "functional"\nsource = "模板"\n', encoding="utf-8")
    problem = only(refused(path.parents[1]), "missing_key", path, 1)
    assert "columns" in problem.what


def test_a_listed_form_that_is_missing_and_a_form_that_is_not_listed_are_refused(editions):
    """The list of forms and the folder agree."""
    (editions / "national_fy2021" / "forms" / "revenue.toml").rename(
        editions / "national_fy2021" / "forms" / "receipts.toml"
    )
    assert [p.code for p in refused(editions / "national_fy2021")][:2] == ["unknown_form", "unlisted_form"]


def test_a_required_key_that_is_missing_is_named(editions):
    """A chart without a caption cannot be drawn."""
    path = editions / "national_fy2021" / "charts.toml"
    replace(path, 'caption = "图{number}：收入决算结构"\n', "")
    line = path.read_text(encoding="utf-8").split('name = "revenue_structure"')[0].count("\n")
    assert "caption" in only(refused(path.parent), "missing_key", path, line).what


def test_a_term_without_definition_is_refused(editions):
    """The list of terms and the definitions agree."""
    path = editions / "shanghai_fy2024" / "glossary.toml"
    line = replace(path, '  "经营支出",', '  "经营性支出",')
    assert "经营支出" in only(refused(path.parent), "unknown_term", path, line).remedy


def test_a_name_of_an_unknown_code_is_refused(editions):
    """An edition renames codes that exist."""
    path = editions / "national_fy2021" / "names.toml"
    path.write_text('[names]\n"2040607" = "法律援助"\n"2040677" = "法律援助"\n', encoding="utf-8")
    only(refused(path.parent), "unknown_code", path, 3)


def test_a_file_that_is_not_utf8_is_refused_with_its_line(editions):
    """Files saved in GBK are common."""
    path = editions / "national_fy2021" / "forms" / "revenue.toml"
    path.write_bytes('unit = "x"\ntitle = "收入决算表"\n'.encode("gbk"))
    only([p for p in refused(path.parents[1]) if p.code == "not_utf8"], "not_utf8", path, 2)


def test_a_file_of_an_unknown_name_is_refused(editions):
    """A misnamed file would otherwise be passed over in silence."""
    stray = editions / "national_fy2021" / "chart.toml"
    stray.write_text("", encoding="utf-8")
    problem = refused(stray.parent)[0]
    assert (problem.code, problem.where) == ("unknown_file", str(stray))
    assert "charts.toml" in problem.remedy


def test_a_folder_without_edition_is_refused(tmp_path):
    """An empty folder says what is missing."""
    problem = refused(tmp_path)[0]
    assert problem.code == "file_missing"
    assert "edition.toml" in problem.what


def test_all_problems_come_at_once(editions):
    """Three slips in three files are three problems, not the first of them."""
    folder = editions / "national_fy2021"
    replace(folder / "forms" / "revenue.toml", "[fund=other]", "[fund=others]")
    replace(folder / "charts.toml", '"total_uses@last_year"', '"total_use@last_year"')
    replace(folder / "edition.toml", '"functions", "units"', '"function", "units"')
    assert [problem.code for problem in refused(folder)] == [
        "unknown_cell",
        "unknown_cell",
        "unknown_section",
    ]


def test_a_users_edition_may_have_the_name_of_the_one_it_builds_on(tmp_path):
    """A county that corrects the national forms need not invent a name for them."""
    own = tmp_path / "national_fy2021"
    own.mkdir()
    (own / "edition.toml").write_text(
        'base = "national_fy2021"\nchinese = "本县"\nfiscal_years = [2021]\nsource = "县财政局通知"\nverified = true\n',
        encoding="utf-8",
    )
    assert len(load_edition(own).forms) == 9
