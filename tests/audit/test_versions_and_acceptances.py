"""A report against its former version, and oddities accepted until a figure changes."""

from dataclasses import replace
from datetime import date

import pytest

from mingzhang import pipeline
from mingzhang.audit.accepted import (
    UnusableAcceptancesError,
    accept,
    as_text,
    from_text,
    without_accepted,
)
from mingzhang.audit.versions import against

TEXT = """云岭区水务局2022年度部门决算

一、收入支出决算总体情况说明

2022年度收、支总计1200.00万元。与2021年度相比，收、支总计各增加200.00万元，增长30.00%，主要原因是新增项目。

二、支出决算情况说明

2022年度支出合计1100.00万元，其中：基本支出700.00万元，占本年支出65.64%；项目支出400.00万元，占本年支出36.36%。
"""
MENDED = TEXT.replace("增长30.00%", "增长20.00%")


@pytest.fixture(scope="module")
def old():
    return pipeline.audit(TEXT)


@pytest.fixture(scope="module")
def mended():
    return pipeline.audit(MENDED)


def test_each_finding_is_mended_standing_or_new(old, mended):
    told = against(mended, old)
    assert [(each.rule, each.change) for each in told.remarks] == [("share", "未改")]
    assert [(each.rule, each.change) for each in told.mended] == [("growth", "已改")]
    assert "30.00%已改为20.00%" in told.mended[0].message
    assert told.as_json()["mended"][0]["change"] == "已改"
    back = against(old, mended)
    assert {(each.rule, each.change) for each in back.remarks} == {("share", "未改"), ("growth", "新出现")}
    assert back.mended == ()


def test_a_figure_changed_to_another_wrong_one_stands_and_says_so(old):
    told = against(pipeline.audit(TEXT.replace("增长30.00%", "增长25.00%")), old)
    (growth,) = [each for each in told.remarks if each.rule == "growth"]
    assert growth.change == "未改"
    assert "30.00%→25.00%" in growth.message


def test_the_same_report_has_nothing_mended_and_nothing_new(old):
    told = against(old, old)
    assert {each.change for each in told.remarks} == {"未改"}
    assert told.mended == ()


def test_an_accepted_finding_is_silent_until_its_figure_changes(old):
    (growth,) = [each for each in old.remarks if each.rule == "growth"]
    kept = from_text(as_text([accept(old, growth, " 上年数已追溯调整 ", date(2023, 8, 1))]), "认可.json")
    quiet = without_accepted(old, kept)
    assert [each.rule for each in quiet.remarks] == ["share"]
    assert [(each.rule, reason) for each, reason in quiet.accepted] == [("growth", "上年数已追溯调整")]
    assert "认可理由：上年数已追溯调整" in quiet.in_chinese()
    changed = pipeline.audit(TEXT.replace("增长30.00%", "增长31.00%"))
    assert without_accepted(changed, kept).accepted == ()
    assert without_accepted(replace(old, department="云岭区林业局"), kept).accepted == ()


@pytest.mark.parametrize("text", ["", "[1", "{}", "[1]", '[{"department": "水务局"}]', "[[[", "null"])
def test_a_spoilt_file_of_acceptances_is_refused_with_a_remedy(text):
    if text == "{}":
        assert from_text(text, "认可.json") == []
        return
    with pytest.raises(UnusableAcceptancesError) as wrong:
        from_text(text, "认可.json")
    assert "认可.json" in str(wrong.value)
