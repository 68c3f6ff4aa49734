"""HTML: one page without network, escaped, complete, the same bytes every time."""

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import lxml.html
import pytest
from page_sample import explanations, write_page
from sample_document import sample_document

from mingzhang.documents import (
    Chart,
    Document,
    Explanation,
    Figure,
    Heading,
    Metadata,
    Paragraph,
    Series,
    Span,
    Table,
    TableCell,
    TableRow,
)
from mingzhang.write.html import write_html

METADATA = Metadata("示例局", 2021, "national", date(2022, 8, 30))


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The sample page, parsed."""
    return lxml.html.parse(str(write_page(tmp_path_factory.mktemp("html") / "a.html"))).getroot()


def _write(path, *blocks, known=None, **metadata):
    document = Document(metadata.pop("title", "决算"), replace(METADATA, **metadata), blocks)
    write_html(document, path, known)
    return path.read_text(encoding="utf-8")


def test_the_page_needs_no_network(page):
    """No link, image, font or script comes from elsewhere, and the policy forbids it."""
    addresses = [
        value
        for element in page.iter()
        for name, value in element.items()
        if name in ("src", "href", "xlink:href")
    ]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_every_word_of_the_document_stands_on_the_page(page):
    """Nothing is lost between the document and its page."""
    text = "".join(page.xpath("//main")[0].itertext())
    for block in sample_document().blocks:
        if isinstance(block, Heading | Paragraph):
            assert block.text in text
        elif isinstance(block, Table):
            assert all(cell.text in text for row in (*block.header, *block.body) for cell in row.cells)
            assert all(note in text for note in block.notes)
            assert block.number in text


def test_tables_tell_their_header_cells(page):
    """Each table has a caption, column headers with a scope, row headers with a scope."""
    tables = page.xpath("//main//section//table")
    assert len(tables) == len(list(sample_document().tables()))
    for table in tables:
        assert table.xpath("./caption")[0].text
        assert table.xpath("./thead//th[@scope='col' or @scope='colgroup']")
    assert page.xpath("//main//tbody//th[@scope='row']")


def test_each_printed_figure_opens_its_explanation(page):
    """The number on a button leads to the explanation of exactly the figure's coordinate."""
    data = json.loads(page.xpath("//script[@id='explanations']")[0].text)
    document = sample_document()
    printed = [
        (cell.text, cell.figure.coordinate)
        for table in document.tables()
        for row in table.body
        for cell in row.cells
        if cell.figure and cell.text
    ]
    buttons = page.xpath("//main//section//tbody//button[@class='figure']")
    assert [(button.text, data[int(button.get("data-at"))]["coordinate"]) for button in buttons] == printed


def test_last_year_is_linked_where_it_is_known(page):
    """The same coordinate a year before."""
    data = json.loads(page.xpath("//script[@id='explanations']")[0].text)
    entry = next(entry for entry in data if entry["coordinate"] == "expenditure@qinglan/2024#actual")
    assert data[entry["before"]]["coordinate"] == "expenditure@qinglan/2023#actual"


def test_headings_step_down_from_the_title_and_anchors_are_unique(page):
    """One h1; contents lead to anchors that exist once."""
    assert len(page.xpath("//h1")) == 1
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    targets = [address[1:] for address in page.xpath("//nav//a/@href")]
    assert targets
    assert set(targets) <= set(identifiers)


def test_the_page_says_that_it_is_sample_data(page):
    """The watermark stands as a banner and on printed pages."""
    assert page.xpath("//aside[@class='banner']")[0].text_content() == "示例数据"
    assert page.get("lang") == "zh-CN"


def test_charts_are_drawn_and_have_their_data_beside_them(page):
    """A picture for the eye, a table for everyone."""
    charts = page.xpath("//figure[@class='chart']")
    assert len(charts) == 4
    for chart in charts:
        assert chart.xpath(".//*[local-name()='svg']")
        assert chart.xpath(".//details//tbody//td")


def test_figures_without_explanation_are_plain_text(tmp_path):
    """A page without explanations has no buttons that open nothing."""
    figure = Figure("expenditure@bureau/2021#actual", Fraction(1), "1.00", "万元")
    text = _write(tmp_path / "a.html", Paragraph((Span("1.00", figure), Span("万元"))))
    assert 'class="figure"' not in re.sub(r"(?s)<(style|script).*?</\1>", "", text)
    assert "1.00万元" in text


def test_hostile_text_is_escaped_everywhere(tmp_path):
    """Names, cells, captions, explanations: markup in them is text, and no script element is closed early."""
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}'\"&lt;"
    figure = Figure("expenditure@bureau/2021#actual", Fraction(1), "1.00", "万元")
    cell = TableCell(hostile, bold=True)
    table = Table(
        hostile,
        (TableRow((cell,), "header"),),
        (TableRow((cell,)), TableRow((TableCell("1.00", figure),))),
        (1.0,),
        hostile,
        hostile,
        hostile,
        (hostile,),
    )
    chart = Chart(hostile, hostile, "ring", (hostile,), (Series(hostile, (figure,)),), "万元", hostile)
    known = {
        figure.coordinate: Explanation(
            hostile, hostile, hostile, hostile, hostile, ((hostile, hostile, hostile),), ((hostile,) * 4,)
        )
    }
    text = _write(
        tmp_path / "a.html",
        Heading(1, hostile, hostile),
        Paragraph((Span(hostile, missing=True), Span(hostile, bold=True)), hostile),
        table,
        chart,
        known=known,
        title=hostile,
        department=hostile,
        subtitle=hostile,
        watermark=hostile,
        author=hostile,
    )
    root = lxml.html.fromstring(text)
    scripts = root.xpath("//script")
    assert [script.get("type") for script in scripts] == ["application/json", "application/json", None]
    assert not root.xpath("//img | //@onerror")
    assert "{{ 7*7 }}" in root.xpath("//main")[0].text_content()
    assert json.loads(root.xpath("//script[@id='explanations']")[0].text)[0]["title"] == hostile


def test_direction_marks_are_left_out(tmp_path):
    """Digits read in the order in which they are stored."""
    assert "合计12.30" in _write(tmp_path / "a.html", Paragraph((Span("合计\u202e12.30"),)))


def test_writing_again_gives_the_same_bytes(tmp_path):
    """No clock, no random ids."""
    first, second = write_page(tmp_path / "a.html"), write_page(tmp_path / "b.html")
    assert first.read_bytes() == second.read_bytes()
    assert len(explanations()) > 100
