"""Taking over (接管): what an earlier release wrote without a trail enters it as it stands, with one entry for each table and entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models

from mingzhang.records.batches import chunks
from mingzhang.records.trail.chains import LEDGER, Tables, add_entry
from mingzhang.records.trail.kept import KEPT, seal_of
from mingzhang.records.trail.postings import Postings
from mingzhang.records.trail.stored import stored_vouchers

ACTION = "接管"
_REASON = "本版本启用留痕之前已在账簿里，按现状接管"


def adopt(apps: Apps) -> None:
    """Take over every voucher and every row of a kept table that no entry knows; `apps` may be a migration's.

    Nothing is proved of what happened to them before.
    """
    tables = Tables(*(apps.get_model("records", name) for name in ("TrailChain", "TrailEntry", "TrailRow")))
    codes: dict[int | None, str] = dict(
        apps.get_model("records", "Entity")._default_manager.order_by("code").values_list("id", "code")
    )
    _adopt_vouchers(apps, tables, codes)
    for kind, kept in KEPT.items():
        try:
            model = apps.get_model(kept.app, kind)
        except LookupError:
            continue
        known = tables.row._default_manager.filter(kind=kind, key=models.OuterRef("pk"))
        unknown = model._default_manager.filter(~models.Exists(known)).order_by("pk")
        for entity, code in codes.items() if kept.entity else [(None, "")]:
            own = unknown.filter(**{kept.entity: entity}) if kept.entity else unknown
            seals = [seal_of(row) for row in own.iterator(chunk_size=2000)]
            if seals:
                place = (kept.book, entity, code)
                subject = f"{kept.chinese}{len(seals)}条"
                add_entry(tables, place, seals, action=ACTION, subject=subject, reason=_REASON)


def _adopt_vouchers(apps: Apps, tables: Tables, codes: dict[int | None, str]) -> None:
    """One entry for each entity's vouchers; each gets its digest and the entry. All are read once, in the order of keys."""
    vouchers = apps.get_model("records", "Voucher")
    unknown = vouchers._default_manager.filter(posting=None)
    postings: dict[int | None, Postings] = defaultdict(Postings)
    for chunk in chunks(_digested(unknown, postings)):
        _put_digests(vouchers._meta.db_table, chunk)
    for entity, code in codes.items():
        own = postings.get(entity)
        if own is not None:
            entry = add_entry(
                tables, (LEDGER, entity, code), [], action=ACTION, subject=own.subject(), after=own.after(),
                reason=_REASON, rows=own.count, rows_digest=own.digest(),
            )  # fmt: skip
            unknown.filter(entity_id=entity).update(posting=entry)


def _digested(
    unknown: models.QuerySet[Any], postings: dict[int | None, Postings]
) -> Iterator[tuple[str, int]]:
    for voucher in stored_vouchers(unknown):
        postings[voucher.entity].add(voucher.year, voucher.number, voucher.digest)
        yield voucher.digest, voucher.key


def _put_digests(table: str, rows: list[tuple[str, int]]) -> None:
    """Write many digests at once: one statement on PostgreSQL, one prepared statement on SQLite."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"UPDATE {table} SET digest = %s WHERE id = %s", rows)
        else:
            given = "unnest(%s::varchar[], %s::bigint[]) AS given(digest, id)"
            cursor.execute(
                f"UPDATE {table} SET digest = given.digest FROM {given} WHERE {table}.id = given.id",
                [list(column) for column in zip(*rows, strict=True)],
            )
