"""Which year a page is about where its address does not say (年度)."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from mingzhang.records.models import Voucher, VoucherKind


def current_year() -> int:
    """The last year with vouchers of its own, else this calendar year."""
    last = Voucher.objects.exclude(kind=VoucherKind.OPENING).aggregate(last=Max("year"))["last"]
    return last or timezone.localdate().year


def years_kept() -> list[int]:
    """The years that have vouchers, newest first, and always the current one."""
    kept = set(Voucher.objects.order_by().values_list("year", flat=True).distinct())
    return sorted(kept | {current_year()}, reverse=True)
