"""The DOCX writer: structure, schema, contents, determinism, hostile input, and what LibreOffice makes of it."""

import re
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import convert
from openxml_audit import OpenXmlValidator
from sample_document import sample_document

from mingzhang.documents import (
    Chart,
    Contents,
    Document,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from mingzhang.write.docx import docx_bytes, write_docx


def picture() -> bytes:
    """A small PNG in place of a drawn chart."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    size = struct.pack(">IIBBBBB", 64, 32, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x90" * 64) * 32)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


DOCUMENT = sample_document()
CHARTS = {block.name: picture() for block in DOCUMENT.blocks if isinstance(block, Chart)}
HEADINGS = [block for block in DOCUMENT.blocks if isinstance(block, Heading)]
TABLES = list(DOCUMENT.tables())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("docx") / "sample.docx"
    write_docx(DOCUMENT, target, CHARTS)
    return target


@pytest.fixture(scope="module")
def opened(path: Path) -> docx.document.Document:
    return docx.Document(str(path))


def small(*blocks: object, title: str = "示例决算") -> Document:
    """A document of a few blocks."""
    return Document(title, Metadata("示例局", 2024, "none", date(2025, 9, 12)), tuple(blocks))


def member(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(BytesIO(data)).read(name).decode()


def schema_errors(data: bytes, tmp_path: Path) -> list[str]:
    """What the Open XML schema and its semantic rules find wrong."""
    target = tmp_path / "checked.docx"
    target.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(str(target)).errors]


def test_the_file_obeys_the_open_xml_schema(path: Path, tmp_path: Path) -> None:
    """Elements, their order, attributes, parts and relations are those that Word accepts."""
    assert schema_errors(path.read_bytes(), tmp_path) == []


def test_the_schema_check_sees_misplaced_elements(path: Path, tmp_path: Path) -> None:
    """The check of the test above can fail: an element out of order is reported."""
    source = zipfile.ZipFile(path)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(
                    b'<w:keepNext/><w:jc w:val="center"/>', b'<w:jc w:val="center"/><w:keepNext/>', 1
                )
            target.writestr(name, content)
    assert any("keepNext" in error for error in schema_errors(buffer.getvalue(), tmp_path))


def test_the_same_document_gives_the_same_bytes() -> None:
    """Nothing in the file depends on the clock, chance or the machine."""
    data = docx_bytes(DOCUMENT, CHARTS)
    assert data == docx_bytes(sample_document(), CHARTS)
    times = {entry.date_time for entry in zipfile.ZipFile(BytesIO(data)).infolist()}
    assert times == {(2025, 9, 12, 0, 0, 0)}


def test_properties_come_from_the_publication_record(opened: docx.document.Document) -> None:
    """Title, author and language are stated, and dates are the day of publication."""
    properties = opened.core_properties
    assert (properties.title, properties.language) == (DOCUMENT.title, "zh-CN")
    assert properties.author == DOCUMENT.metadata.author
    assert properties.created.date() == properties.modified.date() == DOCUMENT.metadata.published_on


def test_headings_are_headings(opened: docx.document.Document) -> None:
    """Every heading has Word's own heading style of its level, in order, and a bookmark."""
    styled = [p for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert [(p.style.name, p.text) for p in styled] == [(f"Heading {h.level}", h.text) for h in HEADINGS]
    assert all(p._p.findall(qn("w:bookmarkStart")) for p in styled)


def test_every_style_names_a_chinese_font(path: Path) -> None:
    """Paragraph styles state an East Asian font, so that Word does not guess."""
    styles = re.findall(
        r'<w:style w:type="paragraph".*?</w:style>', member(path.read_bytes(), "word/styles.xml")
    )
    assert len(styles) > 20
    assert all(re.search(r'w:eastAsia="(宋体|黑体|仿宋|楷体)"', style) for style in styles)


def test_the_body_is_indented_by_two_characters_on_fixed_lines(opened: docx.document.Document) -> None:
    """Official papers: 三号仿宋, first line two characters in, 28 points a line."""
    style = opened.styles["Body Text"]
    indent = style.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert style.paragraph_format.line_spacing.pt == 28
    assert style.font.size.pt == 16


def test_the_contents_are_filled_in(path: Path) -> None:
    """The contents list all parts and sections with page numbers, and link to bookmarks that exist."""
    text = member(path.read_bytes())
    contents = re.search(r"<w:sdt>.*?</w:sdt>", text, re.S)[0]
    assert "TOC \\o" in contents
    anchors = re.findall(r'w:anchor="([^"]+)"', contents)
    assert len(anchors) == sum(heading.level <= 2 for heading in HEADINGS)
    assert all(f'w:name="{anchor}"/>' in text for anchor in anchors)
    shown = re.findall(r"PAGEREF .*?<w:t[^>]*>(\d+)</w:t>", contents)
    assert len(shown) == len(anchors)
    assert [int(page) for page in shown] == sorted(int(page) for page in shown)
    assert "updateFields" not in member(path.read_bytes(), "word/settings.xml")


def test_no_contents_stand_where_there_is_nothing_to_list() -> None:
    """A document without headings has no empty contents page."""
    assert "TOC" not in member(docx_bytes(small(Contents(), Paragraph((Span("只有一段。"),)))))


def test_tables_keep_their_shape(opened: docx.document.Document) -> None:
    """Native tables: rows and columns as in the document, texts at their places."""
    assert len(opened.tables) == len(TABLES)
    for table, written in zip(TABLES, opened.tables, strict=True):
        assert len(written.rows) == len(table.header) + len(table.body)
        assert len(written.columns) == len(table.widths)
        last = [cell.text for cell in written.rows[-1].cells if cell.text]
        assert set(last) == {cell.text for cell in table.body[-1].cells if cell.text}


def test_header_rows_repeat_and_rows_stay_whole(opened: docx.document.Document) -> None:
    """w:tblHeader on exactly the header rows, w:cantSplit on every row."""
    for table, written in zip(TABLES, opened.tables, strict=True):
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in written.rows]
        assert marks == [True] * len(table.header) + [False] * len(table.body)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in written.rows)


