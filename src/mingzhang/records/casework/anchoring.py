"""Heads of the records' chains on the trail (业务链头): nightly and with every frozen figure, so that no chain is rewritten to its end alone."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from mingzhang.records.batches import chunks
from mingzhang.records.casework.models import Record
from mingzhang.records.trail import record as put_down

BOOK = "cases"
"""The book, and name of the chain, of these heads."""


def anchor_cases(why: str = "每日锚定") -> int:
    """Put down the heads of all records that changed since theirs was last put down; how many they were."""
    moved = 0
    with transaction.atomic():
        changed = Record.objects.select_for_update().exclude(anchored=F("version")).order_by("pk")
        for rows in chunks(list(changed.values_list("pk", "key", "version", "head"))):
            heads = {key: [version, head] for _, key, version, head in rows}
            put_down(BOOK, "锚定", f"{why}：{len(heads)}条业务记录的链头", after={"heads": heads})
            Record.objects.filter(pk__in=[row[0] for row in rows]).update(anchored=F("version"))
            moved += len(heads)
    return moved
