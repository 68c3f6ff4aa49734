"""Hostile, broken and mistaken files: each gets a clear Chinese message or is read, quickly; none breaks the reader."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from mingzhang.documents import Document
from mingzhang.read.open_report import open_report
from mingzhang.read.unreadable import UnreadableFileError
from read.hostile.hostile_files import READ, REFUSED

SECONDS = 20


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_remedy(kind: str):
    make, code = REFUSED[kind]
    content = make()
    started = perf_counter()
    with pytest.raises(UnreadableFileError) as refused:
        open_report(content, "决算.docx")
    problem = refused.value.problem
    assert problem.code == code, problem.in_chinese()
    assert "决算.docx" in problem.where
    assert "导入" not in problem.remedy
    assert problem.what
    assert problem.remedy
    assert perf_counter() - started < SECONDS


@pytest.mark.parametrize("kind", READ)
def test_what_is_only_strange_is_read(kind: str):
    content = READ[kind]()
    started = perf_counter()
    document = open_report(content, "决算.pdf")
    assert isinstance(document, Document)
    assert sum(len(page.text) for page in document.pages) >= 0
    assert perf_counter() - started < SECONDS


def test_missing_files_and_folders_are_said_with_their_path(tmp_path: Path):
    for path, code in (
        (tmp_path / "没有.txt", "file_missing"),
        (tmp_path, "file_is_folder"),
        (Path("/dev/zero"), "not_a_file"),
    ):
        with pytest.raises(UnreadableFileError) as refused:
            open_report(path)
        assert refused.value.problem.code == code
        assert refused.value.problem.where == str(path)
    with pytest.raises(UnreadableFileError):
        open_report(Path("a\0b"))


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path: Path):
    path = tmp_path / "大.pdf"
    with path.open("wb") as stream:
        stream.truncate(101 * 1024 * 1024)
    with pytest.raises(UnreadableFileError) as refused:
        open_report(path)
    assert refused.value.problem.code == "file_too_large"


def test_marks_of_direction_never_reach_the_plain_text():
    document = open_report(READ["含方向符的文本"]())
    assert [block.text for block in document.blocks] == ["收入1万元。"]


def test_names_do_not_matter(tmp_path: Path):
    """A web page that calls itself .xls, as offices publish them, is read as what it is."""
    path = tmp_path / "决算表.xls"
    path.write_bytes(READ["改名 xls 的网页"]())
    assert open_report(path).medium == "html"
