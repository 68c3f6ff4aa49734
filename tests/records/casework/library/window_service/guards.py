"""Guards of an invented line."""

from datetime import timedelta

from mingzhang.documents import Problem


def fee_stated(record, payload, today):
    fee = payload["fee"] if "fee" in payload else record.get("fee")
    return (
        None
        if fee is not None
        else Problem("E-GUARD:fee", "没有写明费用", "费用", "请填写费用，不收费的填0。")
    )


def held_long(record, payload, today):
    if today - record["occurred_on"] >= timedelta(days=60):
        return None
    return Problem("E-GUARD:held_long", "中止不足六十日", "中止", "期满后再办理。")
