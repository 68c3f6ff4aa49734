"""Hostile and mistaken files get a clear Chinese message, quickly, and nothing of them is parsed."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mingzhang.read.limits import LIMITS, check_workbook_file
from mingzhang.read.workbook import open_workbook


def good(tmp_path, name="表.xlsx"):
    book = Workbook()
    book.active["A1"] = "收入决算表"
    book.active["B2"] = 12.5
    book.save(tmp_path / name)
    return tmp_path / name


def code(path, limits=LIMITS) -> str:
    """The code of the one problem, after checking that it says what, where and what to do."""
    sheets, problems = open_workbook(path, limits)
    assert sheets == []
    (problem,) = problems
    assert problem.what
    assert path.name in problem.where
    assert problem.remedy
    return problem.code


def test_a_workbook_within_the_limits_is_read(tmp_path):
    """Values, names and sizes come through."""
    sheets, problems = open_workbook(good(tmp_path))
    assert problems == []
    assert sheets[0].values == {(1, 1): "收入决算表", (2, 2): 12.5}


@pytest.mark.parametrize(
    ("content", "expected", "word"),
    [
        (b"", "file_empty", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_old", ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "workbook_encrypted",
            "密码",
        ),
        (b"%PDF-1.7\n", "not_a_workbook", "PDF"),
        ("科目,金额\n204,1\n".encode("gb18030"), "not_a_workbook", "CSV"),
        (b"<html><table></table></html>", "not_a_workbook", "网页"),
        (b"PK\x03\x04 and then nothing", "workbook_broken", "损坏"),
    ],
)
def test_a_renamed_file_of_another_kind_is_named_for_what_it_is(content, expected, word, tmp_path):
    """CSV, old Excel, web pages, PDF, encrypted and broken files, all called .xlsx."""
    path = tmp_path / "决算.xlsx"
    path.write_bytes(content)
    assert code(path) == expected
    assert word in check_workbook_file(path)[0].what


def test_a_missing_file_is_said_with_its_path(tmp_path):
    """No exception for a wrong path."""
    assert code(tmp_path / "没有.xlsx") == "file_missing"


def test_another_office_document_is_no_workbook(tmp_path):
    """A Word file is a zip too."""
    path = tmp_path / "报告.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert code(path) == "not_a_workbook"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (replace(LIMITS, file_size=100), "file_too_large"),
        (replace(LIMITS, unpacked_size=1000), "zip_bomb"),
        (replace(LIMITS, sheets=0), "too_many_sheets"),
        (replace(LIMITS, rows=1), "too_many_cells"),
        (replace(LIMITS, cells=1), "too_many_cells"),
        (replace(LIMITS, area=1), "sheet_too_wide"),
    ],
)
def test_each_limit_is_enforced(limits, expected, tmp_path):
    """Size, unpacked size, sheets, rows, cells and the area of a sheet."""
    assert code(good(tmp_path), limits) == expected


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """A hundred megabytes of zeros in a hundred kilobytes stop after the first few."""
    path = good(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/picture.bin", b"\0" * (100 << 20))
    assert path.stat().st_size < 200_000
    assert code(path) == "zip_bomb"


def test_entity_declarations_are_refused(tmp_path):
    """A “billion laughs” never reaches an XML parser."""
    path = good(tmp_path)
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", laughs)
    assert code(path) == "workbook_unsafe"


def test_a_far_away_cell_does_not_cost_time(tmp_path):
    """One cell at the far corner of a sheet is refused, not walked to."""
    book = Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "远.xlsx")
    assert code(tmp_path / "远.xlsx") == "sheet_too_wide"


def test_a_number_of_a_million_digits_is_a_problem(tmp_path):
    """A hostile number inside a valid workbook is refused as broken content."""
    path = good(tmp_path)
    patched = tmp_path / "大数.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(patched, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"<v>12.5</v>", b"<v>" + b"9" * 1_000_000 + b"</v>")
            target.writestr(name, content)
    assert code(patched) == "workbook_broken"


@settings(max_examples=40, deadline=None)
@given(position=st.floats(0, 1), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_a_problem_or_reads_and_never_crashes(position, junk, tmp_path_factory):
    """Bytes overwritten anywhere: the answer is sheets or problems, not an exception."""
    folder = tmp_path_factory.mktemp("damaged")
    path = good(folder)
    content = bytearray(path.read_bytes())
    start = int(position * (len(content) - 1))
    content[start : start + len(junk)] = junk
    path.write_bytes(bytes(content))
    sheets, problems = open_workbook(path)
    assert bool(sheets) != bool(problems)
