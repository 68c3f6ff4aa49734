"""`mingzhang audit` writes every format, goes on after a bad file, and tells by its status how it went."""

import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from docx import Document as Word

from mingzhang.cli import main
from read.pdf.made import typeset

WRONG = """= 云岭区水务局2022年度部门决算

一、收入支出决算总体情况说明

2022年度收、支总计1200.00万元。与2021年度相比，收、支总计各增加200.00万元，增长30.00%，主要原因是新增项目。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "决算.pdf"
    path.write_bytes(typeset(WRONG))
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["audit", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_terminal_tells_place_arithmetic_and_repair(report: Path):
    status, told = run(report)
    assert status == 1
    for words in ("第1页“30.00%”", "所载  30.00%", "应为  20.00%", "1000.00万元", "改为20.00%"):
        assert words in told


def test_each_format_is_written_into_the_folder(report: Path, tmp_path: Path):
    out = tmp_path / "意见"
    for shape in ("html", "pdf", "docx", "xlsx"):
        assert run(report, "--format", shape, "--out", out)[0] == 1
    assert {path.name for path in out.iterdir()} == {
        "决算.审核.html",
        "决算.批注.pdf",
        "决算.审核意见表.docx",
        "决算.审核.xlsx",
    }
    with pikepdf.open(out / "决算.批注.pdf") as pdf:
        notes = [str(note.Contents) for note in pdf.pages[0].Annots]
    assert any("应为：20.00%" in note for note in notes)
    rows = [
        [cell.text for cell in row.cells] for row in Word(str(out / "决算.审核意见表.docx")).tables[0].rows
    ]
    assert any("30.00%" in row for row in rows)
    page = (out / "决算.审核.html").read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in page
    assert 'class="spot error"' in page


def test_a_folder_stands_for_its_reports_and_a_bad_file_stops_nothing(report: Path):
    (report.parent / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    status, told = run(report.parent, "--format", "jsonl", "--jobs", 2)
    found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert status == 2
    assert [each["error"] is None for each in found] == [True, False]
    assert found[1]["coverage"] is None
    place = found[0]["findings"][0]["places"][0]
    assert len(place["box"]) == 4


def test_an_empty_folder_is_said_to_hold_no_report(tmp_path: Path):
    status, told = run(tmp_path)
    assert status == 2
    assert "没有可以核对的报告" in told


def test_only_a_pdf_can_be_annotated(tmp_path: Path):
    path = tmp_path / "决算.txt"
    path.write_text(WRONG, encoding="utf-8")
    assert "只有 PDF 报告可以写批注本" in run(path, "--format", "pdf", "--out", tmp_path)[1]


def test_a_former_version_is_told_finding_by_finding(report: Path, tmp_path: Path):
    mended = tmp_path / "改后.pdf"
    mended.write_bytes(typeset(WRONG.replace("30.00%", "20.00%")))
    status, told = run(mended, "--against", report)
    assert status == 0
    assert "已改：" in told
    assert "30.00%已改为20.00%" in told
    status, told = run(report, "--against", mended)
    assert status == 1
    assert "新出现·错误（矛盾）" in told
    for shape in ("html", "xlsx", "docx", "pdf"):
        assert run(mended, "--against", report, "--format", shape, "--out", tmp_path / "意见")[0] == 0
    assert "已改·错误" in (tmp_path / "意见" / "改后.审核.html").read_text(encoding="utf-8")
    status, told = run(mended, "--against", tmp_path / "意见" / "改后.审核.xlsx")
    assert status in (0, 2)


def test_a_finding_is_accepted_with_its_reason(report: Path, tmp_path: Path):
    kept = tmp_path / "认可.json"
    status, told = run(report, "--accepted", kept, "--accept", 1, "--reason", "上年数已追溯调整")
    assert status == 0
    assert "认可理由：上年数已追溯调整" in told
    status, told = run(report, "--accepted", kept)
    assert (status, "另有1处已认可" in told) == (0, True)
    status, told = run(report, "--accepted", kept, "--accept", 9, "--reason", "无")
    assert status == 2
    assert "没有第9条" in told
    assert len(json.loads(kept.read_text(encoding="utf-8"))) == 1
    kept.write_text("不是JSON", encoding="utf-8")
    status, told = run(report, "--accepted", kept)
    assert status == 2
    assert "认可记录文件的内容无法识别" in told


def test_reports_of_one_body_are_held_together(report: Path, tmp_path: Path):
    budget = tmp_path / "预算.txt"
    budget.write_text("云岭区水务局2022年部门预算\n\n2022年支出预算980.00万元。\n", encoding="utf-8")
    status, told = run("--together", report, budget, "--format", "json")
    assert status == 1
    assert [Path(each["path"]).name for each in json.loads(told)] == ["决算.pdf", "预算.txt"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--together",),
        ("--accept", 1),
        ("--accept", 1, "--reason", "无"),
        ("--prior", "没有这个文件.pdf"),
        ("--against", "没有这个文件.pdf"),
    ],
)
def test_options_that_do_not_go_together_are_refused(report: Path, wrong):
    assert run(report, *wrong)[0] == 2


def test_a_prior_report_that_is_not_of_last_year_is_said_not_to_be_compared(report: Path):
    status, told = run(report, "--prior", report)
    assert status == 2
    assert "未与上年报告比较" in told
    assert "应为  20.00%" in told


def test_a_word_report_gets_a_table_of_opinions_and_a_commented_copy(tmp_path: Path):
    word = Word()
    for line in WRONG.removeprefix("= ").splitlines():
        word.add_paragraph(line)
    word.save(str(tmp_path / "稿.docx"))
    status, _ = run(tmp_path / "稿.docx", "--format", "docx", "--out", tmp_path / "意见")
    assert status == 1
    assert {path.name for path in (tmp_path / "意见").iterdir()} == {"稿.审核意见表.docx", "稿.批注.docx"}
    comments = list(Word(str(tmp_path / "意见" / "稿.批注.docx")).comments)
    assert "应为：20.00%" in comments[0].text
    assert run(tmp_path, "--format", "jsonl")[1].count("\n") == 1
