"""`mingzhang audit --format parquet` refuses what does not fit, and says what is not installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingzhang.cli import main
from mingzhang.cli.audit_province import ProgressBar, in_words, not_installed
from province.province_reports import text_report


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["audit", *map(str, arguments)])
    return result.exit_code, result.output


def test_a_folder_becomes_tables_and_the_status_tells_how_it_went(tmp_path: Path):
    report = text_report(tmp_path / "报告", "云岭区水务局", wrong=True)
    status, told = run(report.parent, "--format", "parquet", "--out", tmp_path / "结果")
    assert status == 1
    assert "共1份：本次核对1份，此前已核对0份" in told
    assert "其中有错误的1份，未能读取的0份" in told
    assert f"mingzhang summary {tmp_path / '结果'}" in told


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--cluster", "tcp://x:1"), "--cluster 只用于 --format parquet"),
        (("--format", "parquet", "--accepted", "认可.json"), "逐份核对"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, options: tuple[str, ...], message: str):
    status, told = run(text_report(tmp_path, "云岭区水务局"), *options)
    assert status == 2
    assert message in told


@pytest.mark.parametrize(("library", "extra"), [("duckdb", "parquet"), ("distributed", "cluster")])
def test_a_library_that_is_not_installed_is_named_with_its_extra(tmp_path: Path, library: str, extra: str):
    report, out = text_report(tmp_path, "云岭区水务局"), tmp_path / "out"
    asked = ["audit", report, "--format", "parquet", "--out", out, "--cluster", "tcp://127.0.0.1:1"]
    without = f"import sys; sys.modules[{library!r}] = None; from mingzhang.cli import main; main()"
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", without, *map(str, asked)], capture_output=True, text=True, env=variables
    )
    assert done.returncode == 2
    assert f"没有安装 {library}" in done.stderr
    assert f"pip install 'mingzhang[{extra}]'" in done.stderr


def test_any_other_missing_module_is_a_fault_of_the_program():
    with pytest.raises(ModuleNotFoundError):
        not_installed(ModuleNotFoundError("no", name="mingzhang.elsewhere"))


def test_the_bar_shows_speed_and_the_time_that_is_left(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = ProgressBar(started=0)
    monkeypatch.setattr("mingzhang.cli.audit_province.monotonic", lambda: 10.0)
    bar(100, 400)
    bar(120, 400)
    bar.close()
    told = capsys.readouterr().err
    assert "100/400份" in told
    assert "120/400份　2.0份/秒　约剩3分钟" in told
    assert in_words(30) == "30秒"
