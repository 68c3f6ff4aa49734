"""Spoiled files of every kind: a document whose every place is sound, or a refusal; never another exception.

`MINGZHANG_FUZZ=5000` runs as many examples of each; `benchmarks/fuzz_readers.py` runs them for minutes in children.
"""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.cli.audit_files import Request
from mingzhang.documents import Document, Paragraph, Problem, Table, Text, places
from mingzhang.isolation import Limits, Worker
from mingzhang.read.open_report import open_report
from mingzhang.read.reports.docx import docx_runs, read_docx
from mingzhang.read.reports.html import read_html
from mingzhang.read.reports.txt import read_txt
from mingzhang.read.reports.xlsx import read_xlsx
from mingzhang.read.unreadable import UnreadableFileError
from read.hostile.mutilated import SEEDS, spoiled

EXAMPLES = int(os.environ.get("MINGZHANG_FUZZ", "60"))
READERS = {"txt": read_txt, "html": read_html, "docx": read_docx, "xlsx": read_xlsx}


def check(document: Document) -> None:
    """Every character of every block stands where it says it stands."""
    total = sum(len(page.text) for page in document.pages)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            sound(block.located, total)
            assert block.text == block.located.text != ""
        elif isinstance(block, Table):
            for row in block.body:
                assert sum(cell.columns for cell in row.cells) <= len(block.widths)
                for cell in row.cells:
                    sound(cell.located, total)
    for block in document.blocks[:20]:
        if isinstance(block, Paragraph):
            assert places(block.located, document.pages)


def sound(text: Text | None, total: int) -> None:
    if text is not None:
        assert list(text.offsets) == sorted(text.offsets)
        assert all(0 <= offset < total for offset in text.offsets)
        assert "\n" not in text.text
        text.text.encode("utf-8")


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_spoiled_file_is_read_or_refused(kind: str, seed: int):
    raw = spoiled(SEEDS[kind](), random.Random(seed))
    for reader in (READERS[kind], open_report):
        try:
            check(reader(raw))
        except UnreadableFileError:
            continue


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    text=st.text(
        st.sampled_from("一、（）1234567890.,，。；：%万元表 \t\n\r\f\u3000第三部分收入支出-—①“”"),
        max_size=400,
    )
)
def test_any_text_keeps_every_mark(text: str):
    """Reading loses nothing but white space and page numbers, and invents nothing."""
    try:
        document = read_txt(text.encode())
    except UnreadableFileError:
        return
    check(document)
    assert document.pages[0].text == text


@settings(max_examples=EXAMPLES, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_runs_of_a_spoiled_word_file_stand_in_its_text(seed: int):
    raw = spoiled(SEEDS["docx"](), random.Random(seed))
    try:
        page = read_docx(raw).pages[0].text
        assert all(page[run.start : run.end].strip() or run.start < run.end for run in docx_runs(raw))
        assert all(run.end <= len(page) for run in docx_runs(raw))
    except UnreadableFileError:
        return


def test_spoiled_pdfs_are_audited_or_refused_in_their_child(tmp_path):
    """A library that breaks off takes the child with it, not the run; whatever we do ourselves never fails."""
    chance, codes = random.Random(20211231), Counter[str]()
    path = tmp_path / "决算.pdf"
    with Worker("mingzhang.pipeline.answers:audit_files", Limits(30, 1000)) as worker:
        for _ in range(EXAMPLES):
            path.write_bytes(spoiled(SEEDS["pdf"](), chance))
            answer = worker.run(Request().of([path]), str(path))
            found = answer.code if isinstance(answer, Problem) else answer["answers"][0]["json"]["error"]
            codes[found or "read"] += 1
            assert found not in ("failed", "too_slow", "too_much_memory"), worker.trace
    assert codes["read"]
    assert len(codes) > 1
