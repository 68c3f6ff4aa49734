"""Verify casework (核验业务记录): every chain of events is whole, every record and row below is what its events say, every anchored head still stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.batches import chunks
from mingzhang.records.casework.anchoring import BOOK
from mingzhang.records.casework.documents import clear_text
from mingzhang.records.casework.events import Replayed, lived, replay
from mingzhang.records.casework.models import Document, Event, Involved, Person, Personal, Record, Service
from mingzhang.records.casework.personal import place_of
from mingzhang.records.casework.row_states import ROW_TABLES, differing, record_state, row_key, row_state
from mingzhang.records.casework.sealing import FILE, commitment_of, keys
from mingzhang.records.models import TrailEntry
from mingzhang.records.trail.digests import json_like, sm3
from mingzhang.records.verifying.wording import RESTORE, changed, foreign, gone

_AT_ONCE = 500
_CHINESE = {
    "Deadline": "期限",
    "Hold": "中止",
    "Document": "文书",
    "Service": "送达",
    "Attachment": "附件",
    "Personal": "个人信息",
    "Involved": "涉及人员",
}


def verify_cases(proved: Counter[str]) -> Iterator[Problem]:
    """Every record with its events and rows, some hundreds at a time; then what the trail knows of their heads."""
    missing = list(_missing_keys())
    yield from missing
    last = 0
    while records := list(_records(last)):
        yield from _verify(records, proved, not missing)
        last = records[-1].pk
    strays = Event.objects.exclude(record_id__in=Record.objects.values("id"))
    for event in strays.iterator(chunk_size=2000):
        yield gone(f"事件“{event.action}”所属的业务记录", f"事件{event.pk}")
    yield from _verify_people(proved, not missing)
    yield from _verify_heads(proved)


def _records(after: int) -> models.QuerySet[Record]:
    found = Record.objects.filter(pk__gt=after).order_by("pk")
    return found.select_related("area", "organisation", "owner", "parent")[:_AT_ONCE]


def _verify(records: list[Record], proved: Counter[str], sealed: bool) -> Iterator[Problem]:
    keys = [record.pk for record in records]
    events: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(record_id__in=keys).order_by("record_id", "number"):
        events[event.record_id].append(event)
    rows = _rows(keys)
    for record in records:
        made = replay(record.key, events[record.pk])
        proved["条业务记录"] += 1
        proved["条业务事件"] += made.length
        yield from _broken(record, made)
        if made.length:
            yield from _differences(record, made, rows[record.pk], sealed)


def _rows(keys: list[int]) -> dict[int, dict[str, list[models.Model]]]:
    found: dict[int, dict[str, list[models.Model]]] = defaultdict(lambda: defaultdict(list))
    for name, model in ROW_TABLES.items():
        if model is Service:
            query = Service.objects.filter(document__record_id__in=keys).select_related(
                "document", "proof", "recorded_by"
            )
            for service in query.order_by("pk"):
                found[service.document.record_id][name].append(service)
        else:
            query = model._default_manager.filter(record_id__in=keys).order_by("pk")
            for row in query.select_related("user") if model is Involved else query:
                found[getattr(row, "record_id")][name].append(row)  # noqa: B009
    return found


def _called(record: Record) -> str:
    return f"业务记录“{record}”"


def _broken(record: Record, made: Replayed) -> Iterator[Problem]:
    if not made.length:
        yield foreign(_called(record), record.key)
        return
    for number, what in made.broken:
        yield Problem("chain_broken", f"事件链断裂：{what}", f"{_called(record)}第{number}条事件", RESTORE)
    if (made.length, made.head) != (record.version, record.head):
        what = f"事件链末尾与记录不符：应有{record.version}条，现有{made.length}条"
        yield Problem("chain_broken", what, _called(record), RESTORE)


def _differences(
    record: Record, made: Replayed, rows: dict[str, list[models.Model]], sealed: bool
) -> Iterator[Problem]:
    told = [
        f"{name}：事件为{made.state.get(name)}，现为{now}"
        for name, now in differing(made.state, record_state(record)).items()
    ]
    content = lived(made.content)
    stored = lived(json_like(record.content))
    told += [
        f"{name}：事件为{_short(content.get(name))}，现为{_short(now)}"
        for name, now in differing(content, stored).items()
    ]
    if told:
        yield changed(f"{_called(record)}（{'；'.join(told)[:300]}）", record.key)
    for table in ROW_TABLES:
        yield from _row_differences(record, table, lived(made.rows.get(table, {})), rows[table], sealed)


def _row_differences(
    record: Record, table: str, told: dict[str, Any], rows: Iterable[models.Model], sealed: bool
) -> Iterator[Problem]:
    chinese, seen = _CHINESE[table], set()
    for row in rows:
        key = row_key(row)
        seen.add(key)
        if key not in told:
            yield foreign(_row_called(record, row), record.key)
        elif told[key] != (now := row_state(row)):
            names = "、".join(differing(told[key], now))
            yield changed(f"{_row_called(record, row)}（{names}）", record.key)
        elif sealed and not _sealed_as_told(record, row):
            yield changed(f"{_row_called(record, row)}（密文）", record.key)
    for key in told.keys() - seen:
        yield gone(f"{_called(record)}的{chinese}“{key}”", record.key)


def _verify_people(proved: Counter[str], sealed: bool) -> Iterator[Problem]:
    """Every person's sealed fields are those whose commitments the kept row states."""
    people = Person.objects.prefetch_related("personal").order_by("pk")
    for person in people.iterator(chunk_size=500):
        proved["项人员信息"] += len(person.sealed)
        told, what = dict(person.sealed), f"业务人员{person.key}的个人信息"
        for row in person.personal.all():
            expected = told.pop(row.path, None)
            if expected is None:
                yield foreign(f"{what}“{row.path}”", person.key)
            elif expected != row.commitment or (sealed and not _sealed_as_told(person, row)):
                yield changed(f"{what}“{row.path}”", person.key)
        for path in told:
            yield gone(f"{what}“{path}”", person.key)
    strays = Personal.objects.filter(record=None, person=None)
    for row in strays.iterator(chunk_size=500):
        yield foreign(f"个人信息“{row.path}”", f"个人信息{row.pk}")


