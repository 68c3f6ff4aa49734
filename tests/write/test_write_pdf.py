"""PDF: archivable, tagged, in reading order, the same bytes for the same document, hostile text inert."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from sample_document import sample_document

from mingzhang.documents import (
    Contents,
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
from mingzhang.write.pdf import write_pdf

METADATA = Metadata("示例局", 2021, "national", date(2022, 8, 30))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample disclosure as PDF, with facts attached."""
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    assert write_pdf(sample_document(), path, {"facts.json": b'{"facts": []}', "数据.csv": b"a,b\r\n"}) == []
    return path


def _pages(path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return texts


def _tags(path) -> list[str]:
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(path) as pdf:
        walk(pdf.Root.StructTreeRoot.K)
    return found


def _table(rows: int, columns: int, *, landscape: bool = False, digits: str = "1234567.89") -> Table:
    figure = Figure("expenditure@bureau/2021", Fraction(1), digits, "万元")
    cells = (
        TableCell("很长的支出功能分类科目名称", indent=2),
        *[TableCell(digits, figure, align="right")] * (columns - 1),
    )
    header = TableRow(tuple(TableCell(f"第{place}栏", bold=True) for place in range(columns)), "header")
    return Table(
        "支出决算表",
        (header,),
        (TableRow(cells),) * rows,
        (4.0, *[1.0] * (columns - 1)),
        "公开03表",
        landscape=landscape,
    )


def _write(path, *blocks, **metadata):
    document = Document("示例局2021年度部门决算", replace(METADATA, **metadata), blocks)
    return write_pdf(document, path)


def test_the_file_says_that_it_is_pdf_a_3a_and_accessible(sample):
    """XMP names part 3, conformance A and PDF/UA-1; the catalogue names the language and marks the tags."""
    with pikepdf.open(sample) as pdf, pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert xmp["dc:title"] == sample_document().title
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/OutputIntents" in pdf.Root


def test_attachments_are_carried_as_data(sample):
    """Machine-readable facts travel inside, byte for byte, with their relationship to the report."""
    with pikepdf.open(sample) as pdf:
        assert {spec.filename for spec in pdf.attachments.values()} == {"facts.json", "数据.csv"}
        assert pdf.attachments["facts.json"].get_file().read_bytes() == b'{"facts": []}'
        assert str(pdf.attachments["facts.json"].relationship) == "/Data"
        assert str(pdf.Root.AF[0].AFRelationship) == "/Data"


def test_every_heading_is_a_bookmark(sample):
    """Parts hold their sections, in order."""
    headings = [block for block in sample_document().blocks if isinstance(block, Heading)]
    with pikepdf.open(sample) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [block.text for block in headings if block.level == 1]
        sections = [child.title for item in outline.root for child in item.children]
    assert sections == [block.text for block in headings if block.level == 2]


def test_tables_and_charts_are_tagged(sample):
    """Each table has header cells, each chart is a figure with words for those who cannot see it."""
    tags = _tags(sample)
    assert tags.count("/Table") == len(list(sample_document().tables()))
    assert tags.count("/Figure") == 4
    assert tags.count("/THead") == tags.count("/Table")
    assert "/TOC" in tags


def test_text_comes_out_in_reading_order_and_whole(sample):
    """What a person selects and copies is the text of the document, no spaces put between words and digits."""
    joined = "".join(_pages(sample)).replace("\n", "")
    document = sample_document()
    at = 0
    for block in document.blocks:
        text = block.text if isinstance(block, Heading | Paragraph) else ""
        if isinstance(block, Heading) and block.level == 1:
            continue
        if 0 < len(text) <= 30:
            found = joined.find(text, at)
            assert found >= 0, text
            at = found
    assert "示例数据" in joined


def test_fonts_are_embedded_and_only_the_bundled_ones(sample):
    """The report looks the same on a machine without Chinese fonts."""
    with pikepdf.open(sample) as pdf:
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
        descriptors = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert names
        assert all(name.startswith("Mingzhang") for name in names)
        assert all("/FontFile3" in descriptor for descriptor in descriptors)


def test_writing_again_gives_the_same_bytes(tmp_path, sample):
    """Dates come from the publication; there are no random ids."""
    again = tmp_path / "again.pdf"
    write_pdf(sample_document(), again, {"facts.json": b'{"facts": []}', "数据.csv": b"a,b\r\n"})
    assert again.read_bytes() == sample.read_bytes()


def test_pages_are_numbered_apart_from_cover_and_contents(sample):
    """The first part begins with page 1, as the contents say."""
    pages = _pages(sample)
    assert "—" not in pages[0]
    assert "— I —" in pages[1]
    first_part = next(place for place, page in enumerate(pages) if place > 1 and "第一部分" in page)
    assert "— 1 —" in pages[first_part]
    with pikepdf.open(sample) as pdf:
        assert "/PageLabels" in pdf.Root


def test_wide_tables_stand_on_turned_pages(tmp_path):
    """Only the wide table's pages are turned; text before and after stays upright."""
    _write(
        tmp_path / "a.pdf", Paragraph((Span("前"),)), _table(3, 9, landscape=True), Paragraph((Span("后"),))
    )
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    turned = [page.get_width() > page.get_height() for page in document]
    document.close()
    assert turned == [False, False, True, False]


def test_a_long_table_repeats_its_header_on_each_page(tmp_path):
    """A reader of the third page sees what the columns are."""
    _write(tmp_path / "a.pdf", _table(120, 4))
    pages = [page for page in _pages(tmp_path / "a.pdf") if "1234567.89" in page]
    assert len(pages) >= 3
    assert all("第0栏" in page and "第3栏" in page for page in pages)


def test_numbers_are_never_broken_even_in_narrow_columns(tmp_path):
    """Ten columns of ten digits on an upright page: type gets smaller, each number stays on one line."""
    _write(tmp_path / "a.pdf", _table(3, 10))
    page = next(page for page in _pages(tmp_path / "a.pdf") if "1234567.89" in page)
    assert page.count("1234567.89") == 27


def test_a_small_table_in_the_text_keeps_its_distance(tmp_path):
    """Lines before and after a table, its title and its note never touch each other."""
    table = replace(_table(2, 3), number="", entity="示例局", unit="万元", notes=("注：说明。",))
    _write(tmp_path / "a.pdf", Paragraph((Span("前面的话。"),)), table, Paragraph((Span("后面的话。"),)))
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    page = document[1].get_textpage()
    boxes = []
    for words in ("前面的话", "支出决算表", "编制单位", "第0栏", "注：说明", "后面的话"):
        index, _ = page.search(words).get_next()
        boxes.append(page.get_charbox(index))
    document.close()
    for (_, above, _, _), (_, _, _, below) in pairwise(boxes):
        assert above > below + 2


def test_an_official_form_begins_a_page_with_its_heading(tmp_path):
    """The heading that names a form stands over it as its title, once."""
    _write(
        tmp_path / "a.pdf",
        Contents(),
        Heading(2, "一、支出决算表"),
        _table(3, 4),
        Heading(2, "二、支出决算表"),
        _table(2, 4),
    )
    pages = _pages(tmp_path / "a.pdf")[2:]
    assert [page.count("支出决算表") for page in pages] == [1, 1]


@pytest.mark.parametrize(
    "hostile",
    [
        "#panic(1) $x$ *粗* _斜_ @引用 <标签> `码` // 注释",
        "= 标题\n+ 项\n- 项",
        "\\u{41}#sys.inputs",
        '"; #read("/etc/passwd")',
        "]]}{[[",
    ],
)
def test_hostile_text_is_printed_and_never_run(tmp_path, hostile):
    """Markup of the typesetter in names, cells or titles is text."""
    table = Table(hostile, (), (TableRow((TableCell(hostile),)),), (1.0,), entity=hostile, notes=(hostile,))
    blocks = (Heading(1, hostile), Paragraph((Span(hostile, missing=True),)), table)
    document = Document(hostile, replace(METADATA, department=hostile, watermark=hostile), blocks)
    write_pdf(document, tmp_path / "a.pdf")
    text = "".join(_pages(tmp_path / "a.pdf")).replace("\n", "").replace(" ", "")
    assert hostile.replace("\n", "").replace(" ", "")[:20] in text


def test_a_character_without_font_is_replaced_and_named(tmp_path):
    """Nothing is dropped in silence: 〓 on the page, a warning with the code point."""
    problems = _write(tmp_path / "a.pdf", Paragraph((Span("名字是\ue000某"),)))
    assert "名字是〓某" in "".join(_pages(tmp_path / "a.pdf"))
    assert [problem.code for problem in problems] == ["character_without_font"]
    assert "U+E000" in problems[0].what


def test_direction_marks_cannot_turn_digits_round(tmp_path):
    """A right-to-left mark in a text would show 12.30 as 03.21; it is left out."""
    _write(tmp_path / "a.pdf", Paragraph((Span("合计\u202e12.30\u202c\x00元"),)))
    assert "合计12.30元" in "".join(_pages(tmp_path / "a.pdf"))


def test_missing_reasons_stand_out(tmp_path):
    """A place that the user still has to fill is highlighted."""
    plain, marked = tmp_path / "plain.pdf", tmp_path / "marked.pdf"
    _write(plain, Paragraph((Span("【待填写】"),)))
    _write(marked, Paragraph((Span("【待填写】", missing=True),)))

    def yellow(path):
        document = pypdfium2.PdfDocument(path)
        colours = document[1].render().to_pil().getcolors(1 << 20)
        document.close()
        return sum(count for count, (red, green, blue) in colours if red > 240 and green > 200 and blue < 180)

    assert yellow(plain) == 0
    assert yellow(marked) > 100


def test_headings_of_the_contents_carry_their_pages(sample):
    """Page numbers of the contents rise and lead to links."""
    lines = [line for line in _pages(sample)[1].split("\n") if "第" in line and "部分" in line]
    numbers = [int(line.rsplit(maxsplit=1)[-1]) for line in lines]
    assert len(numbers) == 6
    assert all(first < second for first, second in pairwise(numbers))


def test_the_result_survives_a_strict_reader(sample):
    """pikepdf opens it without repairs."""
    with pikepdf.open(BytesIO(sample.read_bytes())) as pdf:
        assert pdf.check_pdf_syntax() == [] if hasattr(pdf, "check_pdf_syntax") else pdf.check() == []
