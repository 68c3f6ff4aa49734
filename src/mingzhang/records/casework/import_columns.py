"""Columns of a register's file (台账列名): which header is which field, guessed by name, saved under a name for the next file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mingzhang.casework.definitions import FieldType, Kind
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import ImportMapping
from mingzhang.records.imports.headers import comparable

OCCURRED_ON = "occurred_on"
COMMON_COLUMNS = {
    OCCURRED_ON: "发生日期",
    "received_at": "收到时间",
    "channel": "来源渠道",
    "area": "所属街道社区",
    "organisation": "承办机构",
    "owner": "承办人",
    "source_system": "来源系统",
    "source_ref": "外部编号",
}
"""Common fields that a file may state, with their headers."""

ROWS_IN_FILE = 3
"""So many rows of a rows field may stand side by side in one line of a file (申请人1·姓名, 申请人2·姓名)."""

_UNREADABLE = (FieldType.FILE, FieldType.FILES)


def columns_of(kind: Kind) -> dict[str, str]:
    """Every path that a file may fill, with its header: `book`, `applicants.0.name` (申请人·姓名), then the common fields."""
    found: dict[str, str] = {}
    for field in kind.fields:
        if field.type is FieldType.ROWS:
            for place in range(ROWS_IN_FILE):
                number = "" if place == 0 else str(place + 1)
                for below in field.fields:
                    if below.type not in _UNREADABLE:
                        found[f"{field.name}.{place}.{below.name}"] = (
                            f"{field.chinese}{number}·{below.chinese}"
                        )
        elif field.type not in _UNREADABLE:
            found[field.name] = field.chinese
    own = set(found.values())
    return found | {
        name: title for name, title in COMMON_COLUMNS.items() if title not in own and name not in found
    }


def guess(kind: Kind, header: Sequence[str]) -> dict[str, str]:
    """Header → path, by the full header, or by the field's own name where only one field has it (姓名 for 申请人·姓名)."""
    columns = columns_of(kind)
    by_header = {comparable(title): path for path, title in columns.items()}
    short: dict[str, list[str]] = {}
    for path, title in columns.items():
        if ".0." in path:
            short.setdefault(comparable(title.rpartition("·")[2]), []).append(path)
    found: dict[str, str] = {}
    for text in header:
        key = comparable(text)
        path = by_header.get(key) or (short[key][0] if len(short.get(key, ())) == 1 else None)
        if text and path and path not in found.values():
            found[text] = path
    return found


def checked(kind: Kind, header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping (header → path) as given, blanks left out. Raises RefusedError for headers or paths that are not there, and for a path used twice."""
    columns = columns_of(kind)
    used: dict[str, str] = {}
    for text, path in mapping.items():
        if not path:
            continue
        if text not in header:
            raise refused("E-REF", f"文件中没有“{text}”列", "列的对应", "重新选择列。")
        if path not in columns:
            raise refused("E-REF", f"{kind.chinese}没有“{path}”字段", "列的对应", "重新选择字段。")
        if path in used.values():
            raise refused("E-DUP", f"“{columns[path]}”对应了两列", "列的对应", "每个字段只对应一列。")
        used[text] = path
    return used


def remember(kind: Kind, name: str, mapping: Mapping[str, str]) -> ImportMapping:
    """Save a mapping under a name; the name again replaces it."""
    if not name.strip():
        raise refused("E-REQ", "没有给列的对应起名", "列的对应", "填写名称，如“云平台导出”。")
    row, _ = ImportMapping.objects.update_or_create(
        line=kind.line, kind=kind.id, name=name.strip()[:60], defaults={"mapping": dict(mapping)}
    )
    return row


def remembered(kind: Kind, header: Sequence[str]) -> dict[str, str]:
    """The saved mapping that names most of a file's headers, all of whose headers the file has; else what is guessed."""
    rows = ImportMapping.objects.filter(line=kind.line, kind=kind.id)
    fitting = [row.mapping for row in rows if row.mapping and set(row.mapping) <= set(header)]
    return dict(max(fitting, key=len)) if fitting else guess(kind, header)
