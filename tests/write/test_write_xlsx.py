"""The XLSX writer: exact numbers, live totals, merged headers, print settings, determinism, hostile input."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import convert
from openxml_audit import OpenXmlValidator
from published import EDITION, published
from sample_document import sample_document

from mingzhang.catalogue.loading import edition
from mingzhang.documents import (
    Chart,
    Document,
    Figure,
    Heading,
    Metadata,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from mingzhang.numbers import unit_named
from mingzhang.read.nine_tables import read_nine_tables
from mingzhang.write.xlsx import sheet_names, write_xlsx, xlsx_bytes
from mingzhang.write.xlsx_cells import printed_number

DOCUMENT = sample_document()
TABLES = list(DOCUMENT.tables())
NAMES = sheet_names(TABLES)
TOP = 3
"""Rows of furniture above a table."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("xlsx") / "sample.xlsx"
    write_xlsx(DOCUMENT, target)
    return target


@pytest.fixture(scope="module")
def values(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def formulas(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def small(*blocks: object, title: str = "示例决算") -> Document:
    """A document of a few blocks."""
    return Document(title, Metadata("示例局", 2024, "none", date(2025, 9, 12)), tuple(blocks))


def schema_errors(data: bytes, tmp_path: Path) -> list[str]:
    """What the Open XML schema and its semantic rules find wrong."""
    target = tmp_path / "checked.xlsx"
    target.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(str(target)).errors]


def body_cells(table: Table) -> list[tuple[int, int, TableCell]]:
    """(sheet row, sheet column, cell), both from 1; the sample's bodies have no cells reaching down."""
    found = []
    for index, row in enumerate(table.body):
        column = 0
        for cell in row.cells:
            found.append((TOP + len(table.header) + index + 1, column + 1, cell))
            column += cell.columns
    return found


def test_the_file_obeys_the_open_xml_schema(path: Path, tmp_path: Path) -> None:
    """Excel opens it without repair."""
    assert schema_errors(path.read_bytes(), tmp_path) == []


def test_the_same_document_gives_the_same_bytes(path: Path) -> None:
    """Nothing in the file depends on the clock, chance or the machine."""
    data = xlsx_bytes(sample_document())
    assert data == path.read_bytes()
    assert {e.date_time for e in zipfile.ZipFile(BytesIO(data)).infolist()} == {(2025, 9, 12, 0, 0, 0)}


def test_sheets_stand_in_order(values: openpyxl.Workbook) -> None:
    """目录, one sheet a table under its number, 图表, 说明, 数据; and the contents link to all the others."""
    assert values.sheetnames == ["目录", *(table.number for table in TABLES), "图表", "说明", "数据"]
    links = [cell.hyperlink.location for row in values["目录"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in values.sheetnames[1:]]


def test_every_cell_equals_the_exact_value(values: openpyxl.Workbook) -> None:
    """The number in each cell, taken digit by digit, is the exact value in 万元, shown with the printed decimals."""
    checked = 0
    for table, name in zip(TABLES, NAMES, strict=True):
        for row, column, cell in body_cells(table):
            if cell.figure:
                written = values[name].cell(row, column)
                assert Fraction(str(written.value)) == cell.figure.value / 10_000
                assert written.number_format == ("0.00" if cell.text else "0.00;-0.00;;@")
                checked += 1
    assert checked == sum(bool(cell.figure) for table in TABLES for _, _, cell in body_cells(table)) > 400


@given(fen=st.integers(-(10**14), 10**14))
def test_amounts_to_the_fen_come_back_to_the_digit(fen: int) -> None:
    """Up to 10^8 万元 the digits written are the exact digits."""
    figure = Figure("revenue@bureau/2024#actual", Fraction(fen, 100), "", "万元")
    assert Fraction(str(printed_number(figure))) == Fraction(fen, 1_000_000)
    assert f"{printed_number(figure):.16G}" == str(printed_number(figure))


def test_totals_are_formulas_with_their_values(
    values: openpyxl.Workbook, formulas: openpyxl.Workbook
) -> None:
    """Each live total is a formula over the cells it adds, and its exact value is written beside it."""
    for table, name in zip(TABLES, NAMES, strict=True):
        top = TOP + len(table.header) + 1
        found = {
            (cell.row - top, cell.column - 1)
            for row in formulas[name].iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        assert found == set(table.sums)
    total = formulas["公开01表"].cell(TOP + 3 + 24, 3)
    assert total.value == "=SUM(C7:C14)"
    assert values["公开01表"].cell(total.row, 3).value == pytest.approx(348.412385, abs=0.01)


def test_a_total_that_does_not_add_up_is_a_plain_number() -> None:
    """A formula that would change the figure is never written."""
    figures = [
        Figure(f"c{i}@b/2024#actual", Fraction(value), str(value), "人") for i, value in enumerate((1, 2, 4))
    ]
    rows = tuple(TableRow((TableCell(f.text, f),)) for f in figures)
    wrong = Table("表", (), rows, (1.0,), sums={(2, 0): ((0, 0, 1), (1, 0, 1))})
    twice = replace(wrong, sums={(1, 0): ((2, 0, 1), (0, 0, -1), (0, 0, -1))})
    for table in (wrong, twice):
        book = openpyxl.load_workbook(BytesIO(xlsx_bytes(small(table))))
        assert [cell.data_type for cell in book["表"]["A"][TOP:]] == ["n", "n", "n"]


def test_headers_are_merged_as_in_print(values: openpyxl.Workbook) -> None:
    """The three-public table: 预算数 over six columns, 公务用车 over three, 合计 down two rows."""
    merged = {str(area) for area in values["公开07表"].merged_cells.ranges}
    assert {"A4:F4", "G4:L4", "C5:E5", "A5:A6", "F5:F6"} <= merged


def test_sheets_print_on_a4_with_headers_repeated(values: openpyxl.Workbook) -> None:
    """A4, one page wide, turned where the table asks, header rows on every page and in view."""
    for table, name in zip(TABLES, NAMES, strict=True):
        sheet = values[name]
        assert int(sheet.page_setup.paperSize) == 9
        assert (sheet.page_setup.orientation == "landscape") == table.landscape
        assert (int(sheet.page_setup.fitToWidth or 1), int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert sheet.print_title_rows == f"${TOP + 1}:${TOP + len(table.header)}"
        assert re.sub(r"\D", "", sheet.freeze_panes) == str(TOP + len(table.header) + 1)
    assert values["公开03表"].freeze_panes == "C7"


def test_furniture_and_notes_stand_around_the_table(values: openpyxl.Workbook) -> None:
    """Title, number, entity, year, unit above; every note below; the watermark on every sheet of a table."""
    for table, name in zip(TABLES, NAMES, strict=True):
        texts = [
            str(cell.value) for row in values[name].iter_rows() for cell in row if cell.value is not None
        ]
        assert texts[0] == table.title
        expected = {
            table.number,
            f"编制单位：{table.entity}",
            "2024年度",
            "金额单位：万元",
            "示例数据",
            *table.notes,
        }
        assert expected <= set(texts)


def test_every_figure_is_listed(values: openpyxl.Workbook) -> None:
    """The sheet 数据 has one row a figure: coordinate, exact value, number, printed text, unit, place."""
    rows = list(values["数据"].iter_rows(min_row=11, values_only=True))
    figures = list(DOCUMENT.figures())
    assert len(rows) == len(figures)
    for row, figure in zip(rows, figures, strict=True):
        _, coordinate, exact, number, text, unit, place = row
        assert (coordinate, text, unit) == (figure.coordinate, figure.text, figure.unit)
        assert Fraction(exact) == figure.value
        assert float(number) == float(figure.value / unit_named(figure.unit).scale)
        assert place


def test_the_text_is_there_and_gaps_are_marked(values: openpyxl.Workbook) -> None:
    """The sheet 说明 has every paragraph; one with a missing reason stands on yellow."""
    column = values["说明"]["A"]
    texts = {cell.value for cell in column}
    assert {block.text for block in DOCUMENT.blocks if isinstance(block, Paragraph)} <= texts
    yellow = [cell.value for cell in column if cell.fill.fgColor.rgb == "FFFFFF00"]
    assert len(yellow) == 1
    assert "待填写" in yellow[0]


def test_charts_are_native_and_described(path: Path) -> None:
    """One chart part a chart, drawn from cells of the sheet 图表, with a description for readers who cannot see."""
    archive = zipfile.ZipFile(path)
    charts = [
        archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")
    ]
    wanted = [block for block in DOCUMENT.blocks if isinstance(block, Chart)]
    assert len(charts) == len(wanted)
    assert [("doughnut" in chart) for chart in charts] == [chart.kind == "ring" for chart in wanted]
    assert all("图表!$B$" in chart for chart in charts)
    drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert all(chart.description in drawing for chart in wanted)


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    """Cells beginning with = + - @ stay text everywhere; control characters and long texts do no harm."""
    nasty = [
        "=cmd()|' /C calc'!A0",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\x00\x0b<c>&",
        "http://a/b",
        "{=1}",
        "字" * 100_000,
    ]
    table = Table(
        nasty[0], (), tuple(TableRow((TableCell(text),)) for text in nasty), (1.0,), "=1", "=2", "=3", ("=4",)
    )
    blocks = [Heading(1, "=5"), *(Paragraph((Span(text),)) for text in nasty), table]
    data = xlsx_bytes(small(*blocks, title="=6"))
    assert schema_errors(data, tmp_path) == []
    book = openpyxl.load_workbook(BytesIO(data))
    kinds = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds <= {"s", "n"}
    written = "".join(str(cell.value) for cell in book["说明"]["A"])
    assert "字" * 100_000 in written
    assert "<f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet2.xml").decode()


def test_an_empty_document_is_a_workbook(tmp_path: Path) -> None:
    """No blocks, no title: contents, text and data sheets without entries."""
    data = xlsx_bytes(small(title=""))
    assert schema_errors(data, tmp_path) == []
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames == ["目录", "说明", "数据"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(max_size=40), max_size=6))
def test_any_titles_make_valid_sheet_names(names: list[str], tmp_path: Path) -> None:
    """Whatever tables are called, the workbook is written and has one sheet for each."""
    tables = [
        Table(name, (), (TableRow((TableCell("甲", columns=3, rows=3),)), TableRow(())), ()) for name in names
    ]
    data = xlsx_bytes(small(*tables))
    assert schema_errors(data, tmp_path) == []
    assert len(openpyxl.load_workbook(BytesIO(data)).sheetnames) == len(names) + 3


def test_what_is_written_can_be_read_back(tmp_path: Path) -> None:
    """The reader of filled nine-table workbooks takes every figure of our own tables back, to the fen."""
    document, _, store = published()
    target = tmp_path / "published.xlsx"
    write_xlsx(document, target)
    read, problems = read_nine_tables(
        target, edition(EDITION), store.vocabulary, entity_of(document), document.metadata.year
    )
    assert [problem for problem in problems if problem.is_error] == []
    stated = {figure.coordinate: figure.value for table in document.tables() for figure in figures_of(table)}
    facts = {str(fact.coordinate): fact.value for fact in read.statements()}
    assert {place: value for place, value in stated.items() if value} == {
        place: value for place, value in facts.items() if value
    }


def entity_of(document: Document) -> str:
    """The entity of a document's figures."""
    coordinate = next(iter(document.tables())).body
    figure = next(cell.figure for row in coordinate for cell in row.cells if cell.figure)
    return figure.coordinate.partition("@")[2].partition("/")[0]


def figures_of(table: Table) -> list[Figure]:
    """Figures of a table's body."""
    return [cell.figure for row in table.body for cell in row.cells if cell.figure]


@pytest.mark.office
def test_libreoffice_computes_the_same_totals(path: Path, values: openpyxl.Workbook, tmp_path: Path) -> None:
    """Recalculated and saved by another program, every number is the same and every total is still live."""
    again_path = convert(convert(path, "ods", tmp_path / "ods"), "xlsx", tmp_path / "xlsx")
    again = openpyxl.load_workbook(again_path, data_only=True)
    live = openpyxl.load_workbook(again_path)
    for table, name in zip(TABLES, NAMES, strict=True):
        for row, column, cell in body_cells(table):
            if cell.figure:
                assert again[name].cell(row, column).value == pytest.approx(
                    values[name].cell(row, column).value, abs=1e-9
                )
        top = TOP + len(table.header) + 1
        assert all(live[name].cell(top + row, column + 1).data_type == "f" for row, column in table.sums)