def _missing_keys() -> Iterator[Problem]:
    """Keys that something is sealed by and that are not at hand: then what is sealed is only proved by its commitment."""
    names = {*Personal.objects.values_list("key_name", flat=True).distinct().order_by()}
    names |= {*Document.objects.exclude(key_name="").values_list("key_name", flat=True).distinct().order_by()}
    for name in sorted(names - set(keys().by_name) if names else ()):
        remedy = f"把名为“{name}”的密钥放回 {FILE}，再核验。"
        yield Problem("case_key_missing", "没有打开个人信息的密钥，无法核验密文", name, remedy)


def _sealed_as_told(owner: Record | Person, row: models.Model) -> bool:
    """Whether what is sealed opens and says what its commitment or digest states."""
    try:
        if isinstance(row, Personal):
            place = place_of(owner, row.path)
            return commitment_of(row.key_name, row.sealed, place) == row.commitment
        return not isinstance(row, Document) or sm3(clear_text(row)) == row.digest
    except ProblemError:
        return False


def _row_called(record: Record, row: models.Model) -> str:
    name = row.path if isinstance(row, Personal) else str(row)
    return f"{_called(record)}的{_CHINESE[type(row).__name__]}“{name}”"


def _short(value: object) -> str:
    return str(value)[:60]


def _verify_heads(proved: Counter[str]) -> Iterator[Problem]:
    """Every head on the trail is the digest of that event today."""
    entries = TrailEntry.objects.filter(chain__name=BOOK).order_by("number")
    for entry in entries.iterator(chunk_size=20):
        for some in chunks((entry.after or {}).get("heads", {}).items()):
            yield from _compare(dict(some), entry)
            proved["个业务链头"] += len(some)


def _compare(heads: dict[str, list[Any]], entry: TrailEntry) -> Iterator[Problem]:
    digests: dict[tuple[str, int], str] = {}
    for some in chunks(heads):
        found = Event.objects.filter(
            record__key__in=some, number__in={heads[key][0] for key in some}
        ).values_list("record__key", "number", "digest")
        digests |= {(key, number): digest for key, number, digest in found}
    for key, (version, head) in heads.items():
        if digests.get((key, version)) != head:
            what = f"第{version}条事件与留痕第{entry.number}条所记的链头不符：事件链在那以后被改写或截短"
            yield Problem("anchor_broken", what, f"业务记录 {key}", RESTORE)
