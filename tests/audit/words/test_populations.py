"""One name counted in two ways in two sections is told; owners, dates and targets keep names apart."""

import pytest
from worded_reports import said

from mingzhang.audit.words.populations import check


def two_sections(first: str, second: str) -> list[tuple[str, list[str]]]:
    """What is said of two sentences in two sections."""
    return said(check, f"一、河湖管理情况\n\n{first}\n\n二、绩效目标完成情况\n\n{second}\n")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全区现有取水许可用户2018户（其中双列管1000户）。", "全区在册取水许可用户1026户。"),
        ("全年实现重复违法率“0”目标。", "整改到位，重复违法率1.46%。"),
    ],
)
def test_a_population_drawn_in_two_ways_is_a_warning_at_both_places(first: str, second: str):
    ((severity, quotes),) = two_sections(first, second)
    assert (severity, len(quotes)) == ("warning", 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全区现有取水许可用户2018户。", "全区在册取水许可用户2018户。"),
        ("水文站现有工作人员4人。", "河道所现有工作人员55人。"),
        ("截至2021年底现有取水许可用户2018户。", "截至2022年底现有取水许可用户2026户。"),
        ("全年重复违法率1.46%。", "重复违法率指标值0%，已达标。"),
        ("该项目预算调整率0%。", "整体预算调整率2%。"),
        ("办结案件314件。", "办结案件1454件。"),
    ],
)
def test_other_owners_dates_targets_and_flows_raise_nothing(first: str, second: str):
    assert two_sections(first, second) == []
