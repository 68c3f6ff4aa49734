"""Layout at the limits: twelve-digit amounts, long addresses, contents and forms that just miss their page."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pypdfium2
import pytest

from mingzhang.documents import (
    Block,
    Chart,
    Contents,
    Document,
    Figure,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Series,
    Span,
    Table,
    TableCell,
    TableRow,
)
from mingzhang.write.chart_parts import WIDTH
from mingzhang.write.charts import chart_svg
from mingzhang.write.docx import docx_bytes
from mingzhang.write.pdf import write_pdf
from mingzhang.write.plain_text import clean, number_ems

SVG = "{http://www.w3.org/2000/svg}"
FIVE_NATURES = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")


def figure(text: str) -> Figure:
    value = Fraction(text.replace(",", "")) * 10_000
    return Figure("expenditure@bureau/2021#actual", value, text, "万元")


def chart(kind: str, categories: tuple[str, ...], *series: tuple[str, ...]) -> Chart:
    rows = tuple(Series(f"{2020 + place}年度", tuple(map(figure, own))) for place, own in enumerate(series))
    return Chart("limits", "图1：极限", kind, categories, rows, "万元", "极限")


def extents(drawn: Chart) -> list[tuple[str, float, float, float]]:
    """Text, left and right edge and height over the page of every text of a drawing, as wide as its type is."""
    found = []
    for element in ElementTree.fromstring(chart_svg(drawn)).iter(f"{SVG}text"):
        text, x, y = element.text or "", float(element.get("x", "0")), float(element.get("y", "0"))
        wide = number_ems(text) * float(element.get("font-size", "0").removesuffix("px"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[element.get("text-anchor", "start")]
        found.append((text, left, left + wide, y))
    return found


@pytest.mark.parametrize("digits", ["341,511,423.15", "34151142315.88"])
def test_labels_of_neighbouring_bars_never_touch(digits):
    """Amounts of twelve digits over two years' bars are set small enough to stand side by side."""
    drawn = chart("bars", ("收入总计", "支出总计"), (digits, digits), (digits, digits))
    labels = sorted((left, right) for text, left, right, _ in extents(drawn) if text == digits)
    assert len(labels) == 4
    assert all(right <= left for (_, right), (left, _) in pairwise(labels))


def test_labels_of_a_ring_stay_inside_their_picture():
    """The longest share and amount is neither cut at the edge nor printed over the ring."""
    amounts = ("31,059,553.69", "235,067,306.03", "204,580.75", "3,296,519.58", "5,704,013.96")
    labels = [each for each in extents(chart("ring", FIVE_NATURES, amounts)) if "万元" in each[0]]
    assert len(labels) == 6
    assert all(left >= 0 and right <= WIDTH for _, left, right, _ in labels)


def test_the_whole_of_a_ring_is_printed_as_its_parts_are():
    texts = [text for text, *_ in extents(chart("ring", FIVE_NATURES, ("1,217.5", "12", "0", "0", "0")))]
    assert "1,229.5" in texts


def test_a_number_is_never_narrower_than_counted():
    """Bold digits are wider than plain ones, and a column leaves room for them."""
    assert number_ems("275331974.50", bold=True) > number_ems("275331974.50") > 6
    assert number_ems("合计") == 2


def form(rows: int, amount: str) -> Table:
    """A form of so many rows with five columns of large amounts."""
    cells = [TableCell(amount, figure(amount), align="right", bold=True) for _ in range(5)]
    header = TableRow(tuple(TableCell(head) for head in ("项目", *FIVE_NATURES)), "header")
    body = tuple(TableRow((TableCell(f"第{row}项", indent=1), *cells)) for row in range(rows))
    return Table("极限表", (header,), body, (3, 1, 1, 1, 1, 1), "公开01表", "某局", "万元", landscape=True)


def pages(path, *blocks: Block) -> list[str]:
    metadata = Metadata("某局", 2021, "test", date(2022, 9, 1))
    write_pdf(Document("某局2021年度部门决算", metadata, blocks), path)
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def test_a_form_that_just_misses_its_page_is_set_tightly(tmp_path):
    """Thirty-five rows of a turned form: no page for the last of them."""
    written = pages(tmp_path / "form.pdf", Heading(2, "四、极限表"), form(35, "275331974.50"))
    assert sum("第34项" in page and "第0项" in page for page in written) == 1


@pytest.mark.parametrize("entries", [34, 38, 44])
def test_contents_fill_their_page_and_not_a_line_more(tmp_path, entries):
    headings = [Heading(2, f"第{number}节的标题") for number in range(entries)]
    written = pages(tmp_path / "contents.pdf", Contents(), PageBreak(), Heading(1, "第一部分"), *headings)
    assert "目" in written[1]
    assert f"第{entries - 1}节" in written[1]


def test_a_long_address_stays_inside_the_page(tmp_path):
    """What has no place to break is broken anywhere; nothing runs over the margin."""
    address = "http://www.example.gov.cn/" + "a" * 150
    pages(tmp_path / "long.pdf", Paragraph((Span(address),)))
    page = pypdfium2.PdfDocument(tmp_path / "long.pdf")[1]
    text = page.get_textpage()
    right = max(text.get_charbox(place)[2] for place in range(text.count_chars()))
    assert right < page.get_width() - 70


def test_direction_marks_do_not_reach_office_files():
    """They could show the digits of a figure in another order than they are stored."""
    assert clean("合计\u202e12.30\u2069") == "合计12.30"
    metadata = Metadata("某局", 2021, "test", date(2022, 9, 1))
    assert "\u202e".encode() not in docx_bytes(Document("决算", metadata, (Paragraph((Span("\u202e12"),)),)))


def test_a_form_without_a_number_has_a_page_of_its_own_too(tmp_path):
    """Not every edition numbers its forms; a long title of the part above leaves room for the form's note."""
    long = f"第二部分 {'江城市云岭区人力资源和社会保障综合管理局' * 2}2021年度部门决算表"
    own = replace(form(40, "12.35"), number="", name="summary", landscape=False, notes=("注：本表示例。",))
    headings = [Heading(1, long), Heading(2, "一、极限表")]
    second = replace(form(3, "12.35"), number="", name="other", landscape=False)
    written = pages(tmp_path / "forms.pdf", *headings, own, Heading(2, "二、极限表"), second)
    first = next(page for page in written if "第39项" in page)
    assert "注：本表示例。" in first
    assert "第二部分" in first
    assert "二、极限表" not in first
