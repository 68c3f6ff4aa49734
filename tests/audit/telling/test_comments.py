"""A commented copy of a Word file: comments on the very figures, everything else as it was."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from lxml import etree

from mingzhang import pipeline
from mingzhang.audit.remark import Remark
from mingzhang.audit.telling.comments import commented_docx
from mingzhang.documents import Place
from mingzhang.facts import Verdict
from mingzhang.read.reports.docx import docx_runs, read_docx

ON = datetime(2023, 8, 1, 9, 30)


def made(build) -> bytes:
    word = Word()
    build(word)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def report(word) -> None:
    word.add_paragraph("云岭区水务局2022年度部门决算")
    word.add_paragraph("一、收入支出决算总体情况说明")
    paragraph = word.add_paragraph("2022年度收、支总计1200.00万元。与2021年度相比，收、支总计各增加")
    paragraph.add_run("200.00").bold = True
    paragraph.add_run("万元，增长3")
    paragraph.add_run("0.0").italic = True
    paragraph.add_run("0%，主要原因是新增项目。")
    word.add_paragraph("尾句。")


def marked(raw: bytes) -> dict[str, str]:
    """The text between the marks of each comment, by its id."""
    found: dict[str, str] = {}
    open_: set[str] = set()
    for each in Word(BytesIO(raw)).element.body.iter():
        name = each.get(qn("w:id")) or ""
        if each.tag == qn("w:commentRangeStart"):
            open_.add(name)
            found[name] = ""
        elif each.tag == qn("w:commentRangeEnd"):
            open_.remove(name)
        elif each.tag == qn("w:t"):
            for name in open_:
                found[name] += each.text or ""
    assert not open_
    return found


def commented(raw: bytes, *remarks: Remark) -> bytes:
    return commented_docx(raw, docx_runs(raw), remarks, {}, ON)


def remark(*places: Place, severity: str = "error") -> Remark:
    return Remark("x", Verdict.CONTRADICTION, severity, "甲与乙不符\x01", places, remedy="核对")


def place(raw: bytes, words: str, nth: int = 0) -> Place:
    text = read_docx(raw).pages[0].text
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Place(1, at, at + len(words), quote=words)


def test_a_finding_is_a_comment_on_its_very_digits_though_runs_part_them():
    raw = made(report)
    audit = pipeline.audit(raw)
    new = commented_docx(raw, docx_runs(raw), audit.ordered, audit.shown, ON)
    words = marked(new)
    assert words["0"] == "30.00%"
    assert {"1200.00万元", "200.00万元"} <= set(words.values())
    first, *others = Word(BytesIO(new)).comments
    assert first.text.startswith("1. 错误（矛盾）：")
    assert "改法：" in first.text
    assert first.author == "决算审核"
    assert all(other.text.startswith("见审核意见第1条") for other in others)
    again = pipeline.audit(new)
    assert [each.message for each in again.ordered] == [each.message for each in audit.ordered]


def test_looks_and_text_stay_and_only_the_parts_of_comments_change():
    raw = made(report)
    new = commented(raw, remark(place(raw, "30.00%"), place(raw, "00.00万", 1)))
    before, after = Word(BytesIO(raw)), Word(BytesIO(new))
    assert [each.text for each in after.paragraphs] == [each.text for each in before.paragraphs]
    looks = {(run.text, run.bold, run.italic) for run in after.paragraphs[2].runs}
    assert {("2", True, None), ("00.00", True, None), ("0.0", None, True), ("0%", None, None)} <= looks
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(BytesIO(new)) as copy:
        changed = {name for name in copy.namelist() if name not in old.namelist()} | {
            name for name in old.namelist() if copy.read(name) != old.read(name)
        }
    assert changed <= {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
    }


def test_comments_of_colleagues_survive():
    def build(word):
        paragraph = word.add_paragraph("收入100万元，支出90万元。")
        word.add_comment(paragraph.runs, text="请核实", author="王五", initials="王")

    raw = made(build)
    new = commented(raw, remark(place(raw, "100万元")), remark(place(raw, "90万元")))
    found = {each.comment_id: (each.author, each.text) for each in Word(BytesIO(new)).comments}
    assert found[0] == ("王五", "请核实")
    assert [author for author, _ in found.values()] == ["王五", "决算审核", "决算审核"]
    assert marked(new) == {"0": "收入100万元，支出90万元。", "1": "100万元", "2": "90万元"}
    twice = commented(new, remark(place(raw, "100万元")))
    assert len(list(Word(BytesIO(twice)).comments)) == 4


def test_cells_and_nested_tables_carry_comments():
    def build(word):
        cell = word.add_table(1, 2).cell(0, 1)
        cell.text = "合计 12.50"
        cell.add_table(1, 2).cell(0, 1).text = "7.50"

    raw = made(build)
    new = commented(raw, remark(place(raw, "12.50"), place(raw, "7.50")))
    assert set(marked(new).values()) == {"12.50", "7.50"}


def test_a_text_box_is_commented_where_it_hangs():
    def build(word):
        run = word.add_paragraph("正文").add_run()
        box = (
            '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
            "<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框内33%</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
        run._r.append(etree.fromstring(box))

    raw = made(build)
    new = commented(raw, remark(place(raw, "33%")))
    body = Word(BytesIO(new)).element.body
    (start,) = body.iter(qn("w:commentRangeStart"))
    assert start.getparent().getparent() is body
    assert start.getnext().find(f".//{qn('w:txbxContent')}") is not None


def test_overlapping_and_repeated_places_all_have_their_marks():
    raw = made(lambda word: word.add_paragraph("支出100.00万元增长5%"))
    new = commented(
        raw,
        remark(place(raw, "100.00万元增长5%"), place(raw, "00.00")),
        remark(place(raw, "增长5%")),
        remark(place(raw, "100.00万元增长5%"), severity="notice"),
    )
    assert list(marked(new).values()).count("100.00万元增长5%") == 2
    assert sorted(marked(new).values()) == ["00.00", "100.00万元增长5%", "100.00万元增长5%", "增长5%"]


@pytest.mark.parametrize("words", [[], ["空白"]])
def test_nothing_to_say_leaves_the_file_as_it_was(words):
    raw = made(lambda word: [word.add_paragraph(each) for each in words])
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(BytesIO(commented(raw))) as new:
        assert {name: old.read(name) for name in old.namelist()} == {
            name: new.read(name) for name in new.namelist()
        }


def test_a_place_beyond_all_text_is_commented_at_the_nearest():
    raw = made(lambda word: word.add_paragraph("支出"))
    assert marked(commented(raw, remark(Place(1, 50, 60)))) == {"0": "支出"}
