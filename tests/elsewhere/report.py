"""A whole report of an invented department in a province's style."""

from __future__ import annotations

from elsewhere.blocks import Block, Heading, Paragraph, Table
from elsewhere.department import Department
from elsewhere.styles import Style
from elsewhere.tables import tables


def report(department: Department, style: Style) -> tuple[str, list[Block]]:
    """The title and all blocks: cover, table of contents left out, tables, explanation, glossary."""
    title = f"{department.year}年度{department.name}部门决算"
    made = tables(department, style.look)
    words = style.words(department)
    body: list[Block] = [
        Heading(title, 1),
        Heading(f"第一部分 {department.name}概况", 1),
        Heading("一、主要职责", 2),
        Paragraph("贯彻执行有关法律法规，承担本行业的管理工作。"),
    ]
    shown: list[Block] = [Heading(f"第二部分 {department.year}年度部门决算表", 1), *made]
    if not any("绩效" in block.text for block in words if isinstance(block, Heading)):
        words.append(Heading("预算绩效情况说明", 2))
        words.append(Paragraph(f"本部门组织对{department.year}年度项目支出开展绩效自评，自评结果良好。"))
    body += [*shown, *words] if style.tables_first else [*words, *shown]
    body += [
        Heading("第四部分 名词解释", 1),
        Paragraph("一、财政拨款收入：指本级财政当年拨付的资金。"),
        Paragraph("二、基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
    ]
    return title, body


def only_tables(blocks: list[Block]) -> list[Table]:
    """The tables of a report."""
    return [block for block in blocks if isinstance(block, Table)]
