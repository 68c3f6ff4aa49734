"""Word files: what a reader of the printed page would see, no more and no less."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from mingzhang.documents import Document, Paragraph, Table
from mingzhang.read.reports.docx import docx_runs, read_docx
from read.reports.office_files import docx, p, td


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> list[list[tuple[str, int, int]]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [[(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in table.body]


def level(at: int, kind: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def listed(text: str, at: int, number: int = 7) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_text():
    body = (
        listed("收入", 0)
        + listed("结构", 1)
        + listed("项目", 2)
        + listed("明细", 2)
        + listed("情况", 1)
        + listed("支出", 0)
        + listed("结构", 1)
        + listed("重来", 0, 8)
    )
    assert paragraphs(read_docx(docx(body, numbering=LISTS))) == [
        "一、收入", "(一)结构", "1.项目", "2.明细", "(二)情况", "二、支出", "(一)结构", "一、重来",
    ]  # fmt: skip


def test_a_style_can_number_its_paragraphs():
    styles = (
        '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="base"/></w:style>'
    )
    styled = p("收入", '<w:pStyle w:val="own"/>')
    plain = p("不编号", '<w:pStyle w:val="own"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = paragraphs(read_docx(docx(styled + plain + styled, numbering=LISTS, styles=styles)))
    assert found == ["一、收入", "不编号", "二、收入"]


def test_deleted_text_is_out_and_inserted_text_is_in():
    body = (
        "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:t>万元</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>支出</w:t></w:r></w:p>" + p("9万元")
    )
    assert paragraphs(read_docx(docx(body))) == ["收入12万元", "支出9万元"]


def test_fields_show_their_result():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(1)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>内层</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>33.5</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="X"><w:r><w:t>万元</w:t></w:r></w:fldSimple></w:p>'
    )
    assert paragraphs(read_docx(docx(body))) == ["33.5万元"]


def test_content_controls_and_links_are_opened():
    body = f"<w:sdt><w:sdtContent>{p('甲')}<w:p><w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    assert paragraphs(read_docx(docx(body))) == ["甲", "乙"]


def test_text_boxes_and_notes_follow_their_paragraph():
    body = (
        '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r>'
        f"<w:r><w:pict><w:txbxContent>{p('图1')}</w:txbxContent></w:pict></w:r></w:p>" + p("后文")
    )
    notes = f'<w:footnote w:id="2">{p("口径为合计")}</w:footnote>'
    assert paragraphs(read_docx(docx(body, footnotes=notes))) == ["正文", "图1", "口径为合计", "后文"]


def test_spans_of_tables_are_kept():
    opens, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    body = (
        f"<w:tbl><w:tr>{td('项目', opens)}{td('金额', wide)}</w:tr>"
        f"<w:tr>{td('', '<w:vMerge/>')}{td('预算')}{td('决算')}</w:tr>"
        f"<w:tr>{td('合计')}{td('1.00')}{td('2.00')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{td("3.00")}</w:tr>'
        f"<w:tr><w:trPr><w:del/></w:trPr>{td('删')}{td('8')}{td('9')}</w:tr></w:tbl>"
    )
    assert grid(read_docx(docx(body))) == [
        [("项目", 1, 2), ("金额", 2, 1)],
        [("预算", 1, 1), ("决算", 1, 1)],
        [("合计", 1, 1), ("1.00", 1, 1), ("2.00", 1, 1)],
        [("", 2, 1), ("3.00", 1, 1)],
    ]


def test_a_frame_of_one_cell_is_no_table():
    inner = f"<w:tbl><w:tr>{td('甲')}{td('1')}</w:tr><w:tr>{td('乙')}{td('2')}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('说明文字')}{inner}</w:tc></w:tr></w:tbl>"
    document = read_docx(docx(body))
    assert paragraphs(document) == ["说明文字"]
    assert [[text for text, _, _ in row] for row in grid(document)] == [["甲", "1"], ["乙", "2"]]


def test_runs_lead_back_to_their_elements():
    """For comments on the very figures: each run's offsets are those of its own text in the page."""
    body = (
        listed("收入<w:tab/>", 0).replace("<w:tab/>", "")
        + f"<w:tbl><w:tr>{td('甲')}{td('33.5')}</w:tr></w:tbl>"
        + p("尾 文")
    )
    raw = docx(body, numbering=LISTS)
    page = read_docx(raw).pages[0].text
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        elements = list(etree.fromstring(archive.read("word/document.xml")).iter("*"))
    runs = docx_runs(raw)
    assert [page[run.start : run.end] for run in runs] == ["收入", "甲", "33.5", "尾 文"]
    assert [elements[run.element].text for run in runs] == ["收入", "甲", "33.5", "尾 文"]
    assert {run.part for run in runs} == {"word/document.xml"}
