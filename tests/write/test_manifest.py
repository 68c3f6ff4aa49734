"""The manifest: what was published, what moved since the version before, and whether the files are still the same."""

from __future__ import annotations

import hashlib
import json

import pytest
from published import published

from mingzhang.write.manifest import verify_manifest, write_manifest

DOCUMENT, _, _ = published()


@pytest.fixture
def directory(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "决算.docx").write_bytes(b"abc")
    (tmp_path / "data" / "facts.csv").write_text("a,b\n", encoding="utf-8")
    write_manifest(tmp_path, [tmp_path / "决算.docx", tmp_path / "data" / "facts.csv"], DOCUMENT.metadata)
    return tmp_path


def codes(directory) -> list[str]:
    return [problem.code for problem in verify_manifest(directory / "manifest.json")]


def test_the_manifest_lists_size_and_hashes_of_each_file(directory):
    """SHA-256 and SM3 (GB/T 32905 test vector: “abc”), or null where this OpenSSL has no SM3."""
    content = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in content["files"] if entry["path"] == "决算.docx")
    assert entry["size"] == 3
    assert entry["sha256"] == hashlib.sha256(b"abc").hexdigest()
    known = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert entry["sm3"] == (known if "sm3" in hashlib.algorithms_available else None)
    assert content["publication"]["department"] == "青岚区档案局"
    assert content["publication"]["version"] == 1


def test_without_sm3_the_manifest_says_null_and_still_verifies(directory, monkeypatch):
    """The absence of an algorithm is said, not hidden; SHA-256 decides."""
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    write_manifest(directory, [directory / "决算.docx", directory / "data" / "facts.csv"], DOCUMENT.metadata)
    content = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    assert {entry["sm3"] for entry in content["files"]} == {None}
    assert codes(directory) == []
    (directory / "决算.docx").write_bytes(b"abd")
    assert codes(directory) == ["file_changed"]


def test_untouched_files_verify(directory):
    """What was just written agrees with its manifest, and writing it again gives the same bytes."""
    assert codes(directory) == []
    before = (directory / "manifest.json").read_bytes()
    write_manifest(directory, [directory / "data" / "facts.csv", directory / "决算.docx"], DOCUMENT.metadata)
    assert (directory / "manifest.json").read_bytes() == before


def test_missing_changed_and_extra_files_are_each_named(directory):
    """Every difference is a problem with its place and remedy, all at once."""
    (directory / "决算.docx").write_bytes(b"abd")
    (directory / "data" / "facts.csv").unlink()
    (directory / "多余.txt").write_text("x", encoding="utf-8")
    problems = verify_manifest(directory / "manifest.json")
    assert sorted(problem.code for problem in problems) == ["file_changed", "file_missing", "file_not_listed"]
    for problem in problems:
        assert "位置" in problem.in_chinese()
        assert "建议" in problem.in_chinese()


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"schema": "other", "files": []}',
        '{"schema": "mingzhang-manifest", "files": [{"path": "../secret"}]}',
        '{"schema": "mingzhang-manifest", "files": [{"path": "/etc/passwd"}]}',
    ],
)
def test_a_broken_or_hostile_manifest_is_one_problem(content, directory):
    """A manifest that is no manifest, or points outside its directory, is refused as a whole."""
    (directory / "manifest.json").write_text(content, encoding="utf-8")
    assert codes(directory) == ["manifest_unreadable"]


def test_a_version_lists_what_moved_since_the_one_before(directory):
    """Coordinate, before and after stand in the manifest in the order given."""
    changes = [
        ("expenditure@department/2021#actual", "1000.00万元", "2000.00万元"),
        ("revenue@x/2021#actual", "", "1万元"),
    ]
    write_manifest(directory, [directory / "决算.docx"], DOCUMENT.metadata, changes)
    content = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    assert [tuple(change.values()) for change in content["changes"]] == changes
    assert list(content["changes"][0]) == ["coordinate", "before", "after"]
