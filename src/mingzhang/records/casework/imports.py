"""Imports of registers (台账导入): good rows enter as records, bad rows wait with what to do; all or nothing on request.

The same file again, or the same outside number again, makes nothing twice: a row of a known outside number changes what differs.
Each row is a transaction of its own under a key of its own, so an import that was broken off goes on where it stood.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mingzhang.casework.definitions import Kind
from mingzhang.casework.fields import read_fields
from mingzhang.documents import Problem
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.errors import RefusedError, refused
from mingzhang.records.casework.import_columns import checked, columns_of, remembered
from mingzhang.records.casework.import_reading import Table, read_table
from mingzhang.records.casework.import_rows import Row, place_of, understood
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Event, ImportBatch, ImportMapping, Record, Rejected
from mingzhang.records.casework.opening import open_record, openings
from mingzhang.records.casework.sealing import seal, unseal
from mingzhang.records.casework.views import values_of
from mingzhang.records.people.models import User
from mingzhang.records.trail import enter

State = Rejected.State
Tell = Callable[[str, int, int], None]
"""Told the stage and how many rows of how many are done; what it raises ends the import between two rows."""


def _silent(stage: str, done: int, total: int) -> None:
    """For who does not ask how far it is."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """One import under way: who takes which file in, by which opening step; `since` when it was first begun, if it may have been broken off."""

    user: User
    kind: Kind
    batch: ImportBatch
    action: str
    today: date
    since: datetime | None = None

    def key(self, number: int) -> str:
        """The command that opens the record of a row."""
        return f"im-{self.batch.sm3[:40]}-{number}"

    def key_again(self, number: int) -> str:
        """The command that corrects the record of a row."""
        return f"re-{self.batch.sm3[:40]}-{number}"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a row: the record that it made or found, or why it waits."""

    row: int
    cells: Mapping[str, Any]
    record: Record | None = None
    unchanged: bool = False
    problems: tuple[Problem, ...] = ()


def take_in(
    user: User,
    kind: Kind | str,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    all_or_nothing: bool = False,
    *,
    name: str = "",
    action: str = "",
    today: date | None = None,
    since: datetime | None = None,
    tell: Tell = _silent,
) -> ImportBatch:
    """Take a file in. `mapping` is header → path of a field, what was saved or is guessed where it is not given; `name` what the sender calls the file.

    `action` names the opening step where the kind has several. `since`: rows that entered from then on by an attempt that was broken off count as this import's. Raises RefusedError where the file cannot be read, the person may not open such records, or, all or nothing, with the problems of every bad row.
    """
    stated = kind_of(kind if isinstance(kind, str) else kind.name)
    today = today or timezone.localdate()
    if not openings(user, stated, today):
        raise refused(
            "E-ROLE", f"您的岗位不能登记{stated.chinese}", stated.chinese, "请由有登记权限的人员导入。"
        )
    digest = digest_of(path) if path.is_file() else ""
    table = read_table(path, _headers(stated, mapping), lambda: tell("读取文件", 0, 0), name)
    used = checked(stated, table.header, mapping or remembered(stated, table.header))
    if not used:
        raise refused("E-REF", "没有一列能对应到字段", name or path.name, "逐列选择对应的字段。")
    batch = ImportBatch(
        line=stated.line,
        kind=stated.id,
        file_name=(name or path.name)[-120:],
        sm3=digest,
        mapping=used,
        all_or_nothing=all_or_nothing,
        by=user,
        at=timezone.now(),
    )
    if (known := _taken_before(batch)) is not None:
        return known
    taking = _Taking(user, stated, batch, action, today, since)
    if all_or_nothing:
        with transaction.atomic():
            outcomes = _take_rows(taking, table, tell)
            bad = [_placed(problem, each.row, batch) for each in outcomes for problem in each.problems]
            if bad:
                raise RefusedError(*bad)
            return _kept(batch, outcomes)
    return _kept(batch, _take_rows(taking, table, tell))


def digest_of(path: Path) -> str:
    """The SM3 of a file, by which it is known again."""
    return hashlib.new("sm3", path.read_bytes()).hexdigest()


