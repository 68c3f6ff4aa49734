"""A filled nine-table workbook (九张公开表) → facts: figures enter without vouchers, each with its cell as provenance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from mingzhang.documents import Problem
from mingzhang.facts import Coordinate, Fact, FactStore, SheetCell, Vocabulary
from mingzhang.forms import Edition, Form
from mingzhang.numbers import print_value
from mingzhang.read.form_sheet import FormSheet
from mingzhang.read.texts import alike
from mingzhang.read.workbook import Opened, Sheet, open_workbook

TITLE_ROWS = 8
"""A sheet's title, number and unit line stand within so many rows."""

COMPANIONS = frozenset({"封面", "目录", "图表", "说明", "填写说明", "数据"})
"""Names of sheets that accompany the tables and repeat or explain them."""

_SCOPE_WORDS = (
    "预算",
    "财政",
    "拨款",
    "基金",
    "国有",
    "资本",
    "基本",
    "项目",
    "明细",
    "经费",
    "收入",
    "支出",
)


def read_nine_tables(
    path: Path,
    edition: Edition,
    vocabulary: Vocabulary,
    entity: str,
    year: int,
    opened: Opened = open_workbook,
) -> tuple[FactStore, list[Problem]]:
    """Read every sheet that is one of the edition's tables, as written by us or by an office.

    Sheets are recognised by title or number, columns by header text, rows by code or label. Values are statements,
    exact to the fen; blank cells state nothing. What is not understood is a problem in the list, never dropped.
    """
    store = FactStore(vocabulary)
    sheets, problems = opened(path)
    by_name = {sheet.name: sheet for sheet in sheets}
    found: dict[str, Sheet] = {}
    facts: list[Fact] = []
    for sheet in sheets:
        form = recognise(sheet, edition.forms)
        if form is None:
            problems += unknown_sheet(sheet, [form.title for form in edition.forms])
        elif form.name in found:
            what = f"《{form.title}》已在“{found[form.name].name}”表中读过，本表没有读入"
            problems.append(Problem("sheet_repeated", what, sheet.where(), "只保留一张"))
        elif wrong := wrong_year(sheet, year):
            problems.append(wrong)
        else:
            found[form.name] = sheet
            reading = FormSheet(by_name, sheet, form, vocabulary, entity, year).read()
            facts += reading.facts
            problems += reading.problems
    if sheets:
        problems += _missing(edition, found, path.name)
    for fact in facts:
        store.state(fact)
    return store, problems + disagreements(facts, vocabulary)


def recognise(sheet: Sheet, forms: Iterable[Form]) -> Form | None:
    """The form a sheet holds: by its title, else its number, else the sheet's own name."""
    forms = tuple(forms)
    for texts in (top_texts(sheet), [alike(sheet.name)]):
        titled = [form for form in forms if any(_is_title(text, form.title) for text in texts)]
        if titled:
            return titled[0] if len(titled) == 1 else None  # several titles make a list of contents
        numbered = [
            form for form in forms if form.number and any(alike(form.number) in text for text in texts)
        ]
        if numbered:
            return numbered[0] if len(numbered) == 1 else None
    return None


def top_texts(sheet: Sheet) -> list[str]:
    """The texts of the first rows, made comparable."""
    top = sorted(place for place in sheet.values if place[0] <= TITLE_ROWS)
    return [alike(text) for place in top if (text := sheet.text(*place))]


def _is_title(text: str, title: str) -> bool:
    """Whether a text is the title, perhaps with year, department or annex number around it, but of no other scope."""
    before, goal, after = text.partition(alike(title))
    return bool(goal) and len(before) <= 40 and len(after) <= 12 and not before.endswith(_SCOPE_WORDS)


def wrong_year(sheet: Sheet, year: int) -> Problem | None:
    """A problem where the sheet says that it is of another year."""
    stated = {int(found) for text in top_texts(sheet) for found in re.findall(r"(\d{4})年度", text)}
    if not stated or year in stated:
        return None
    what = f"表上写的是{'、'.join(map(str, sorted(stated)))}年度，要导入的是{year}年度，本表没有读入"
    return Problem("year_differs", what, sheet.where(), "选对年度，或更正表上的年度后再导入")


def unknown_sheet(sheet: Sheet, titles: Sequence[str]) -> list[Problem]:
    """A warning for a sheet that holds numbers and is none of the known tables; sheets of mere text are no loss."""
    if sheet.name.strip() in COMPANIONS or not sheet.has_numbers():
        return []
    remedy = f"属于公开表的，请在表头写明表名：{'、'.join(titles)}；不属于的可以忽略"
    return [
        Problem("sheet_unknown", "认不出这张表是哪一张公开表，没有读入", sheet.where(), remedy, "warning")
    ]


def disagreements(facts: Iterable[Fact], vocabulary: Vocabulary) -> list[Problem]:
    """Warnings for one number written differently in two cells."""
    first: dict[Coordinate, Fact] = {}
    problems = []
    for fact in facts:
        other = first.setdefault(fact.coordinate, fact)
        if other.value != fact.value:
            unit = vocabulary.concepts[fact.coordinate.concept].unit
            one, two = (
                print_value(each.value, unit, thousands=True) + unit.chinese for each in (other, fact)
            )
            where = f"{_at(other)}；{_at(fact)}"
            what = f"同一个数写了两个值：{one}与{two}"
            problems.append(Problem("cells_disagree", what, where, "核对两处，改正错的一处", "warning"))
    return problems


def _at(fact: Fact) -> str:
    place = fact.provenance
    return (
        f"{place.file}，“{place.sheet}”表，{place.cell}单元格" if isinstance(place, SheetCell) else str(place)
    )


def _missing(edition: Edition, found: dict[str, Sheet], file: str) -> list[Problem]:
    lacking = [form for form in edition.forms if form.name not in found]
    remedy = "补上这张表；本年没有发生的，保留空表"
    return [
        Problem("sheet_missing", f"没有找到{form.number}《{form.title}》", file, remedy, "warning")
        for form in lacking
    ]
