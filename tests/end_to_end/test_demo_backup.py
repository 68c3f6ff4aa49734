"""The demo's books backed up and restored elsewhere, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest


def digests(archive: Path) -> dict[str, list[object]]:
    with zipfile.ZipFile(archive) as opened:
        stated = json.loads(opened.read("manifest.json"))
    return {table["name"]: [table["rows"], table["sm3"]] for table in stated["tables"]}


@pytest.mark.slow
def test_the_demo_restored_elsewhere_is_the_same_books(demo_copy, tmp_path, monkeypatch):
    """Every table and every published file has its digest again, and a figure still opens its vouchers."""
    monkeypatch.setenv("MINGZHANG_HOME", str(demo_copy.folder))
    first = tmp_path / "first.zip"
    demo_copy.with_books("backup", "--out", first)
    targets = [str(tmp_path / "restored.sqlite3")]
    if os.environ.get("MINGZHANG_TEST_DATABASE_URL"):
        targets.append(os.environ["MINGZHANG_TEST_DATABASE_URL"])
    for number, target in enumerate(targets):
        home = tmp_path / f"home{number}"
        home.mkdir()
        monkeypatch.setenv("MINGZHANG_HOME", str(home))
        assert "逐一核对一致" in demo_copy.run("restore", first, "--books", target)
        again = tmp_path / f"again{number}.zip"
        demo_copy.run("backup", "--out", again, "--books", target)
        assert digests(again) == digests(first)
        assert digests(first)["records.voucher"][0] > 5_000
        assert "凭证" in demo_copy.run("trace", "25.51", "--books", target)
        manifests = list(home.glob("published/*/manifest.json"))
        assert manifests
        for manifest in manifests:
            demo_copy.run("verify", manifest)
