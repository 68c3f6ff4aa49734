"""What every voucher's form asks (凭证头): day, summary, kind, reason and a note, as typed and as understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from mingzhang.portal.typed import day
from mingzhang.records.models import Entity, Voucher, VoucherKind

KINDS = ((VoucherKind.ORDINARY.value, "日常"), (VoucherKind.ADJUSTING.value, "调整"))
"""Kinds that people enter; openings are imported and closings made by the close."""

_FIELDS = ("date", "summary", "kind", "reason", "note")


class HeadForm:
    """The head of a form; forms of events and of lines build on it. `errors` say what cannot be understood, by field."""

    mode = ""

    def __init__(self, unit: Entity, year: int, stated: Mapping[str, str]) -> None:
        self.unit, self.year = unit, year
        self.stated: dict[str, str] = {name: stated.get(name, "").strip() for name in _FIELDS}
        self.errors: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self.stated.get(name, "")

    def head(self) -> dict[str, Any]:
        """The head as a payload has it."""
        on = day(self.stated["date"])
        if on is None:
            self.errors["date"] = "填写日期，如 2021-03-05。"
        if not self.stated["summary"] and self.mode == "lines":
            self.errors["summary"] = "写明经济业务内容。"
        kind = self.stated["kind"]
        return {
            "date": on.isoformat() if on else self.stated["date"],
            "summary": self.stated["summary"][:200],
            "kind": kind if kind in dict(KINDS) else VoucherKind.ORDINARY.value,
            "reason": self.stated["reason"][:200],
            "note": self.stated["note"][:500],
        }


def head_of(payload: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the head that a payload states."""
    return {name: str(payload.get(name) or "") for name in _FIELDS}


def likely_day(unit: Entity, year: int) -> str:
    """The day a new voucher of the year probably has: today, else that of the last voucher, else new year's day."""
    today = timezone.localdate()
    if today.year == year:
        return today.isoformat()
    last = Voucher.objects.filter(entity=unit, year=year).order_by("-month", "-number_order").first()
    return (last.date if last else date(year, 1, 1)).isoformat()
