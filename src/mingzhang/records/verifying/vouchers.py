"""Vouchers (凭证): each says what it said when it was booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, Voucher, VoucherLine
from mingzhang.records.trail.stored import stored_vouchers
from mingzhang.records.verifying.wording import RESTORE, changed, foreign


def verify_vouchers(proved: Counter[str]) -> Iterator[Problem]:
    """The digest that every voucher carries is that of its content, and its lines stand where it does."""
    names = dict(Entity.objects.values_list("id", "name"))
    proved["张凭证"] = proved["行分录"] = 0
    for voucher in stored_vouchers(Voucher.objects.all()):
        proved["张凭证"] += 1
        proved["行分录"] += voucher.lines
        what, where = f"凭证{voucher.number}", f"{names.get(voucher.entity, '没有的单位')}{voucher.year}年"
        if voucher.posting is None or not voucher.carried:
            yield foreign(what, where)
        elif voucher.carried != voucher.digest:
            yield changed(what, where)
        elif voucher.astray:
            yield changed(f"{what}的年月或单位", where)
    if VoucherLine.plain.count() != proved["行分录"]:
        strays = VoucherLine.plain.exclude(voucher_id__in=Voucher.objects.values("id"))
        for key in strays.values_list("id", flat=True).iterator(chunk_size=2000):
            yield Problem("line_without_voucher", "一行分录没有凭证", f"分录记录{key}", RESTORE)
