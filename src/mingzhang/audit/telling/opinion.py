"""审核意见表: the findings as a document to send back to the department."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.words import located, repairs_in_chinese
from mingzhang.documents import Document, Metadata, Paragraph, Span, Table, TableCell, TableRow
from mingzhang.documents.problems import SEVERITIES

_COLUMNS = (
    ("序号", 1.0),
    ("级别", 1.4),
    ("位置", 4.0),
    ("所载", 2.6),
    ("问题", 7.0),
    ("应为／建议", 4.0),
    ("依据", 3.0),
)
_MOST_PLACES = 4


def opinion(audit: Audit, on: date) -> Document:
    """The table of findings with whose report, which year and which file it is about."""
    title = f"{audit.department or '部门'}{audit.year or ''}年度决算公开审核意见表"
    metadata = Metadata(audit.department, audit.year or on.year, audit.edition, on)
    counts = audit.coverage
    head = (
        f"文件：{audit.path.rpartition('/')[2]}。审核日期：{on.year}年{on.month}月{on.day}日。"
        f"共读出{counts['facts']}个数，{counts['verified']}个有其他数印证，{counts['contradicted']}个有矛盾，"
        f"{counts['unverified']}个没有数可核对。"
    )
    rows = [_row(number, remark, audit) for number, remark in enumerate(audit.ordered, 1)]
    blocks: list[Paragraph | Table] = [Paragraph((Span(head),))]
    if rows:
        header = TableRow(tuple(TableCell(name, bold=True, align="center") for name, _ in _COLUMNS), "header")
        widths = tuple(width for _, width in _COLUMNS)
        blocks.append(Table("审核意见", (header,), tuple(rows), widths, landscape=True, name="opinions"))
    else:
        blocks.append(Paragraph((Span("没有发现互相矛盾之处。"),)))
    blocks.append(Paragraph((Span("审核人：　　　　　　　　复核人：　　　　　　　　被审核单位意见："),)))
    return Document(title, metadata, tuple(blocks))


def _row(number: int, remark: Remark, audit: Audit) -> TableRow:
    shown = {statement.id: statement for statement in audit.statements}
    places = list(dict.fromkeys(map(located, remark.places)))
    more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
    should = [remark.computed, repairs_in_chinese(remark, shown) or remark.remedy]
    words: Sequence[str] = (
        str(number),
        SEVERITIES[remark.severity],
        "、".join(places[:_MOST_PLACES]) + more,
        remark.published,
        remark.message,
        "；".join(filter(None, should)),
        remark.basis,
    )
    return TableRow(tuple(TableCell(each) for each in words))
