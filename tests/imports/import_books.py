"""Small books and small files for the tests of imports: written as the usual accounting programs write them."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook

VOUCHER_HEADER = [
    "凭证日期",
    "凭证字号",
    "摘要",
    "科目编码",
    "科目名称",
    "借方金额",
    "贷方金额",
    "功能科目",
    "部门经济分类",
    "支出性质",
    "资金性质",
    "项目编码",
]
SPENT = ["2040601", "30201", "基本支出", "一般公共预算财政拨款", ""]
NOTHING = ["", "", "", "", ""]


def purchase(day="2021-03-15", number="记-1", yuan=100, summary="购办公用品"):
    """The four rows of buying office supplies."""
    head = [day, number, summary]
    return [
        [*head, "5001", "业务活动费用", yuan, "", *NOTHING],
        [*head, "1011", "零余额账户用款额度", "", yuan, *NOTHING],
        [*head, "71010101", "基本支出", yuan, "", *SPENT],
        [*head, "800101", "零余额账户用款额度", "", yuan, *NOTHING],
    ]


def grant(day="2021-01-10", number="记-1", yuan=1000, summary="财政授权支付额度到账"):
    """The four rows of a quota arriving."""
    head = [day, number, summary]
    funded = ["2040601", "", "基本支出", "一般公共预算财政拨款", ""]
    return [
        [*head, "1011", "零余额账户用款额度", yuan, "", *NOTHING],
        [*head, "4001", "财政拨款收入", "", yuan, *NOTHING],
        [*head, "800101", "零余额账户用款额度", yuan, "", *NOTHING],
        [*head, "60010102", "日常公用经费", "", yuan, *funded],
    ]


def vouchers(*parts, header=VOUCHER_HEADER):
    """A table of vouchers."""
    return [header, *(row for part in parts for row in part)]


def changed(rows, row, column, value):
    """The table with one cell changed; `column` is a header text, `row` counts from 1 under the header."""
    rows = [list(each) for each in rows]
    rows[row][rows[0].index(column)] = value
    return rows


def xlsx(path: Path, rows, sheet="Sheet1", prepare=None) -> Path:
    """Write rows as a workbook; `prepare` may do more to the sheet."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append([None if value == "" else value for value in row])
    if prepare:
        prepare(page)
    book.save(path)
    return path


def csv_file(path: Path, rows, encoding="utf-8-sig", delimiter=",") -> Path:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(
        [[str(value) if isinstance(value, date) else value for value in row] for row in rows]
    )
    path.write_bytes(text.getvalue().encode(encoding))
    return path
