"""Amounts that slipped to other rows are one finding, not one for each row. All figures invented."""

from __future__ import annotations

from mingzhang import pipeline

CODES = [
    *(("208", "社会保障和就业支出", 920), ("20802", "民政管理事务", 820), ("2080201", "行政运行", 510)),
    *(("2080202", "一般行政管理事务", 310), ("20805", "行政事业单位养老支出", 100)),
    *(("2080501", "行政单位离退休", 41), ("2080505", "机关事业单位基本养老保险缴费支出", 59)),
    *(("210", "卫生健康支出", 80), ("21011", "行政事业单位医疗", 80), ("2101101", "行政单位医疗", 80)),
]
AMOUNTS = [amount for *_, amount in CODES]


def report(amounts: list[int]) -> bytes:
    """A page with two tables of the same rows, the second with these amounts."""
    tables = "".join(
        f"<p>{title}</p><p>单位：万元</p><table><tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr>"
        + "".join(
            f"<tr><td>{code}</td><td>{name}</td><td>{amount}.00</td></tr>"
            for (code, name, _), amount in zip(CODES, column, strict=True)
        )
        + "<tr><td>合计</td><td></td><td>1,000.00</td></tr></table>"
        for title, column in (("支出决算表", AMOUNTS), ("一般公共预算财政拨款支出决算表", amounts))
    )
    return f"<html><body><h1>青岚县民政局2023年度部门决算</h1>{tables}</body></html>".encode()


def rules(amounts: list[int]) -> list[str]:
    """The rules of the errors and warnings."""
    return [each.rule for each in pipeline.audit(report(amounts)).remarks if each.severity != "notice"]


def test_rows_that_moved_up_are_one_error_with_every_row() -> None:
    """From the third row on each prints what its neighbour should."""
    moved = [*AMOUNTS[:2], *AMOUNTS[3:], 80]
    found = [each for each in pipeline.audit(report(moved)).remarks if each.severity != "notice"]
    assert [each.rule for each in found] == ["misplaced_rows"]
    assert "自“行政运行”行起" in found[0].message
    assert len(found[0].places) >= 5


def test_rows_in_their_places_and_a_single_slip_are_not_called_misplaced() -> None:
    """Two rows exchanged are too few to say so."""
    assert rules(AMOUNTS) == []
    swapped = [*AMOUNTS[:5], AMOUNTS[6], AMOUNTS[5], *AMOUNTS[7:]]
    assert "misplaced_rows" not in rules(swapped)
