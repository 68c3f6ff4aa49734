"""A province's tables: what they hold, what a second run leaves alone, what changed reports bring about."""

import os
from pathlib import Path

import duckdb
import pytest

from mingzhang.province.batches import Stopped, audit_batch, close_children, program
from mingzhang.province.parts import ProvinceFolder, alone, part_name
from mingzhang.province.run import Outcome, audit_province
from mingzhang.province.tables import TABLES
from province.province_reports import rows, text_report


def run(folder: Path, out: Path) -> Outcome:
    return audit_province(sorted(folder.rglob("*.*")), out, jobs=1)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    text_report(folder, "云岭区水务局", wrong=True)
    text_report(folder, "青岚区档案局")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    return folder


def test_every_file_gets_a_row_and_every_column_its_type(reports: Path, tmp_path: Path):
    out = tmp_path / "o'ut"
    outcome = run(reports, out)
    assert (outcome.audited, outcome.with_errors, outcome.unreadable) == (3, 1, 1)
    out = ProvinceFolder(out)
    for name, columns in TABLES.items():
        told = duckdb.sql(f"DESCRIBE SELECT * EXCLUDE filename FROM {out.table(name)}").fetchall()
        assert [(each[0], each[1]) for each in told] == [(each.name, each.type) for each in columns]
    found = duckdb.sql(
        f"SELECT department, errors, error FROM {out.table('reports')} ORDER BY path"
    ).fetchall()
    assert found == [("云岭区水务局", 1, None), (None, 0, "file_broken"), ("青岚区档案局", 0, None)]
    told = duckdb.sql(f"SELECT rule, published FROM {out.table('findings')}").fetchall()
    assert told == [("growth", "30.00%")]
    values = duckdb.sql(f"SELECT value::VARCHAR FROM {out.table('facts')} WHERE text = '1200.00'")
    assert set(values.fetchall()) == {("12000000.000000",)}


def test_a_second_run_audits_only_what_is_new_or_has_changed(reports: Path, tmp_path: Path):
    out = tmp_path / "out"
    run(reports, out)
    first = reports / "云岭区水务局2022.txt"
    os.utime(first, ns=(0, 0))
    assert run(reports, out).audited == 0
    text_report(reports, "云岭区水务局")
    text_report(reports, "松溪区林业局")
    outcome = run(reports, out)
    assert (outcome.kept, outcome.audited, outcome.with_errors) == (2, 2, 0)
    assert len(rows(out, "reports")) == 4
    assert rows(out, "findings") == []


def test_another_program_audits_everything_again(reports: Path, tmp_path: Path, monkeypatch):
    out = tmp_path / "out"
    run(reports, out)
    before = rows(out, "reports", "program")
    for module in ("run", "batches"):
        monkeypatch.setattr(f"mingzhang.province.{module}.program", lambda: "another")
    assert run(reports, out).audited == 3
    assert len(before) == len(rows(out, "reports")) == 3
    assert {each for (each,) in rows(out, "reports", "program")} == {"another"}


def test_a_file_that_is_not_there_is_told_and_tried_again(reports: Path, tmp_path: Path):
    out, gone = tmp_path / "out", tmp_path / "没有.txt"
    assert audit_province([gone], out).unreadable == 1
    assert rows(out, "reports", "error, digest") == [("file_refused", None)]
    text_report(tmp_path, "没有").rename(gone)
    assert audit_province([gone], out).audited == 1
    assert rows(out, "reports", "error") == [(None,)]


def test_reports_found_in_two_parts_are_kept_once(reports: Path, tmp_path: Path):
    out = tmp_path / "out"
    run(reports, out)
    folder = ProvinceFolder(out)
    for extra in ("0", "z"):
        copy = {
            name: f"SELECT * EXCLUDE filename FROM {folder.table(name)} WHERE path LIKE '%区%'"
            for name in TABLES
        }
        folder.add(extra, copy)
        folder.forget_doubles()
        assert len(rows(out, "reports")) == 3
        assert len(rows(out, "findings")) == 1
    (folder.unfinished / "half").mkdir()
    assert run(reports, out).audited == 0
    assert list(folder.unfinished.iterdir()) == []


def test_a_batch_that_is_asked_for_again_is_not_audited_again(reports: Path, tmp_path: Path):
    out, paths = tmp_path / "out", sorted(map(str, reports.iterdir()))
    ProvinceFolder(out).prepare()
    assert audit_batch(paths, str(out), program()) == 3
    assert audit_batch(paths, str(out), program(), go_on=lambda: False) == 3
    with pytest.raises(Stopped):
        audit_batch(paths[:1], str(out), program(), go_on=lambda: False)
    assert len(rows(out, "reports")) == 3
    close_children()


def test_two_runs_do_not_write_into_one_folder(reports: Path, tmp_path: Path):
    with alone(tmp_path / "out") as free:
        assert free
        assert [each.code for each in run(reports, tmp_path / "out").problems] == ["folder_busy"]


def test_a_part_is_named_after_its_reports_in_any_order():
    assert part_name([("a", "1"), ("b", None)]) == part_name([("b", None), ("a", "1")])
    assert part_name([("a", "1")]) != part_name([("a", "2")])


def test_the_page_of_the_tables_lists_every_column():
    page = (Path(__file__).parents[2] / "docs/specs/province.md").read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        told = "\n".join(f"| {each.name} | {each.type} | {each.meaning} |" for each in columns)
        assert f"### {name}\n\n| column | type | |\n|---|---|---|\n{told}\n" in page
