"""A plain-text report is read and its contradictions told; a true one raises nothing."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingzhang.cli import main
from mingzhang.facts import Verdict
from mingzhang.pipeline import audit

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[2] / ".." / "shared" / "corpus"))

TRUE = """第三部分 云岭区水务局2022年度部门决算情况说明

一、收入支出决算总体情况说明

2022年度收、支总计1200万元。与2021年度相比，收、支总计各增加200万元，增长20%，主要原因是新增项目。

二、支出决算情况说明

2022年度支出合计1200万元。其中：基本支出900.5万元，占本年支出75%；项目支出299.5万元，占本年支出25%。

三、一般公共预算财政拨款支出决算情况说明

1.农林水支出(类)。年初预算为1100万元，支出决算为1200万元，完成年初预算的109.1%，支出决算数大于年初预算数的主要原因是追加。

四、政府采购支出情况

2022年度云岭区水务局政府采购支出总额30.5万元，其中：政府采购货物支出10.5万元、政府采购工程支出0万元、政府采购服务支出20万元。
"""


def found(text: str) -> list[tuple[str, str, str]]:
    return [(remark.rule, remark.severity, remark.published) for remark in audit(text).remarks]


def test_a_true_report_raises_nothing():
    """Half-up rounding, dropped zeros and implied bases never accuse anybody."""
    assert found(TRUE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "severity"),
    [
        ("增长20%", "增长30%", "growth", "error"),
        ("各增加200万元", "各增加300万元", "growth", "error"),
        ("占本年支出75%", "占本年支出57%", "share", "error"),
        ("完成年初预算的109.1%", "完成年初预算的119.1%", "completion", "error"),
        ("服务支出20万元", "服务支出29万元", "total", "error"),
    ],
)
def test_one_changed_figure_is_noticed_at_its_place(right: str, wrong: str, rule: str, severity: str):
    text = TRUE.replace(right, wrong)
    remarks = audit(text).remarks
    assert [(remark.rule, remark.severity) for remark in remarks] == [(rule, severity)]
    start = text.index(wrong)
    assert any(start <= place.start < start + len(wrong) for place in remarks[0].places)


def test_purposes_and_reasons_name_no_subject():
    """A sentence of purpose between a subject and its budget leaves the subject standing."""
    text = """五、一般公共预算财政拨款支出决算情况说明

1、农林水支出(类)水利(款)行政运行(项)。主要用于：局机关的人员经费、公用经费。年初预算为10万元，支出决算为9万元。

2、农林水支出(类)水利(款)水利工程建设(项)。主要用于：工程的人员经费。年初预算为20万元，支出决算为18万元。
"""
    assert found(text) == []


def test_the_machine_form_has_every_key_also_for_a_file_that_cannot_be_read(tmp_path: Path):
    good, empty = tmp_path / "决算.txt", tmp_path / "空.txt"
    good.write_text(TRUE.replace("增长20%", "增长30%"), encoding="gb18030")
    empty.write_bytes(b"")
    result = CliRunner().invoke(main, ["audit", "--format", "jsonl", str(good), str(empty)])
    assert result.exit_code == 2
    first, second = map(json.loads, result.output.splitlines())
    assert first.keys() == second.keys()
    assert (first["department"], first["year"], first["error"]) == ("云岭区水务局", 2022, None)
    place = first["findings"][0]["places"][0]
    assert TRUE.replace("增长20%", "增长30%")[place["start"] : place["end"]] == "30%"
    assert "空" in second["error"]
    assert second["facts"] == second["findings"] == []


@pytest.mark.parametrize(
    "source",
    [
        *(b"\0\1\2" * 50, b"\n \n", "９" * 5000, "占" * 2000 + "%"),
        *("1" * 10**5 + "万元", "1." * 10**5, "其中：" * 10**4, "（其中：" * 10**4, "支出：1，" * 10**4),
        *("（其中：1万元" * 2000, "其中：支出1万元，" * 2000),
    ],
    ids=lambda source: repr(source[:6]),
)
def test_hostile_text_is_refused_or_read_but_never_breaks(source: bytes | str):
    result = audit(source)
    assert result.remarks == ()


@pytest.mark.corpus
@pytest.mark.skipif(not (CORPUS / "gold").is_dir(), reason="真实文件不在 MINGZHANG_CORPUS 所指的目录")
def test_a_real_text_report_gives_its_known_contradictions_and_no_false_one():
    everything = audit(CORPUS / "hongshan-justice-2021.txt").remarks
    remarks = [remark for remark in everything if remark.verdict is not Verdict.WORDING]
    assert {(remark.rule, remark.severity, remark.published) for remark in remarks} == {
        ("share", "error", "7.2%"),
        ("share", "error", "22.9%"),
        ("joint", "error", "55.4%"),
        ("score_within_execution", "error", "99.1分"),
        ("growth", "warning", "0.7%"),
        ("completion", "warning", "95%"),
    }
