"""A workbook of an audit: one sheet of findings, one of every figure and whether others pin it down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from mingzhang.audit.result import Audit
from mingzhang.audit.telling.words import STATES, graded, located, repairs_in_chinese

FINDINGS = (("序号", 6), ("级别", 8), ("结论", 8), ("位置", 36), ("所载", 18), ("应为", 18))
REASONS = (("问题", 60), ("可能的改法", 36), ("建议", 36), ("依据", 30), ("规则", 16))
ACCEPTED = (("序号", 6), ("问题", 80), ("认可理由", 50), ("规则", 16))
FIGURES = (("页", 6), ("所在", 36), ("指标", 30), ("所载", 18), ("核对情况", 14), ("坐标", 60))


def write_xlsx(path: Path, audit: Audit) -> None:
    """Write findings and figures, filtered and frozen. Text from the report is never taken for a formula or a link."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    status = audit.status or {}
    findings = [
        (
            number,
            graded(remark),
            remark.verdict.value,
            "；".join(map(located, remark.places)),
            remark.published,
            remark.computed,
            remark.message,
            repairs_in_chinese(remark, audit.shown),
            remark.remedy,
            remark.basis,
            remark.rule,
        )
        for number, remark in enumerate((*audit.ordered, *audit.mended), 1)
    ]
    figures = [
        (
            each.places[0].page if each.places else "",
            each.context,
            each.label,
            each.shown,
            STATES[status.get(each.id, "unverified")],
            str(each.coordinate),
        )
        for each in audit.statements
    ]
    accepted = [
        (number, remark.message, reason, remark.rule)
        for number, (remark, reason) in enumerate(audit.accepted, 1)
    ]
    with xlsxwriter.Workbook(str(path), plain) as book:
        _sheet(book, "审核意见", (*FINDINGS, *REASONS), findings)
        if accepted:
            _sheet(book, "已认可", ACCEPTED, accepted)
        _sheet(book, "数字核对情况", FIGURES, figures)


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int]],
) -> None:
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter"})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BBBBBB"})
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value, body)
            else:
                sheet.write_string(at, column, value[:32_000], body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