def test_merged_headers_are_merged(opened: docx.document.Document) -> None:
    """The three-public table: 预算数 over six columns, 公务用车 over three, 合计 down two rows."""
    table = opened.tables[5]
    assert table.cell(0, 0)._tc is table.cell(0, 5)._tc
    assert table.cell(1, 2)._tc is table.cell(1, 4)._tc
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 0).text == "合计"


def test_numbers_stand_on_the_right(opened: docx.document.Document) -> None:
    """Every cell with a figure is right-aligned."""
    for table, written in zip(TABLES, opened.tables, strict=True):
        for row, tr in zip(table.body, written.rows[len(table.header) :], strict=True):
            for cell, tc in zip(row.cells, tr._tr.tc_lst, strict=True):
                if cell.figure:
                    assert tc.p_lst[0].pPr.jc.get(qn("w:val")) == "right"


def test_wide_tables_turn_the_page(opened: docx.document.Document) -> None:
    """Landscape tables stand in landscape sections with the headings over them; the rest stays upright A4."""
    turned = [section for section in opened.sections if section.orientation == WD_ORIENT.LANDSCAPE]
    assert len(turned) == 2
    assert all(section.page_width > section.page_height for section in turned)
    assert {round(s.page_width.mm) for s in opened.sections} == {210, 297}


def test_footers_number_pages_and_headers_carry_the_watermark(path: Path) -> None:
    """Every page says 示例数据, on the cover too, and pages are numbered — 1 —."""
    data = path.read_bytes()
    for name in ("word/header1.xml", "word/header2.xml"):
        assert member(data, name).count("示例数据") == 2
    assert " PAGE " in member(data, "word/footer2.xml")
    plain = replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, watermark=""))
    assert "pict" not in member(docx_bytes(plain, CHARTS), "word/header2.xml")


def test_charts_are_described_pictures(path: Path, opened: docx.document.Document) -> None:
    """Each chart is a picture with its description and a caption below."""
    charts = [block for block in DOCUMENT.blocks if isinstance(block, Chart)]
    described = re.findall(r'<wp:docPr id="\d+" name="[^"]*" descr="([^"]*)"', member(path.read_bytes()))
    assert described == [chart.description for chart in charts]
    captions = [p.text for p in opened.paragraphs if p.style.name == "Caption"]
    assert captions == [chart.caption for chart in charts]


def test_charts_not_given_are_drawn() -> None:
    """Without pictures the writer draws the charts itself."""
    chart = next(block for block in DOCUMENT.blocks if isinstance(block, Chart))
    archive = zipfile.ZipFile(BytesIO(docx_bytes(small(chart))))
    assert archive.read("word/media/chart1.png").startswith(b"\x89PNG")


def test_a_picture_that_is_no_png_is_refused() -> None:
    """A wrong picture gives a message instead of a file that Word rejects."""
    chart = next(block for block in DOCUMENT.blocks if isinstance(block, Chart))
    with pytest.raises(ValueError, match="不是PNG"):
        docx_bytes(small(chart), {chart.name: b"<svg/>"})


