"""Taking over (接管): what an earlier release wrote without a trail enters it as it stands, with one entry for each table and entity."""

from __future__ import annotations

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
    for entity, code in codes.items():
        _adopt_vouchers(apps, tables, (LEDGER, entity, code))
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


def _adopt_vouchers(apps: Apps, tables: Tables, place: tuple[str, int | None, str]) -> None:
    """One entry for an entity's vouchers; each gets its digest and the entry."""
    vouchers = apps.get_model("records", "Voucher")
    own = vouchers._default_manager.filter(entity_id=place[1], posting=None)
    postings = Postings()
    for chunk in chunks(_digested(own, postings)):
        _update(vouchers, "digest", chunk)
    if postings.count:
        entry = add_entry(
            tables, place, [], action=ACTION, subject=postings.subject(), after=postings.after(),
            reason=_REASON, rows=postings.count, rows_digest=postings.digest(),
        )  # fmt: skip
        own.update(posting=entry)


def _digested(own: models.QuerySet[Any], postings: Postings) -> Iterator[tuple[str, int]]:
    for voucher in stored_vouchers(own):
        postings.add(voucher.year, voucher.number, voucher.digest)
        yield voucher.digest, voucher.key


def _update(model: type[models.Model], column: str, rows: list[tuple[Any, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", rows)
