"""Totals by month (分月汇总): the database keeps what its lines add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Sum

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, MonthTotal, VoucherLine
from mingzhang.records.month_totals import KEY

_REMEDY = "查明谁改动过数据库；从备份恢复，汇总随分录重新生成。"


def verify_month_totals(proved: Counter[str]) -> Iterator[Problem]:
    """Every total is that of its lines, and no lines are without one; unit by unit."""
    known = dict(Entity.objects.order_by("code").values_list("id", "name"))
    used = MonthTotal.objects.order_by().values_list("entity_id", flat=True).distinct()
    proved["笔分月汇总"] = 0
    for entity in dict.fromkeys((*known, *used)):
        lines = VoucherLine.plain.filter(entity=entity).order_by().values_list(*KEY)
        added = set(lines.annotate(total=Sum("fen"), count=Count("*")))
        kept = set(MonthTotal.objects.filter(entity=entity).values_list(*KEY, "fen", "rows"))
        proved["笔分月汇总"] += len(kept)
        differing = {(row[1], row[4]) for row in added ^ kept}
        for year, month in sorted(differing):
            where = f"{known.get(entity, '没有的单位')}{year}年{month}月"
            yield Problem("total_differs", "分月汇总与分录不符，不是系统写入的", where, _REMEDY)
