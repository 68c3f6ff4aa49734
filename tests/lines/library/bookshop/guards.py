"""Guards of an invented line."""

from datetime import date

from mingzhang.casework.definitions import View
from mingzhang.documents import Problem


def deposit_paid(record: View, payload: View, today: date) -> Problem | None:
    """Books are lent against a deposit."""
    deposit = payload.get("deposit", record.get("deposit"))
    if not deposit:
        return Problem("E-GUARD:deposit", "没有收到押金", "押金", "请先登记押金。")
    return None
