"""Corrections (更正): a new event that names the one corrected; nothing is overwritten behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.casework.access import must_write
from mingzhang.records.casework.commands import done_before
from mingzhang.records.casework.dossier import Change, lock, read_dossier, restate
from mingzhang.records.casework.duplicates import mark
from mingzhang.records.casework.errors import ChangedMeanwhileError, refuse, refused
from mingzhang.records.casework.events import Before, Deed
from mingzhang.records.casework.fields import entered_in_correction
from mingzhang.records.casework.lines import kind_of_record, line_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.registers import Books
from mingzhang.records.casework.writing import write
from mingzhang.records.people.models import User

DAY = "occurred_on"


def correct(
    user: User,
    record: Record,
    changes: Mapping[str, Any],
    reason: str,
    *,
    command_key: str = "",
    version: int | None = None,
    today: date | None = None,
) -> Record:
    """Correct fields of a record, its own, common ones, or the day it happened (`occurred_on`). State, outcome and deadlines follow from steps alone.

    Raises RefusedError with every problem: no reason, no permission, nothing that differs, values that cannot be.
    """
    today = today or timezone.localdate()
    if not reason.strip():
        raise refused("E-REQ", "更正须写明理由", "更正", "填写理由。")
    with transaction.atomic():
        locked = lock(record)
        if command_key and (done := done_before(command_key, user, "correct", locked)) is not None:
            return done
        role = must_write(user, locked)
        if version is not None and version != locked.version:
            last = locked.events.order_by("-number").first()
            raise ChangedMeanwhileError(str(locked), last.actor_name if last else "")
        return _corrected(user, locked, dict(changes), reason.strip(), role, command_key, today)


def _corrected(
    user: User, record: Record, changes: dict[str, Any], reason: str, role: str, command_key: str, today: date
) -> Record:
    kind = kind_of_record(record)
    dossier = read_dossier(record, kind)
    known = dossier.values
    before = Before.of(record)
    own = {field.name for field in kind.fields}
    day = changes.pop(DAY, None) if DAY not in own else None
    entered = entered_in_correction(kind, changes, today, known)
    problems = [*entered.problems, *_day_problems(day, today)]
    line = line_of(kind.line)
    view = dossier.view()
    problems += [found for name in kind.guards if (found := line.guards[name](view, entered.values, today))]
    refuse(problems)
    values = {**known, **entered.values}
    for name, value in entered.common.items():
        setattr(record, name, value)
    if day is not None:
        record.occurred_on = _as_date(day)
    if (
        values == known
        and not entered.common
        and before.state["occurred_on"] == record.occurred_on.isoformat()
    ):
        raise refused("E-REQ", "更正的内容与原来相同", "更正", "填写要更正的内容。")
    mark(record, kind, values)
    change = Change()
    restate(dossier, values, Books(), change)
    names = {*entered.values, *entered.common, *([DAY] if day is not None else [])}
    deed = Deed(
        "correct",
        user,
        today,
        role=role,
        reason=reason,
        command_key=command_key,
        corrects=_stated_by(record, names),
    )
    write(dossier, change, deed, before)
    return record


def _stated_by(record: Record, names: set[str]) -> int:
    """The last event that stated one of the corrected fields; the first where none says so."""
    for number, payload in record.events.order_by("-number").values_list("number", "payload"):
        paths = payload.get("rows", {}).get("Personal", {})
        stated = {
            *payload.get("content", {}),
            *payload.get("record", {}),
            *(path.partition(".")[0] for path in paths),
        }
        if stated & names:
            return int(number)
    return 1


def _day_problems(day: Any, today: date) -> list[Problem]:
    if day is None:
        return []
    try:
        found = _as_date(day)
    except ValueError:
        return [Problem("E-DATE", f"“{day}”不是日期", "发生日期", "写作 2021-03-05。")]
    return (
        [Problem("E-DATE", "发生日期晚于今天", "发生日期", "请填写实际发生的日期。")] if found > today else []
    )


def _as_date(day: Any) -> date:
    return day if isinstance(day, date) else date.fromisoformat(str(day))
