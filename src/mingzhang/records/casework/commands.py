"""Commands taken once (防重复办理): a command's key leads to the record that it made or changed."""

from __future__ import annotations

from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.people.models import User


def done_before(command_key: str, user: User, action: str, record: Record | None = None) -> Record | None:
    """The record as the first command of this key left it, None where the key is new. Raises RefusedError for somebody's or something else's key."""
    if not 0 < len(command_key) <= 64:
        raise refused("E-REQ", "这次提交没有标识", "提交", "重新打开页面再提交。")
    event = Event.objects.filter(command_key=command_key).select_related("record").first()
    if event is None:
        return None
    if (
        event.actor_id != user.pk
        or event.action != action
        or (record is not None and event.record_id != record.pk)
    ):
        raise refused("E-DUP", "这次提交的标识已被使用", "提交", "重新打开页面再提交。")
    return event.record
