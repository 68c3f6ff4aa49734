"""Audit PDFs: reading and checking beside the raw text of the same files, and beside pdfplumber where it is installed.

    python benchmarks/audit_pdf.py [REPORT.pdf …]

Without arguments: the sample bureau's disclosure, published on the spot, and the PDFs of MINGZHANG_CORPUS where there are
any. Raw text is every page's characters as pdfium gives them, with no positions and no tables.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pypdfium2

from measure import Page, faster, interleaved, slower, timed_process
from mingzhang import pipeline

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[1] / ".." / "shared" / "corpus"))
RUNS = 5


def raw_text(path: Path) -> int:
    """The characters of all pages."""
    total = 0
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            total += len(text.get_text_range())
            text.close()
            page.close()
    return total


def with_pdfplumber(path: Path) -> int:
    """Text and tables of all pages by pdfplumber."""
    import pdfplumber

    found = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found += len(page.extract_text() or "") + len(page.extract_tables())
    return found


def reports() -> Iterator[Path]:
    """The real reports at hand, after one of our own."""
    yield from sorted(CORPUS.glob("*.pdf"))


def own_report(folder: Path) -> Path:
    """An invented department's disclosure as PDF."""
    sys.path.append(str(Path(__file__).parents[1] / "tests"))
    from properties.invented import invent

    invented = invent(1, "hubei_wuhan_fy2021", 2021)
    written = pipeline.publish(
        invented.store, "hubei_wuhan_fy2021", folder, invented.material, formats=("pdf",)
    )
    return next(file for file in written.files if file.suffix == ".pdf")


def main(paths: list[Path]) -> None:
    """Measure each file and print the page."""
    page = Page(
        "audit_pdf",
        "Audit PDFs",
        [
            "each file read and audited in this process, in turns with its raw text",
            "whole process: `mingzhang audit FILE`",
        ],
    )
    with tempfile.TemporaryDirectory() as folder:
        for path in [*paths] or [own_report(Path(folder)), *reports()]:
            document = pipeline.read(path)
            name = (
                f"{path.stem} ({len(document.pages)} pages)"
                if path.parent == CORPUS
                else f"own report ({len(document.pages)} pages)"
            )
            works = {
                f"{name}: raw text": lambda path=path: raw_text(path),
                f"{name}: text and tables": lambda path=path: pipeline.read(path),
                f"{name}: read and audit": lambda path=path: pipeline.audit(path),
            }
            if find_spec("pdfplumber"):
                works[f"{name}: pdfplumber"] = lambda path=path: with_pdfplumber(path)
            raw, read, audited, *peer = interleaved(works, RUNS).values()
            whole = timed_process(f"{name}: whole process", [*_COMMAND, path], 3)
            page.add(raw, read, audited, *peer, whole)
            page.add(slower(read, raw, at_most=2.5), slower(audited, raw, at_most=4))
            page.add(*(faster(read, each, at_least=7) for each in peer))
            page.notes.append(
                f"{name}: {whole.median:.2f} s (target ≤ 0.6) and {whole.megabytes or 0:.0f} MB (≤ 150, parent and child together)"
            )
    page.finish()


_PROGRAM = """
import contextlib, sys
from mingzhang.cli import main
with contextlib.suppress(SystemExit):
    main(["audit", sys.argv[1]])
"""
_COMMAND = [sys.executable, "-c", _PROGRAM]


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
