"""PDF pages come back as lines, tables with spans and paragraphs, every character with its box."""

import pytest
from made import drawn, typeset

from mingzhang.documents import Document, Paragraph, Table
from mingzhang.read.pdf import read_pdf
from mingzhang.read.unreadable import UnreadableFileError


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body]


LONG = (
    "2022年度收入总计1234.56万元，与上年相比增加34.56万元，增长2.88%，主要原因是新增项目经费，" * 3
    + "特此说明。"
)


def test_wrapped_lines_are_one_paragraph_and_every_character_knows_its_box():
    document = read_pdf(
        typeset(f"#par(first-line-indent: 2em)[{LONG}]\n\n#par(first-line-indent: 2em)[第二段。]")
    )
    assert paragraphs(document) == [LONG.replace("，", ","), "第二段。"]
    (page,) = document.pages
    start = page.text.index("1234.56")
    left, top, right, bottom = page.box(start, start + 7)
    assert 20 < right - left < 60
    assert 8 < bottom - top < 24


def test_a_paragraph_goes_on_over_a_page_break_and_page_numbers_stay_out_of_it():
    body = "\n\n".join(["#par(first-line-indent: 2em)[" + LONG + "]"] * 20)
    document = read_pdf(
        typeset(body, '#set page(paper: "a5", numbering: "1")\n#set text(font: "Mingzhang Serif")\n')
    )
    assert len(document.pages) > 3
    assert set(paragraphs(document)) == {LONG.replace("，", ",")}


def test_missing_rules_are_spanning_cells():
    body = """#table(columns: (2cm, 2cm, 3cm, 3cm),
      table.cell(colspan: 2)[科目], table.cell(rowspan: 2)[名称], table.cell(rowspan: 2)[金额],
      [类], [款], [201], [01], [一般公共服务支出], [12.50], table.cell(colspan: 3)[合计], [12.50])"""
    (table,) = tables(read_pdf(typeset(body)))
    assert rows(table) == [
        ["科目", "名称", "金额"],
        ["类", "款"],
        ["201", "01", "一般公共服务支出", "12.50"],
        ["合计", "12.50"],
    ]
    assert [(cell.columns, cell.rows) for cell in table.body[0].cells] == [(2, 1), (1, 2), (1, 2)]


def test_a_table_with_open_sides_keeps_its_outer_columns():
    body = """#table(columns: (4cm, 3cm, 3cm), stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt, left: if x > 0 { 0.5pt }),
      [项目], [预算], [决算], [公务接待费], [1.00], [0.80], [合计], [1.00], [0.80])"""
    (table,) = tables(read_pdf(typeset(body)))
    assert rows(table) == [["项目", "预算", "决算"], ["公务接待费", "1.00", "0.80"], ["合计", "1.00", "0.80"]]


def test_a_number_broken_in_a_narrow_cell_is_one_number():
    body = "#table(columns: (1.5cm, 1.35cm), [合计], [2,940.#linebreak()05], [其中], [1234#linebreak()5.67])"
    (table,) = tables(read_pdf(typeset(body)))
    assert [row[1] for row in rows(table)] == ["2,940.05", "12345.67"]


def test_a_table_over_two_pages_is_one_and_its_repeated_head_stands_once():
    body = """#table(columns: (4cm, 3cm), table.header([科目], [金额]),
      ..range(60).map(each => ([科目#each], [#each])).flatten())"""
    (table,) = tables(read_pdf(typeset(body)))
    assert len(table.body) == 61
    assert rows(table)[0] == ["科目", "金额"]
    assert rows(table)[-1] == ["科目59", "59"]


def test_digits_set_lower_belong_to_their_line():
    text = "BT /F1 16 Tf 72 700 Td (AB) Tj ET BT /F1 14 Tf 100 695.2 Td (59) Tj ET BT /F1 16 Tf 122 700 Td (CD) Tj ET"
    assert [page.text.split() for page in read_pdf(drawn(text)).pages] == [["AB", "59", "CD"]] or [
        page.text.strip() for page in read_pdf(drawn(text)).pages
    ] == ["AB59CD"]


def test_the_order_is_that_of_the_eye_and_hidden_doubled_or_distant_characters_are_left_out():
    content = (
        "BT /F1 12 Tf 72 600 Td (second) Tj ET "
        "BT /F1 12 Tf 72 700 Td (first) Tj ET BT /F1 12 Tf 72.3 700 Td (first) Tj ET "
        "BT 3 Tr /F1 12 Tf 72 650 Td (unseen) Tj ET BT 0 Tr /F1 12 Tf 2000 640 Td (outside) Tj ET"
    )
    (page,) = read_pdf(drawn(content)).pages
    assert page.text.split() == ["first", "second"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(rotation: int):
    turned = {
        0: "1 0 0 1 72 700",
        90: "0 1 -1 0 100 72",
        180: "-1 0 0 -1 500 700",
        270: "0 -1 1 0 100 700",
    }
    content = f"BT /F1 12 Tf {turned[rotation]} Tm (upright 12) Tj ET"
    source = drawn(content).replace(b"/MediaBox", f"/Rotate {rotation} /MediaBox".encode())
    (page,) = read_pdf(source).pages
    assert page.text.split() == ["upright", "12"]


def test_dashed_rules_draw_a_table_too():
    dashes = "".join(f"{x} {y} 3 0.6 re f " for y in (500, 550, 600) for x in range(72, 272, 5))
    dashes += "".join(f"{x} {y} 0.6 3 re f " for x in (72, 172, 272) for y in range(500, 600, 5))
    words = "BT /F1 12 Tf 80 570 Td (ab) Tj ET BT /F1 12 Tf 180 570 Td (1.50) Tj ET BT /F1 12 Tf 80 520 Td (cd) Tj ET"
    (table,) = tables(read_pdf(drawn(dashes + words)))
    assert rows(table) == [["ab", "1.50"], ["cd", ""]]


def test_a_page_that_is_a_picture_is_said_to_be_unreadable():
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    document = read_pdf(drawn("BT /F1 12 Tf 72 700 Td (seen) Tj ET" * 5, picture))
    assert [page.readable for page in document.pages] == [True, False]
    assert "第2页" in document.problems[0].what


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"%PDF-1.7\n", "file_broken"),
        (b"%PDF-1.7\n" + b"\0\xff" * 500, "file_broken"),
        (b"", "file_empty"),
        (drawn("")[:150], "file_broken"),
    ],
)
def test_broken_files_are_refused_with_what_to_do(source: bytes, code: str):
    with pytest.raises(UnreadableFileError) as refused:
        read_pdf(source, "决算.pdf")
    assert refused.value.problem.code == code
    assert refused.value.problem.remedy


def test_far_too_many_pages_are_refused():
    with pytest.raises(UnreadableFileError) as refused:
        read_pdf(drawn(*[""] * 2001))
    assert "2001" in refused.value.problem.what


def test_an_encrypted_file_is_refused(tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    plain, locked = tmp_path / "a.pdf", tmp_path / "b.pdf"
    plain.write_bytes(drawn("BT /F1 12 Tf 72 700 Td (seen) Tj ET"))
    with pikepdf.open(plain) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UnreadableFileError) as refused:
        read_pdf(locked)
    assert refused.value.problem.code == "file_encrypted"