def test_what_is_missing_is_highlighted(opened: docx.document.Document) -> None:
    """Spans still to be supplied stand out in yellow."""
    runs = [run for p in opened.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert [run.text for run in runs] == ["【待填写 收、支总计变动的主要原因】"]


def test_a_table_is_not_titled_twice() -> None:
    """A heading that says the table's title stands for it; otherwise the title is printed."""
    table = TABLES[3]
    with_heading = member(docx_bytes(small(Heading(2, f"四、{table.title}"), table)))
    alone = member(docx_bytes(small(table)))
    assert with_heading.count(f"{table.title}</w:t>") == 1
    assert alone.count(f"{table.title}</w:t>") == 1


def test_neighbouring_tables_stay_apart() -> None:
    """Word joins tables that touch: a paragraph always stands between and after them."""
    table = Table("", (), (TableRow((TableCell("甲"),)),), (1.0,))
    body = docx.Document(BytesIO(docx_bytes(small(table, table)))).element.body
    kinds = [child.tag.rpartition("}")[2] for child in body]
    assert "tbl" in kinds
    assert all(kinds[index + 1] == "p" for index, kind in enumerate(kinds) if kind == "tbl")


def test_an_empty_document_is_a_document(tmp_path: Path) -> None:
    """No blocks, no title: still a valid file with a cover."""
    data = docx_bytes(small(title=""))
    assert schema_errors(data, tmp_path) == []


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Control characters, markup, field codes and 100,000 characters go in as text and come out as text."""
    nasty = "\x00\x0b<w:p>&amp;]]>\ud800\uffff=cmd()|' /C calc'!A0 { INCLUDETEXT }"
    blocks = (
        Heading(1, nasty, "1 bad anchor"),
        Paragraph((Span(nasty, bold=True), Span("字" * 100_000), Span("行一\n行二\t三"))),
        Table(nasty, (), (TableRow((TableCell(nasty, columns=99, rows=99, align="odd"),)), TableRow(())), ()),
    )
    data = docx_bytes(small(Contents(), PageBreak(), *blocks, PageBreak(), title=nasty))
    assert schema_errors(data, tmp_path) == []
    text = "".join(p.text for p in docx.Document(BytesIO(data)).paragraphs)
    assert "<w:p>&amp;]]>" in text
    assert "字" * 100_000 in text
    assert "行一\n行二\t三" in text


TEXTS = st.text(max_size=12)
CELLS = st.builds(
    TableCell, text=TEXTS, columns=st.integers(1, 4), rows=st.integers(1, 4), indent=st.integers(0, 3)
)
ROWS = st.lists(st.builds(TableRow, st.lists(CELLS, max_size=5).map(tuple)), max_size=5).map(tuple)
GRIDS = st.builds(
    Table,
    title=TEXTS,
    header=ROWS,
    body=ROWS,
    widths=st.lists(st.floats(0.1, 9), max_size=5).map(tuple),
    landscape=st.booleans(),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
)
BLOCKS = st.one_of(
    st.builds(Heading, st.integers(0, 6), TEXTS, TEXTS),
    st.builds(Paragraph, st.lists(st.builds(Span, TEXTS), max_size=3).map(tuple), TEXTS),
    GRIDS,
    st.just(PageBreak()),
    st.just(Contents()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=st.lists(BLOCKS, max_size=8))
def test_any_document_is_written_as_a_valid_file(blocks: list[object], tmp_path: Path) -> None:
    """Whatever stands in the document, in whatever order: the file obeys the schema and keeps every table."""
    data = docx_bytes(small(*blocks))
    assert schema_errors(data, tmp_path) == []
    expected = sum(isinstance(block, Table) and bool(block.header or block.body) for block in blocks)
    assert len(docx.Document(BytesIO(data)).tables) == expected


@pytest.mark.office
def test_libreoffice_keeps_headings_tables_and_digits(
    path: Path, opened: docx.document.Document, tmp_path: Path
) -> None:
    """Opened and saved by another program, the document still says the same."""
    again = docx.Document(str(convert(convert(path, "odt", tmp_path / "odt"), "docx", tmp_path / "docx")))
    headings = [
        p.text for p in again.paragraphs if p.style is not None and p.style.name.startswith("Heading")
    ]
    assert headings == [heading.text for heading in HEADINGS]
    assert len(again.tables) == len(TABLES)
    for before, after in zip(opened.tables, again.tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in after.rows] == [
            [cell.text for cell in row.cells] for row in before.rows
        ]


@pytest.mark.office
def test_the_contents_name_the_pages_on_which_the_headings_stand(path: Path, tmp_path: Path) -> None:
    """The page numbers filled in are those that LibreOffice's own layout gives, and no page is empty."""
    pdf = pypdfium2.PdfDocument(str(convert(path, "pdf", tmp_path / "pdf")))
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdf]
    front = 2  # the cover and the contents are not counted
    contents = re.search(r"<w:sdt>.*?</w:sdt>", member(path.read_bytes()), re.S)[0]
    shown = [int(page) for page in re.findall(r"PAGEREF .*?<w:t[^>]*>(\d+)</w:t>", contents)]
    listed = [heading.text for heading in HEADINGS if heading.level <= 2]
    for title, page in zip(listed, shown, strict=True):
        assert re.sub(r"\s", "", title) in pages[front + page - 1], (title, page)
    furniture = len(re.sub(r"\s", "", f"{DOCUMENT.title}（示例数据）—10—"))
    assert all(len(text) > furniture for text in pages[front:])
