"""Commands taken once (防重复办理): a command's key leads to the record that it made or changed."""

from __future__ import annotations

from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.people.models import User


def done_before(command_key: str, user: User, action: str, record: Record | None = None) -> Record | None:
    """The record as the first command of this key left it, None where the key is new. A step that was only drafted counts as done; an approval, whose
    event is the step's own, is told by its key alone (`action` blank). Raises RefusedError for somebody's or something else's key.
    """
    if not 0 < len(command_key) <= 64:
        raise refused("E-REQ", "这次提交没有标识", "提交", "重新打开页面再提交。")
    event = Event.objects.filter(command_key=command_key).first()
    if event is None:
        return None
    same = not action or event.action in (action, "draft")
    if event.actor_id != user.pk or not same or (record is not None and event.record_id != record.pk):
        raise refused("E-DUP", "这次提交的标识已被使用", "提交", "重新打开页面再提交。")
    return event.record if record is None else record
