"""`mingzhang keys`: a new key for what is sealed, everything sealed anew, nothing lost."""

from datetime import date

import pytest
from click.testing import CliRunner

from mingzhang.cli import main
from records.casework.helping import LIBRARY, TODAY, key, make_district, request


@pytest.fixture
def sealed(db, tmp_path, monkeypatch):
    from mingzhang.lines import read_lines
    from mingzhang.records.casework.lines import using
    from mingzhang.records.casework.opening import open_record

    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    monkeypatch.delenv("MINGZHANG_CASE_KEYS", raising=False)
    monkeypatch.setattr("mingzhang.cli.keys_command.open_books", lambda books: None)
    with using(read_lines(LIBRARY)):
        district = make_district()
        yield open_record(
            district.clerk, "window_service.request", request(), occurred_on=date(2023, 3, 1), command_key=key(), today=TODAY
        )  # fmt: skip


def run(*words):
    return CliRunner().invoke(main, ["keys", *words])


def test_keys_are_listed_changed_and_put_away(sealed):
    count = (
        sealed.personal.count() + sealed.documents.count() + 1
    )  # and the mark by which a second one is noticed
    assert run("list").output == f"k1  {count}项  现用\n"
    done = run("rotate")
    assert done.exit_code == 0
    assert "已生成密钥k2" in done.output
    assert f"重新加密{count}项" in done.output
    assert run("list").output == f"k1  0项\nk2  {count}项  现用\n"
    assert "重新加密0项" in run("rotate", "--resume").output
    for name in ("k2", "k9"):
        assert run("retire", name).exit_code == 2
    assert run("retire", "k1").output == "已停用密钥k1。\n"
    assert run("list").output == f"k2  {count}项  现用\n"