def entered_since(sm3: str, since: datetime) -> int:
    """How many rows of a file entered or changed records from a moment on, by imports that were broken off included."""
    done = Event.objects.filter(recorded_at__gte=since)
    keys = [f"{word}-{sm3[:40]}-" for word in ("im", "re")]
    return done.filter(Q(command_key__startswith=keys[0]) | Q(command_key__startswith=keys[1])).count()


def correct_row(
    user: User, waiting: Rejected, changes: Mapping[str, Any], *, action: str = "", today: date | None = None
) -> Record:
    """Take a waiting row in with cells changed by header. Raises RefusedError with what still stands in the way; the changed cells are kept all the same."""
    today = today or timezone.localdate()
    batch = waiting.batch
    kind = kind_of(f"{batch.line}.{batch.kind}")
    if waiting.state != State.WAITING:
        raise refused(
            "E-STATE", f"第{waiting.row}行{waiting.get_state_display()}", batch.file_name, "刷新待更正清单。"
        )
    cells = {**cells_of(waiting), **changes}
    outcome = _take_row(_Taking(user, kind, batch, action, today), waiting.row, cells)
    with transaction.atomic():
        row = Rejected.objects.select_for_update().get(pk=waiting.pk)
        _seal_cells(row, cells)
        row.problems = [asdict(problem) for problem in outcome.problems]
        if outcome.record is not None:
            row.state, row.record = State.CORRECTED, outcome.record
        row.save()
    if outcome.record is None:
        raise RefusedError(*outcome.problems)
    return outcome.record


def discard(user: User, waiting: Rejected, reason: str) -> Rejected:
    """Leave a waiting row out for good, with the reason; its cells stay."""
    if not reason.strip():
        raise refused("E-REQ", "不再导入须写明理由", "理由", "填写理由。")
    kind = kind_of(f"{waiting.batch.line}.{waiting.batch.kind}")
    if not openings(user, kind):
        raise refused("E-ROLE", f"您的岗位不能登记{kind.chinese}", kind.chinese, "请由有登记权限的人员处理。")
    with transaction.atomic():
        row = Rejected.objects.select_for_update().get(pk=waiting.pk)
        if row.state != State.WAITING:
            raise refused(
                "E-STATE", f"第{row.row}行{row.get_state_display()}", row.batch.file_name, "刷新待更正清单。"
            )
        row.state, row.reason = State.DISCARDED, f"{user.name}：{reason}"[:200]
        row.save()
        return row


def cells_of(waiting: Rejected) -> dict[str, Any]:
    """The cells of a waiting row by header, opened."""
    text = unseal(waiting.key_name, waiting.values, place_of(waiting.batch, waiting.row))
    cells: dict[str, Any] = json.loads(text)
    return cells


def problems_of(waiting: Rejected) -> list[Problem]:
    """Why a row waits, and what to do."""
    return [Problem(**stated) for stated in waiting.problems]


def visible_batch(user: User, line: str, number: int) -> ImportBatch | None:
    """An import of a line, for who handed it over and for who registers in the line; None for others."""
    one = ImportBatch.objects.filter(pk=number, line=line).select_related("by").first()
    if one is None or one.by_id == user.pk or CaseAccess(user).records(line, "W").exists():
        return one
    return None


def _headers(kind: Kind, mapping: Mapping[str, str] | None) -> list[str]:
    given = [text for text, path in (mapping or {}).items() if path]
    titles = columns_of(kind)
    short = [title.rpartition("·")[2] for path, title in titles.items() if ".0." in path]
    saved = [text for row in _saved(kind) for text in row]
    return given or [*titles.values(), *short, *saved]


def _saved(kind: Kind) -> list[dict[str, str]]:
    return [row.mapping for row in ImportMapping.objects.filter(line=kind.line, kind=kind.id)]


def _taken_before(batch: ImportBatch) -> ImportBatch | None:
    """The batch of the same file with the same columns."""
    same = ImportBatch.objects.filter(line=batch.line, kind=batch.kind, sm3=batch.sm3, mapping=batch.mapping)
    return same.first()


def _take_rows(taking: _Taking, table: Table, tell: Tell) -> list[_Outcome]:
    found, total = [], len(table.rows)
    for place, (number, row) in enumerate(table.rows):
        tell("写入登记", place, total)
        found.append(_take_row(taking, number, dict(zip(table.header, row, strict=False))))
    tell("整理待更正清单", total, total)
    return found


