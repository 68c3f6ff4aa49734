"""Which years there are books of (账簿年度), found by steps through the vouchers' index: it takes as long with a million of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection

from mingzhang.records.models import Entity, Statement, Voucher, VoucherKind

_VOUCHERS, _ENTITIES = Voucher._meta.db_table, Entity._meta.db_table
_KEPT = (
    "WITH RECURSIVE kept(entity, year) AS ("
    f"SELECT id, (SELECT MIN(year) FROM {_VOUCHERS} WHERE entity_id = unit.id) FROM {_ENTITIES} AS unit "
    f"UNION ALL SELECT entity, (SELECT MIN(year) FROM {_VOUCHERS} WHERE entity_id = kept.entity "
    "AND year > kept.year) FROM kept WHERE year IS NOT NULL) "
    "SELECT year, entity FROM kept WHERE year IS NOT NULL"
)


def years_with_vouchers() -> dict[int, list[int]]:
    """The units' keys by year, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT)
        found: dict[int, list[int]] = defaultdict(list)
        for year, entity in cursor.fetchall():
            found[year].append(entity)
    return dict(sorted(found.items()))


def years_stated() -> list[int]:
    """The years of figures that were entered as reports and workbooks state them."""
    return list(Statement.objects.order_by("year").values_list("year", flat=True).distinct())


def last_year_kept(kept: Mapping[int, list[int]] | None = None) -> int | None:
    """The last year with vouchers of its own, openings aside; `kept` are the years with vouchers, where they are known."""
    for year, units in reversed((years_with_vouchers() if kept is None else kept).items()):
        own = Voucher.objects.filter(entity__in=units, year=year).exclude(kind=VoucherKind.OPENING)
        if own.exists():
            return year
    return None
