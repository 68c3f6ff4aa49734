"""One slip planted in a report that was right is told, by its own rule, at the words that were changed."""

from html import escape

import pytest
from small_department import small_material, small_store
from worded_reports import understood

from mingzhang import pipeline
from mingzhang.audit.words import check_words
from mingzhang.documents import Document, Heading, Paragraph, Table

SLIPS = {
    "alternative_left_open": (
        "收入支出总计增加150.00万元",
        "收入支出总计增加（减少）150.00万元",
        "template_residue",
    ),
    "placeholder_left": ("共有车辆0辆", "共有车辆XX辆", "template_residue"),
    "instruction_left": ("新增档案日宣传项目", "新增项目（如持平作持平表述）", "template_residue"),
    "year_torn": ("青岚区档案局2021年度政府采购", "青岚区档案局202年度政府采购", "template_residue"),
    "name_misspelt": ("31日，青岚区档案局共有", "31日，清岚区档案局共有", "body_name"),
    "other_body_s_name": ("第三部分 青岚区档案局", "第三部分 青岚区教育局", "body_name"),
    "year_of_last_report": ("第三部分 青岚区档案局2021", "第三部分 青岚区档案局2020", "report_year"),
    "date_of_last_year": ("截至2021年12月31日", "截至2020年12月31日", "report_year"),
    "direction_turned": ("决算为750.00万元，支出决算数小于", "决算为750.00万元，支出决算数大于", "direction"),
    "item_without_figures": ("基本工资、住房公积金。", "基本工资、津贴补贴、住房公积金。", "named_items"),
    "purpose_copied": ("住房公积金（项）。", "住房公积金（项）。主要用于：医疗保险。", "purpose"),
    "subject_misspelt": ("住房公积金（项）", "住房公基金（项）", "subject_name"),
    "items_announced": ("预算单位共2个：", "3个预算单位包括：", "announced_count"),
    "percent_sign_lost": ("基本支出800.00万元，占80.00%", "基本支出800.00万元，占80.00", "unit_missing"),
    "unit_lost": ("支出决算为120.00万元，", "支出决算为120.00，", "unit_missing"),
    "unit_doubled": ("项目支出200.00万元", "项目支出200.00万元万元", "unit_missing"),
    "glossary_missing": ("第四部分 名词解释", "第四部分 其他", "missing_part"),
    "section_number_skipped": ("十、预算绩效管理情况", "十二、预算绩效管理情况", "numbering"),
    "full_stop_lost": ("项目支出200.00万元，占20.00%。", "项目支出200.00万元，占20.00%；", "punctuation"),
    "bracket_lost": ("（以合同签订为准）", "（以合同签订为准", "punctuation"),
}


def page(document: Document) -> str:
    """A web page of a document: its headings and paragraphs, its tables as bare grids."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, Table):
            rows = "".join(
                "<tr>"
                + "".join(
                    f'<td colspan="{cell.columns}" rowspan="{cell.rows}">{escape(cell.text)}</td>'
                    for cell in row.cells
                )
                + "</tr>"
                for row in (*block.header, *block.body)
            )
            parts.append(f"<p>{block.title}</p><p>单位：{block.unit}</p><table>{rows}</table>")
            parts += [f"<p>{escape(note)}</p>" for note in block.notes]
    return f"<html><body><h1>{document.title}</h1>{''.join(parts)}</body></html>"


@pytest.fixture(scope="module")
def right() -> str:
    """A department's own report as a web page."""
    return page(pipeline.disclose(small_store(), "shanghai_fy2024", small_material()).document)


def rules(text: str) -> set[str]:
    """The rules that say something of a page, what is still to be filled in left out."""
    found = check_words(understood(text.encode()))
    return {remark.rule for remark in found if "待填写" not in remark.message}


def test_the_report_itself_raises_nothing(right: str):
    assert rules(right) == set()


@pytest.mark.parametrize("name", list(SLIPS))
def test_a_planted_slip_is_told_by_its_own_rule(right: str, name: str):
    old, new, rule = SLIPS[name]
    assert old in right
    assert rules(right.replace(old, new, 1)) == {rule}
