"""Writing checked vouchers at the speed of the database, and recognising those it holds already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from mingzhang.records.batches import insert_rows
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.recording import file_of
from mingzhang.records.imports.voucher_heads import Head
from mingzhang.records.imports.voucher_table import Vouchers
from mingzhang.records.models import BUDGETARY, FINANCIAL, Classification, ImportBatch, Voucher, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.trail.postings import record_posting
from mingzhang.records.trail.vouchers import CLASSIFICATION, joined, line_text, voucher_digest

_STATED = ("account", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty")
_VOUCHER = ("id", "entity_id", "year", "month", "number", "number_order", "date", "summary", "kind", "template", "reason", "prepared_by", "reviewed_by", "approved_by", "digest", "posting_id")  # fmt: skip
_LINE = ("voucher_id", "sequence", "entity_id", "year", "month", "classification_id", "debit", "fen", "contract", "summary")  # fmt: skip
_BATCH = 900


def held_vouchers(
    vouchers: Vouchers, heads: Sequence[Head], context: Context
) -> tuple[list[Head], list[Head]]:
    """(vouchers that are new to the books, vouchers that are there under the same number with other content)."""
    groups: dict[tuple[str, int], dict[str, Head]] = defaultdict(dict)
    for head in heads:
        groups[head.entity, head.day.year][head.number] = head
    same: set[int] = set()
    changed: list[Head] = []
    for (code, year), by_number in groups.items():
        known = Voucher.objects.filter(entity=context.books.entities[code], year=year)
        if not known.exists():
            continue
        for numbers in _chunks(by_number):
            for voucher in known.filter(number__in=numbers).prefetch_related("lines"):
                head = by_number[voucher.number]
                if _is_same(voucher, head, vouchers):
                    same.add(id(head))
                else:
                    changed.append(head)
    return [head for head in heads if id(head) not in same], changed


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(values)
    while chunk := list(islice(remaining, _BATCH)):
        yield chunk


def _is_same(voucher: Voucher, head: Head, vouchers: Vouchers) -> bool:
    """Whether a voucher of the books says what the file says, the order of its lines aside."""
    if (voucher.date, voucher.kind) != (head.day, head.kind):
        return False
    held = Counter(
        (line.system == BUDGETARY, *(getattr(line, name) for name in _STATED), line.contract, line.debit, line.fen, line.summary or voucher.summary)
        for line in voucher.lines.all()
    )  # fmt: skip
    own = Counter(
        (
            budgetary,
            *(getattr(entry, name) for name in _STATED),
            entry.contract,
            entry.side == "D",
            entry.fen,
            summary,
        )
        for budgetary, entry, summary in vouchers.entries(head)
    )
    return held == own


def write_vouchers(vouchers: Vouchers, heads: Sequence[Head], context: Context, batch: ImportBatch) -> int:
    """Insert the vouchers with their lines, and return how many; runs inside the caller's transaction."""
    if not heads:
        return 0
    first = _next_ids(len(heads))
    stated = _stated(vouchers, heads)
    classes = _classes(stated)
    digests = _digests(vouchers, heads, stated)
    postings = _record(heads, digests, context, batch)
    units = {code: entity.pk for code, entity in context.books.entities.items()}
    numbered = list(zip(first, heads, strict=True))
    insert_rows(
        connection,
        Voucher._meta.db_table,
        _VOUCHER,
        (
            (key, units[head.entity], head.day.year, head.day.month, head.number, number_order(head.number), head.day, head.summary, head.kind, "", head.reason, *head.people, digest, postings[head.entity])
            for (key, head), digest in zip(numbered, digests, strict=True)
        ),
    )  # fmt: skip
    insert_rows(connection, VoucherLine._meta.db_table, _LINE, _lines(numbered, vouchers, classes, units))
    return len(heads)


def _digests(
    vouchers: Vouchers, heads: Sequence[Head], stated: dict[tuple[int, str], tuple[str, ...]]
) -> list[str]:
    """The digest of every voucher; what its lines say of themselves is written once for each distinct line."""
    texts = {place: joined(combination) for place, combination in stated.items()}
    digests = []
    for head in heads:
        part, kind, summary = vouchers.parts[id(head.table)], head.kind, head.summary
        lines, debits, fen, summaries = part.lines, part.debits, part.fen, part.summaries
        written = [
            line_text(
                texts[id(lines[row]), kind],
                debits[row],
                fen[row],
                lines[row].entry.contract,
                "" if summaries[row] == summary else summaries[row],
            )
            for row in vouchers.rows(head)
        ]
        own = (
            head.entity,
            head.number,
            head.day.isoformat(),
            summary,
            kind,
            "",
            "",
            head.reason,
            *head.people,
        )
        digests.append(voucher_digest(own, written))
    return digests


def _record(
    heads: Sequence[Head], digests: Sequence[str], context: Context, batch: ImportBatch
) -> dict[str, int]:
    """Keys of the trail's entries, one for each unit of the file."""
    by_unit: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for head, digest in zip(heads, digests, strict=True):
        by_unit[head.entity].append((head.day.year, head.number, digest))
    return {
        code: record_posting(context.books.entities[code], "导入", own, of=batch, after=file_of(batch)).pk
        for code, own in sorted(by_unit.items())
    }


def _lines(
    numbered: Iterable[tuple[int, Head]],
    vouchers: Vouchers,
    classes: dict[tuple[int, str], int],
    units: dict[str, int],
) -> Iterator[tuple[Any, ...]]:
    for key, head in numbered:
        part = vouchers.parts[id(head.table)]
        lines, debits, fen, summaries = part.lines, part.debits, part.fen, part.summaries
        unit, year, month, kind, summary = (
            units[head.entity],
            head.day.year,
            head.day.month,
            head.kind,
            head.summary,
        )
        for sequence, row in enumerate(vouchers.rows(head), 1):
            line, own = lines[row], summaries[row]
            yield (
                key,
                sequence,
                unit,
                year,
                month,
                classes[id(line), kind],
                debits[row],
                fen[row],
                line.entry.contract,
                "" if own == summary else own,
            )


def _stated(vouchers: Vouchers, heads: Sequence[Head]) -> dict[tuple[int, str], tuple[str, ...]]:
    """The combination that each line states, by line and kind of voucher."""
    stated: dict[tuple[int, str], tuple[str, ...]] = {}
    for head in heads:
        lines, kind = vouchers.parts[id(head.table)].lines, head.kind
        for row in vouchers.rows(head):
            place = (id(lines[row]), kind)
            if place not in stated:
                line = lines[row]
                system = BUDGETARY if line.budgetary else FINANCIAL
                stated[place] = (kind, system, *(getattr(line.entry, name) for name in _STATED))
    return stated


def _classes(stated: dict[tuple[int, str], tuple[str, ...]]) -> dict[tuple[int, str], int]:
    """Ids of the classifications; new ones are added."""
    known = _known()
    missing = sorted(set(stated.values()) - known.keys())
    Classification.objects.bulk_create(
        [Classification(**dict(zip(CLASSIFICATION, each, strict=True))) for each in missing],
        batch_size=_BATCH,
    )
    known = _known() if missing else known
    return {place: known[each] for place, each in stated.items()}


def _known() -> dict[tuple[str, ...], int]:
    return {tuple(own): key for key, *own in Classification.objects.values_list("id", *CLASSIFICATION)}


def _next_ids(count: int) -> list[int]:
    """Keys for new vouchers, taken from the sequence where the database has one."""
    table = Voucher._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return list(range(last + 1, last + 1 + count))
