"""The lines over an official table: who it is of, and in what unit."""

from __future__ import annotations

from mingzhang.documents import Table
from mingzhang.write.visible_text import visible


def entity_line(table: Table) -> str:
    """编制单位：…, empty where the table names none."""
    return f"编制单位：{visible(table.entity)}" if table.entity else ""


def unit_line(table: Table) -> str:
    """金额单位：… for amounts, 计量单位：… for others.

    >>> from mingzhang.documents import Table
    >>> unit_line(Table("表", (), (), (), unit="万元")), unit_line(Table("表", (), (), (), unit="人"))
    ('金额单位：万元', '计量单位：人')
    """
    kind = "金额单位" if table.unit.endswith("元") else "计量单位"
    return f"{kind}：{visible(table.unit)}" if table.unit else ""
