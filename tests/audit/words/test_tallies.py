"""Counts that a sentence splits add up to their total."""

import pytest
from worded_reports import said

from mingzhang.audit.words import tallies


@pytest.mark.parametrize(
    "sentence",
    [
        "共12个项目开展自评，其中：评价等级为“优”的项目8个、“良”的项目3个、“中”的项目1个。",
        "共12个项目开展自评，其中：评价等级为“优”的项目8个、“良”的项目3个。",
        "发现问题10个，其中：已整改8个，正在整改2个。",
        "发现问题10个，其中：已整改8个。",
    ],
)
def test_parts_of_their_whole_raise_nothing(sentence: str):
    assert said(tallies.check, f"十、绩效\n\n{sentence}\n") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "共12个项目开展自评，其中：评价等级为“优”的项目8个、“良”的项目3个、“中”的项目2个。",
        "共12个项目开展自评，其中：优8个、良2个、中1个、差0个。",
        "发现问题10个，其中：已整改8个，正在整改3个。",
    ],
)
def test_parts_beyond_their_whole_are_told(sentence: str):
    assert [severity for severity, _ in said(tallies.check, f"十、绩效\n\n{sentence}\n")] == ["warning"]
