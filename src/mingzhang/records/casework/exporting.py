"""Export of registers (台账导出): rows in scope with a reason, on the trail; personal fields masked unless the person writes there and asks for them.

P1 leaves with the reason, P2 only by a request that a second person approved (`sensitive_exports`), P3 never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from mingzhang.casework.definitions import Field, FieldType, Kind, PrivacyClass
from mingzhang.casework.documents import written
from mingzhang.casework.masking import masked
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.personal import opened
from mingzhang.records.casework.values import joined
from mingzhang.records.people.models import User
from mingzhang.records.trail import record as record_entry
from mingzhang.write.csv_files import guarded

_COMMON = (
    ("案号", "number"),
    ("名称", "title"),
    ("状态", "state"),
    ("发生日期", "occurred_on"),
    ("所属街道社区", "area"),
    ("承办机构", "organisation"),
    ("结果", "outcome"),
    ("办结日期", "closed_on"),
)


Clear = Callable[[str, Field], bool]
"""Whether a personal field leaves in clear: asked with its path (`applicants.id_no`) and the field."""


class Exported(NamedTuple):
    """A table to be written: texts only, none of which a spreadsheet takes for a formula."""

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def export(
    user: User,
    kind: Kind | str,
    reason: str,
    records: QuerySet[Record] | None = None,
    *,
    names: bool = False,
) -> Exported:
    """The kind's records in the person's scope (narrowed by `records`). `names`: P1 fields in clear, for who writes in the line.

    Raises RefusedError without a reason, without reading rows of the line, or where names are asked for by who only reads.
    """
    stated = kind_of(kind if isinstance(kind, str) else kind.name)
    access = CaseAccess(user)
    line = line_of(stated.line)
    if not reason.strip():
        raise refused("E-REQ", "导出须写明理由", "理由", "填写导出的用途。")
    if not access.letters(stated.line) & {"R", "W", "A", "O"}:
        raise refused(
            "E-ROLE", f"您的岗位不能导出{line.chinese}的记录", stated.chinese, "统计数请在统计页查看。"
        )
    if names and not access.may(stated.line, "W"):
        raise refused("E-SEC", "只有承办人员可以导出姓名、电话、住址", stated.chinese, "去掉个人信息后导出。")
    rows = access.records(stated.line).filter(kind=stated.id)
    if records is not None:
        rows = rows.filter(pk__in=records.values("pk"))
    table = table_of(stated, rows, lambda path, field: names and field.privacy is PrivacyClass.P1)
    told = f"{stated.chinese}{len(table.rows)}条" + ("（含姓名、电话、住址）" if names else "")
    record_entry("reads", "导出", told, reason=reason)
    return table


def table_of(kind: Kind, rows: QuerySet[Record], is_clear: Clear) -> Exported:
    """The records as a table, oldest first, personal fields masked unless they are clear; sealed ones (P3) always. Writes no log."""
    found = rows.select_related("area", "organisation").prefetch_related("personal").order_by("pk")
    return Exported(_header(kind), [_row(kind, each, is_clear) for each in found])


def columns_of(kind: Kind) -> dict[str, tuple[str, Field]]:
    """Columns of the line's own fields: `id_no` or `applicants.id_no` → its header and field."""
    return {
        f"{field.name}.{below.name}" if below else field.name: (title, below or field)
        for title, field, below in _columns(kind)
    }


def _header(kind: Kind) -> tuple[str, ...]:
    return (*(title for title, _ in _COMMON), *(title for title, _, _ in _columns(kind)))


def _columns(kind: Kind) -> Iterator[tuple[str, Field, Field | None]]:
    for field in kind.fields:
        if field.type is FieldType.ROWS:
            for below in field.fields:
                yield f"{field.chinese}·{below.chinese}", field, below
        elif field.type not in (FieldType.FILE, FieldType.FILES):
            yield field.chinese, field, None


def _row(kind: Kind, record: Record, is_clear: Clear) -> tuple[str, ...]:
    personal = opened(record) if _has_personal(kind) else {}
    values = joined(kind, record.content, personal)
    assert kind.states is not None
    states = {state.id: state.chinese for state in kind.states.states}
    common = {name: getattr(record, name) for _, name in _COMMON} | {
        "state": states.get(record.state, record.state),
        "area": record.area.name if record.area else "",
        "organisation": record.organisation.name if record.organisation else "",
    }
    cells = [_text(common[name]) for _, name in _COMMON]
    for _, field, below in _columns(kind):
        if below is None:
            cells.append(_shown(field.name, field, values.get(field.name), is_clear))
        else:
            path = f"{field.name}.{below.name}"
            rows = values.get(field.name) or ()
            parts = [_shown(path, below, row.get(below.name), is_clear) for row in rows]
            cells.append("；".join(part for part in parts if part))
    return tuple(guarded(cell) for cell in cells)


def _shown(path: str, field: Field, value: Any, is_clear: Clear) -> str:
    if field.privacy is PrivacyClass.P0:
        return _text(value, field)
    if field.privacy is not PrivacyClass.P3 and is_clear(path, field):
        return _text(value, field)
    return masked(field, value)


def _text(value: Any, field: Field | None = None) -> str:
    return "" if value in (None, "", []) else written(value, field)


def _has_personal(kind: Kind) -> bool:
    return any(
        each.privacy is not PrivacyClass.P0 for field in kind.fields for each in (field, *field.fields)
    )
