"""Ask for a register's file to be taken in (台账导入申请): what can be refused at once is, the rest is a job's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mingzhang.casework.definitions import Kind
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.import_columns import checked
from mingzhang.records.casework.opening import openings
from mingzhang.records.jobs.starting import start
from mingzhang.records.models import Job, User


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is taken in: header → path of a field, the opening step (the only one where blank), all rows or none."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    action: str = ""
    all_or_nothing: bool = False


def begin(
    user: User, kind: Kind, path: Path, wish: Wish, header: Sequence[str], *, name: str, key: str
) -> Job:
    """Have the file taken in by a job; the same key again is the same job. Raises RefusedError."""
    offered = {each.action: each.chinese for each in openings(user, kind)}
    if not offered:
        raise refused("E-ROLE", f"您的岗位不能登记{kind.chinese}", kind.chinese, "请由有登记权限的人员导入。")
    if wish.action not in offered and (wish.action or len(offered) > 1):
        steps = "、".join(offered.values())
        raise refused("E-REQ", f"没有说明怎样登记{kind.chinese}", "登记方式", f"选择：{steps}。")
    used = checked(kind, header, wish.mapping)
    if not used:
        raise refused("E-REF", "没有一列能对应到字段", name, "逐列选择对应的字段。")
    payload = {
        "line": kind.line,
        "kind": kind.id,
        "action": wish.action,
        "mapping": used,
        "all_or_nothing": wish.all_or_nothing,
        "name": name,
    }
    with path.open("rb") as content:
        return start(
            "casework_import", user, None, payload, key, f"导入{kind.chinese}", [(path.name, content)]
        )
