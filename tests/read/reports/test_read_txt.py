"""Plain text: lines become paragraphs, flattened tables come back, every character keeps its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.documents import Document, Paragraph, Table, places
from mingzhang.read.reports.txt import read_txt
from mingzhang.read.unreadable import UnreadableFileError

SENTENCES = (
    "2022年度云岭区水务局收、支总计1200.50万元。与2021年度相比，收、支总计各增加200.25万元，增长20%，主要原因是新开工农村供水项目。",
    "年初结转和结余为35.20万元，使用非财政拨款结余0万元，年末结转和结余为12.75万元，结余分配0万元，比上年有所减少，主要是项目如期完工。",
    "本年财政拨款收入1080.30万元，占本年收入90%；事业收入120.20万元，占本年收入10%，其中水质检测收入80.15万元，其他检测收入40.05万元。",
)
HEADINGS = ("第三部分 2022年度部门决算情况说明", "一、收入支出决算总体情况说明", "（一）收入构成情况。")


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.body]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def plain(text: str) -> str:
    return (
        text.replace(" ", "")
        .replace("，", ",")
        .replace("；", ";")
        .replace("（", "(")
        .replace("）", ")")
        .replace("：", ":")
    )


def wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


@settings(max_examples=60, deadline=None)
@given(width=st.integers(24, 45), spacing=st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"]), seed=st.randoms())
def test_wrapped_sentences_become_one_paragraph_each(width: int, spacing: str, seed) -> None:
    """Whatever the width and the space between lines, no sentence is split and no heading is glued to one."""
    texts = [*HEADINGS, *(SENTENCES[index % 3] for index in range(9))]
    lines = [line for text in texts for line in wrapped(text, width)]
    found = paragraphs(read_txt(spacing.join(lines).encode()))
    assert found[:3] == [plain(heading) for heading in HEADINGS]
    assert "".join(found) == plain("".join(texts))
    for text in found[3:]:
        assert text.endswith("。")


def test_one_paragraph_a_line_stays_so():
    """Without wrapping, a long line followed by another is two paragraphs."""
    texts = [*HEADINGS, *SENTENCES, "注：本表反映本年度收支情况。"]
    assert paragraphs(read_txt("\n".join(texts).encode())) == [plain(text) for text in texts]


def test_page_numbers_and_page_heads_are_no_part_of_a_sentence():
    first, second = SENTENCES[0][:40], SENTENCES[0][40:]
    body = "\n".join(wrapped(SENTENCES[1], 40) + wrapped(SENTENCES[2], 40))
    text = (
        f"云岭区水务局决算公开\n{body}\n{first}\n- 3 -\n\f云岭区水务局决算公开\n{second}\n{body}\n- 4 -\n"
        f"\f云岭区水务局决算公开\n{body}\n5\n\f云岭区水务局决算公开\n{body}"
    )
    found = paragraphs(read_txt(text.encode()))
    assert plain(SENTENCES[0]) in found
    assert not any(each == "5" or "- 3 -" in each for each in found)


def test_a_title_broken_over_two_lines_is_one():
    lines = ["第三部分 云岭区水务局 2022 年度", "部门决算情况说明", "一、收入支出决算总体情况说明"]
    body = [line for text in SENTENCES * 3 for line in wrapped(text, 40)]
    assert (
        paragraphs(read_txt("\n\n".join([*lines, *body]).encode()))[0]
        == "第三部分云岭区水务局2022年度部门决算情况说明"
    )


def test_a_heading_ends_even_a_sentence_that_lost_its_end():
    """Where a figure stands on a line of its own, the sentence before a heading may lack its last words."""
    lines = [
        *wrapped(SENTENCES[2], 40),
        *wrapped(SENTENCES[1], 40),
        "本年支出合计1200.50万元，其中：基本支出800.20万元，占67%；项目支出共计",
    ]
    found = paragraphs(read_txt("\n".join([*lines, "四、财政拨款收入支出决算总体情况说明", *lines]).encode()))
    assert "四、财政拨款收入支出决算总体情况说明" in found


def test_a_number_broken_over_two_lines_is_one_number():
    line = "水" * 33 + "收入33"
    text = "\n".join([*(wrapped(SENTENCES[0], 37) * 3), line, "69.44万元，比上年增加。"])
    assert "收入3369.44万元" in paragraphs(read_txt(text.encode()))[-1]


def test_rows_of_labels_and_figures_are_a_table():
    text = """收入决算表
项目    本年收入    财政拨款
农林水支出    1,080.30    960.00
住房保障支出    120.20    120.20
注：本表反映本年度收入情况。
"""
    document = read_txt(text.encode())
    assert tables(document) == [
        [
            ["项目", "本年收入", "财政拨款"],
            ["农林水支出", "1,080.30", "960.00"],
            ["住房保障支出", "120.20", "120.20"],
        ]
    ]
    assert paragraphs(document) == ["收入决算表", "注:本表反映本年度收入情况。"]


def test_tabs_keep_blank_cells():
    document = read_txt("甲\t1.00\t\t2.00\n乙\t\t\t3.00\n".encode())
    assert tables(document) == [[["甲", "1.00", "", "2.00"], ["乙", "", "", "3.00"]]]


def test_rows_of_unlike_columns_stay_lines():
    """Where columns are uncertain nothing is made up."""
    document = read_txt("甲 1.00 2.00\n乙 3.00\n丙 1.00 2.00 3.00\n".encode())
    assert tables(document) == []
    assert len(paragraphs(document)) == 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_usual_encoding_is_read(encoding: str):
    text = "\n".join(SENTENCES)
    document = read_txt(text.encode(encoding))
    assert document.pages[0].text == text
    assert paragraphs(document) == [plain(each) for each in SENTENCES]


def test_every_character_knows_its_place():
    text = " 一、总体 情况\r\n\r\n２０２２年 ⻔票收入 10 万元。\f"
    document = read_txt(text.encode())
    for block in document.blocks:
        for at in range(len(block.located)):
            (place,) = places(block.located, document.pages, at, at + 1)
            shown = text[place.start : place.end]
            assert shown == block.located.text[at] or shown in "２０⻔"
    assert paragraphs(document) == ["一、总体情况", "2022年门票收入10万元。"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "file_empty"), (b" \n\0", "file_empty"), (bytes(range(256)) * 50, "not_text")]
)
def test_what_is_no_text_is_refused(content: bytes, code: str):
    with pytest.raises(UnreadableFileError) as refused:
        read_txt(content, "决算.txt")
    assert refused.value.problem.code == code
    assert refused.value.problem.where == "决算.txt"