def _take_row(taking: _Taking, number: int, cells: Mapping[str, Any]) -> _Outcome:
    if (record := _entered_before(taking, number)) is not None:
        return _Outcome(number, cells, record)
    row = understood(taking.kind, cells, taking.batch.mapping)
    if isinstance(row, list):
        return _Outcome(number, cells, problems=tuple(row))
    try:
        with transaction.atomic():
            known = _known(taking.kind, row)
            if known is not None:
                return _changed(taking, known, row, number, cells)
            before = Record.objects.filter(events__command_key=taking.key(number)).first()
            if before is not None:
                return _Outcome(number, cells, before, unchanged=True)
            record = open_record(
                taking.user,
                taking.kind,
                row.fields,
                occurred_on=row.occurred_on,
                command_key=taking.key(number),
                action=taking.action,
                late_reason=f"导入{taking.batch.file_name}第{number}行",
                today=taking.today,
            )
            return _Outcome(number, cells, record)
    except RefusedError as no:
        return _Outcome(number, cells, problems=tuple(no.problems))


def _entered_before(taking: _Taking, number: int) -> Record | None:
    """The record that an attempt that was broken off made or changed by this row."""
    if taking.since is None:
        return None
    keys = (taking.key(number), taking.key_again(number))
    events = Event.objects.filter(command_key__in=keys, recorded_at__gte=taking.since)
    event = events.select_related("record").first()
    return event.record if event else None


def _known(kind: Kind, row: Row) -> Record | None:
    reference = row.fields.get("source_ref")
    if not reference:
        return None
    return Record.objects.filter(
        line=kind.line,
        kind=kind.id,
        source_system=row.fields.get("source_system", ""),
        source_ref=reference,
    ).first()


def _changed(taking: _Taking, record: Record, row: Row, number: int, cells: Mapping[str, Any]) -> _Outcome:
    """A known outside number: what the file says differently is corrected, what it leaves out stays."""
    kind, today = taking.kind, taking.today
    own = {field.name for field in kind.fields}
    stated = {name: value for name, value in row.fields.items() if name in own}
    read = read_fields(
        [field for field in kind.fields if field.name in stated], stated, today=today, action=""
    ).values
    before = values_of(record, kind)
    changes = {name: stated[name] for name in stated if read.get(name) != before.get(name)}
    if row.occurred_on != record.occurred_on:
        changes["occurred_on"] = row.occurred_on
    if not changes:
        return _Outcome(number, cells, record, unchanged=True)
    reason = f"重新导入{taking.batch.file_name}第{number}行"
    key = taking.key_again(number)
    return _Outcome(
        number, cells, correct(taking.user, record, changes, reason, command_key=key, today=today)
    )


def _kept(batch: ImportBatch, outcomes: list[_Outcome]) -> ImportBatch:
    bad = [each for each in outcomes if each.problems]
    batch.rows, batch.rejected = len(outcomes), len(bad)
    batch.unchanged = sum(each.unchanged for each in outcomes)
    batch.accepted = batch.rows - batch.rejected - batch.unchanged
    with transaction.atomic():
        if (known := _taken_before(batch)) is not None:
            return known
        enter([batch], "导入", subject=f"{batch.file_name}：{batch.accepted}行入库，{batch.rejected}行待更正")
        rows = [Rejected(batch=batch, row=each.row, problems=_stated(each, batch)) for each in bad]
        for row, each in zip(rows, bad, strict=True):
            _seal_cells(row, each.cells)
        Rejected.objects.bulk_create(rows)
    return batch


def _stated(outcome: _Outcome, batch: ImportBatch) -> list[dict[str, Any]]:
    return [asdict(_placed(problem, outcome.row, batch)) for problem in outcome.problems]


def _placed(problem: Problem, row: int, batch: ImportBatch) -> Problem:
    where = f"{batch.file_name}，第{row}行，{problem.where}"
    return Problem(problem.code, problem.what, where, problem.remedy, problem.severity)


def _seal_cells(row: Rejected, cells: Mapping[str, Any]) -> None:
    made = seal(json.dumps(dict(cells), ensure_ascii=False), place_of(row.batch, row.row))
    row.values, row.key_name = made.text, made.key_name
