"""A record's events as its timeline tells them (经过): what was done, by whom, what changed; personal values never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingzhang.casework.definitions import Field, Kind
from mingzhang.portal.pages.casework.shown import state_of, worded
from mingzhang.records.casework.models import CaseRole, Event

_LATE_DAYS = 1
_ACTIONS = {
    "open": "登记",
    "correct": "更正",
    "reopen": "重新办理",
    "archive": "归档",
    "issue": "出具文书",
    "serve": "登记送达",
    "attach": "添加附件",
    "detach": "移除附件",
    "hold": "中止",
    "resume": "恢复",
    "import": "导入",
    "draft": "提出，待批准",
    "send_back": "退回",
    "receive": "登记签收",
    "cancel_document": "作废文书",
    "recompute": "期限重新计算",
}
_COMMON = {
    "title": "名称",
    "number": "案号",
    "channel": "来源渠道",
    "area": "所属街道社区",
    "organisation": "承办机构",
    "owner": "承办人",
    "accepted_on": "受理日",
    "closed_on": "办结日",
    "outcome": "结果",
    "secrecy": "公开属性",
    "rule_date": "适用规则日期",
    "received_at": "收到时间",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as told."""

    chinese: str
    to: str
    on: date
    recorded_at: datetime
    actor: str
    late: str
    reason: str
    changes: list[str]
    is_correction: bool


def told(events: Iterable[Event], kind: Kind, names: Mapping[str, str]) -> list[Told]:
    """The events, the latest first."""
    return [_told(event, kind, names) for event in sorted(events, key=lambda each: -each.number)]


def action_name(kind: Kind, action: str) -> str:
    """An action in words."""
    found = kind.states.transitions if kind.states else ()
    return next((each.chinese for each in found if each.action == action), _ACTIONS.get(action, action))


def _told(event: Event, kind: Kind, names: Mapping[str, str]) -> Told:
    role = CaseRole(event.role).label if event.role in CaseRole.values else event.role
    behalf = f"，代{event.on_behalf_of}" if event.on_behalf_of else ""
    days = (event.recorded_at.date() - event.occurred_on).days
    moved = event.to_state and event.to_state != event.from_state
    return Told(
        chinese=action_name(kind, event.action),
        to=state_of(kind, event.to_state).chinese if moved else "",
        on=event.occurred_on,
        recorded_at=event.recorded_at,
        actor=f"{event.actor_name}{f'（{role}）' if role else ''}{behalf}",
        late=f"{days}天后补录" if days > _LATE_DAYS else "",
        reason=event.reason,
        changes=list(_changes(event, kind, names)),
        is_correction=event.corrects is not None or event.action == "correct",
    )


def _changes(event: Event, kind: Kind, names: Mapping[str, str]) -> Iterator[str]:
    if event.number == 1:
        return
    if draft := event.payload.get("record", {}).get("draft"):
        yield f"提出：{draft['chinese']}"
    for name, value in event.payload.get("record", {}).items():
        if name in _COMMON and value not in (None, ""):
            yield f"{_COMMON[name]}：{names.get(str(value), value)}"
    by_name = {each.name: each for each in kind.fields}
    for name, value in event.payload.get("content", {}).items():
        if name in by_name:
            yield f"{by_name[name].chinese}：{_value(by_name[name], value, names)}"
    for path in event.payload.get("rows", {}).get("Personal", {}):
        yield f"{_label(kind, path)}：已改动（个人信息不在此显示）"


def _value(each: Field, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, list) and each.fields:
        return f"共{len(value)}项"
    return worded(each, value, names) or "（空）"


def _label(kind: Kind, path: str) -> str:
    """A path in words: applicants.0.id_no → 申请人第1项·身份证号."""
    name, _, rest = path.partition(".")
    field = next((each for each in kind.fields if each.name == name), None)
    if field is None:
        return path
    if not rest:
        return field.chinese
    place, _, below = rest.partition(".")
    cell = next((each.chinese for each in field.fields if each.name == below), below)
    return f"{field.chinese}第{int(place) + 1}项·{cell}"
