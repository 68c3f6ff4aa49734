"""A number announced is the number named; 等 allows fewer."""

import pytest
from worded_reports import said

from mingzhang.audit.words.announced import check


@pytest.mark.parametrize(
    "sentence",
    [
        "在供水、排水、节水三大领域开展检查，办结20件。",
        "在供水、排水等五大领域开展检查，办结20件。",
        "覆盖供水、排水和节水等三大领域，办结20件。",
        "推进供水、排水及节水三个方面工作，办结20件。",
        "走访街道、社区3个，收集意见、建议20条。",
        "聚焦供水、排水、节水、治水等民生3大领域，办结20件。",
    ],
)
def test_lists_that_hold_what_they_announce_raise_nothing(sentence: str):
    assert said(check, f"四、重点工作\n\n{sentence}\n") == []


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("在供水、排水、节水等四大领域开展检查，办结20件。", "notice"),
        ("在供水、排水、节水、治水等三大领域开展检查，办结20件。", "warning"),
        ("在供水、排水、节水四大领域开展检查，办结20件。", "warning"),
    ],
)
def test_lists_that_hold_more_or_fewer_are_told(sentence: str, severity: str):
    assert [each for each, _ in said(check, f"四、重点工作\n\n{sentence}\n")] == [severity]


def test_numbered_lines_are_counted_against_the_announcement():
    text = """二、部门决算单位构成

纳入云岭区水务局2022年度部门决算编制范围的3个预算单位包括：

1.云岭区水务局（本级）

2.云岭区水文站

{}
三、其他

无。
"""
    assert said(check, text.format("3.云岭区河道管理所\n\n")) == []
    ((severity, quotes),) = said(check, text.format(""))
    assert (severity, len(quotes)) == ("warning", 3)
