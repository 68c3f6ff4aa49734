"""Web pages: the article among its navigation, tables with their spans, figures split by markup."""

from __future__ import annotations

import pytest

from mingzhang.documents import Document, Paragraph, Table, places
from mingzhang.read.reports.html import read_html
from mingzhang.read.unreadable import UnreadableFileError

SENTENCE = (
    "2022年度云岭区水务局收、支总计1200.50万元，比上年增加200.25万元，增长20%，主要原因是新开工农村供水项目。"
)


def read(body: str, head: str = "") -> Document:
    return read_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> list[list[tuple[str, int, int]]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [[(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in table.body]


def test_figures_split_over_elements_are_one():
    found = read("<p>收入<span>33</span><font>69</font><b>.44</b>&nbsp;万元<!-- x -->，支出<i>5</i>万元</p>")
    assert paragraphs(found) == ["收入3369.44万元,支出5万元"]


def test_hidden_things_are_not_read():
    body = '<p>甲<span style="DISPLAY : none">1</span><script>2</script><span hidden>3</span><input value="4">乙</p>'
    assert paragraphs(read(body, "<style>5</style><title>6</title>")) == ["甲乙"]


def test_line_breaks_part_sentences_but_not_titles():
    found = read("<p>云岭区水务局<br>2022年度部门决算</p><p>收入10万元。<br>　　支出9万元。</p>")
    assert paragraphs(found) == ["云岭区水务局2022年度部门决算", "收入10万元。", "支出9万元。"]


def test_the_article_is_found_among_navigation_and_its_title_is_kept():
    article = "".join(f"<p>{SENTENCE}</p>" for _ in range(20))
    body = (
        '<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>'
        "<h1>云岭区水务局2022年度部门决算公开</h1>"
        f'<div><div id="content">{article}</div></div><div>主办单位：云岭区政府办公室</div>'
    )
    found = paragraphs(read(body))
    assert found[0] == "云岭区水务局2022年度部门决算公开"
    assert len(found) == 21


def test_layout_tables_are_not_tables():
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    found = read(f"<table><tr><td><p>{SENTENCE}</p></td><td>{inner}</td></tr></table>")
    assert len(paragraphs(found)) == 1
    assert grid(found) == [[("甲", 1, 1), ("1", 1, 1)], [("乙", 1, 1), ("2", 1, 1)]]


def test_spans_are_kept_and_absurd_ones_cut():
    body = (
        '<table><caption>表一</caption><tr><td colspan="1000000">收入决算表</td></tr>'
        '<tr><th rowspan="65000">项目</th><th colspan="2">金额</th></tr>'
        "<tr><td>决算</td><td>预算<p>数</p></td></tr><tr><td>2,940.<br>05</td><td>1.00<br>2.00</td></tr></table>"
    )
    found = read(body)
    assert paragraphs(found) == ["表一"]
    assert grid(found) == [
        [("收入决算表", 3, 1)],
        [("项目", 1, 3), ("金额", 2, 1)],
        [("决算", 1, 1), ("预算数", 1, 1)],
        [("2,940.05", 1, 1), ("1.00 2.00", 1, 1)],
    ]


def test_preformatted_text_is_read_as_plain_text():
    found = read("<pre>甲  1.00  2.00\n乙  3.00  4.00\n</pre>")
    assert [[text for text, _, _ in row] for row in grid(found)] == [
        ["甲", "1.00", "2.00"],
        ["乙", "3.00", "4.00"],
    ]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_declared_and_undeclared_encodings_are_read(charset: str):
    for meta in (f'<meta charset="{charset}">', ""):
        page = f"<html><head>{meta}</head><body><p>{SENTENCE}</p></body></html>".encode(charset)
        assert paragraphs(read_html(page))[0].startswith("2022年度云岭区水务局")


def test_every_character_knows_its_place():
    found = read(
        f"<p>甲 乙</p><table><tr><td>一</td><td>2.5</td></tr><tr><td>二</td><td>3</td></tr></table><p>{SENTENCE}</p>"
    )
    page = found.pages[0]
    texts = [block.located for block in found.blocks if isinstance(block, Paragraph)]
    texts += [cell.located for table in found.tables() for row in table.body for cell in row.cells]
    for text in texts:
        for at in range(len(text)):
            (place,) = places(text, found.pages, at, at + 1)
            assert page.text[place.start] == text.text[at] or page.text[place.start] in "，。"


def test_a_page_nested_beyond_measure_is_refused():
    with pytest.raises(UnreadableFileError) as refused:
        read("<div>" * 100_000 + "收入")
    assert refused.value.problem.code == "too_deep"
