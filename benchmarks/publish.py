"""Publish the sample bureau's disclosure: each format beside the raw Typst compile, WeasyPrint and LibreOffice.

    python benchmarks/publish.py [--runs 5] [--peers PYTHON]

`--peers` is a Python that has WeasyPrint. Formats and versions are timed in new processes (`--within`), because Typst
remembers within one process what it has typeset before.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from measure import Page, Timing, process, slower, timed_process

YEAR = 2021
DAY = date(2022, 9, 15)
FORMATS = ("docx", "pdf", "html", "xlsx", "json", "package")
TYPST, ALL = "raw Typst compile", "write all formats"


def main() -> None:
    """Measure everything and print the page."""
    options = _options()
    if options.within:
        {"formats": _formats, "all": _all_formats, "versions": _versions, "typst": _typst}[options.within](
            options.folder
        )
        return
    page = Page("publish", "Publish", _conditions())
    with tempfile.TemporaryDirectory(prefix="mingzhang-publish-") as folder:
        work = Path(folder)
        process([sys.executable, __file__, "--within", "formats", "--folder", work])  # builds the books
        found = _timed_within(work, options.runs)
        page.add(*found.values())
        _compare(page, found)
        _beside_peers(page, work, options)
    page.finish()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--within", choices=("formats", "all", "versions", "typst"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _conditions() -> tuple[str, ...]:
    return (
        "the sample bureau's disclosure of 2021: six parts, nine tables, four charts; every format carries all of it",
        "raw Typst compile: the compiler alone on our template and data, tagged PDF/A-3 with the facts attached",
        "each run is a new process with its libraries loaded; charts are drawn and pages typeset anew",
        "first publish: a new process from its first import on, from the books to the manifest",
    )


def _timed_within(work: Path, runs: int) -> dict[str, Timing]:
    seconds: dict[str, list[float]] = {}
    for _ in range(runs):
        for kind in ("formats", "all", "versions"):
            told = json.loads(process([sys.executable, __file__, "--within", kind, "--folder", work]))
            for name, each in told.items():
                seconds.setdefault(name, []).append(each)
    return {name: Timing(name, tuple(each)) for name, each in seconds.items()}


def _compare(page: Page, found: dict[str, Timing]) -> None:
    page.add(slower(found[ALL], found[TYPST], 4))
    page.add(*(slower(found[f"write {name}"], found[TYPST]) for name in FORMATS))
    first = found["first publish"]
    page.add(
        slower(found["publish again, one voucher changed"], first, 0.5),
        slower(found["publish again, nothing changed"], first),
    )
    page.notes.append("publishing twice from the same books gave the same bytes in every file of every run")


# -- within a new process --------------------------------------------------------------------------------------


def _formats(work: Path) -> None:
    """Seconds of every stage, the PDF first, while Typst is new."""
    seconds: dict[str, float] = {}
    write = _composed(work, seconds)
    with _compiler_timed(work / "typst") as compiled:
        seconds["write pdf"] = _seconds(lambda: write("pdf"))
    seconds[TYPST] = compiled[0]
    for name in FORMATS:
        if name != "pdf":
            _forget_charts()
            seconds[f"write {name}"] = _seconds(lambda name=name: write(name))
    print(json.dumps(seconds))


def _all_formats(work: Path) -> None:
    """Seconds of all formats together."""
    write = _composed(work, {})
    print(json.dumps({ALL: _seconds(lambda: write(*FORMATS))}))


def _composed(work: Path, seconds: dict[str, float]):
    """The facts, the composed disclosure and a way to write it; every library loaded."""
    import docx  # noqa: F401
    import typst  # noqa: F401
    import xlsxwriter  # noqa: F401

    from mingzhang import pipeline
    from mingzhang.records.setup import open_books

    open_books(work / "books.sqlite3")
    from mingzhang.records.material import material
    from mingzhang.records.models import Entity
    from mingzhang.records.points import fact_store
    from mingzhang.records.publishing import edition_of
    from mingzhang.sample import build_sample
    from mingzhang.write import charts, html, pdf, xlsx  # noqa: F401

    if not Entity.objects.exists():
        build_sample()
    bureau = _department()
    edition, own = edition_of(bureau), material(bureau, YEAR)
    store = fact_store(bureau.code, (YEAR - 1, YEAR))
    seconds["facts from the books"] = _seconds(lambda: fact_store(bureau.code, (YEAR - 1, YEAR)))
    started = time.perf_counter()
    composed = pipeline.disclose(store, edition, own)
    seconds["compose"] = time.perf_counter() - started
    composed = pipeline.dated(composed, DAY, 1)
    return lambda *names: pipeline.write(composed, store, work / "out", formats=names)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _department():
    from mingzhang.records.models import Entity

    return Entity.objects.get(kind=Entity.Kind.DEPARTMENT)


def _forget_charts() -> None:
    from mingzhang.write import charts

    charts.chart_svg.cache_clear()
    charts.chart_png.cache_clear()


@contextmanager
def _compiler_timed(keep: Path) -> Iterator[list[float]]:
    """The seconds that the Typst compiler takes for the PDF meanwhile; its source is kept in a folder."""
    import typst

    seconds: list[float] = []
    compile_itself = typst.compile

    def compile_timed(*arguments, **options):
        if options.get("format") == "png":
            return compile_itself(*arguments, **options)
        shutil.copytree(options["root"], keep, dirs_exist_ok=True)
        (keep / "options.json").write_text(json.dumps({"pdf_standards": options["pdf_standards"]}))
        started = time.perf_counter()
        try:
            return compile_itself(*arguments, **options)
        finally:
            seconds.append(time.perf_counter() - started)

    typst.compile = compile_timed
    try:
        yield seconds
    finally:
        typst.compile = compile_itself


def _versions(work: Path) -> None:
    """Publish from the books; publish the same again; change one voucher and publish again."""
    started = time.perf_counter()
    from mingzhang.records.setup import open_books

    with tempfile.TemporaryDirectory(dir=work) as folder:
        own = Path(folder)
        with (
            sqlite3.connect(work / "books.sqlite3") as source,
            sqlite3.connect(own / "books.sqlite3") as copy,
        ):
            source.backup(copy)
        open_books(own / "books.sqlite3")
        from mingzhang.records.publishing import edition_of, publish

        bureau = _department()

        def version(out: str):
            return publish(bureau, YEAR, edition_of(bureau), own / out, published_on=DAY)

        version("first")
        seconds = {"first publish": time.perf_counter() - started}
        seconds["publish again, nothing changed"] = _seconds(lambda: version("same"))
        if _digests(own / "first") != _digests(own / "same"):
            raise AssertionError("publishing twice from the same books gave different files")
        _post_one_voucher(bureau)
        started = time.perf_counter()
        if not version("again").changes:
            raise AssertionError("the changed voucher moved no printed figure")
        seconds["publish again, one voucher changed"] = time.perf_counter() - started
    print(json.dumps(seconds))


def _typst(source: Path) -> None:
    """Compile the finished source of the report, nothing else."""
    import typst

    import mingzhang

    typst.compile(
        str(source / "report.typ"),
        output=str(source / "report.pdf"),
        root=str(source),
        font_paths=[str(Path(mingzhang.__file__).parent / "write" / "fonts")],
        ignore_system_fonts=True,
        **json.loads((source / "options.json").read_text()),
    )


def _digests(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _post_one_voucher(bureau) -> None:
    from mingzhang.records.events import voucher_from_event
    from mingzhang.records.ledger import post

    unit = bureau.units()[0]
    voucher = voucher_from_event(
        "V03", unit, date(YEAR, 12, 20), 100_00, function="2040601", economic="30201", kind="adjusting",
        payment="direct", summary="补记办公费", reason="漏记一笔",
    )  # fmt: skip
    posted = post([voucher])
    if not posted.accepted:
        raise AssertionError(posted.problems)


# -- processes and peers ---------------------------------------------------------------------------------------


def _beside_peers(page: Page, work: Path, options: argparse.Namespace) -> None:
    command = Path(sys.executable).with_name("mingzhang")
    publish = [command, "publish", "--year", str(YEAR), "--books", work / "books.sqlite3", "--date", f"{DAY}"]
    process([*publish, "--out", work / "all"])
    compiled = timed_process(
        "Typst alone, as a process",
        [sys.executable, __file__, "--within", "typst", "--folder", work / "typst"],
        options.runs,
    )
    ours = timed_process(
        "mingzhang publish --format pdf, as a process",
        [*publish, "--format", "pdf", "--out", work / "pdf"],
        options.runs,
    )
    page.add(
        compiled,
        ours,
        timed_process(
            "mingzhang publish, all formats, as a process", [*publish, "--out", work / "all"], options.runs
        ),
        timed_process("mingzhang demo, as a process", [command, "demo", "--out", work / "demo"], 3),
    )
    (html,) = (work / "all").glob("*.html")
    (docx,) = (work / "all").glob("*.docx")
    if subprocess.run([options.peers, "-c", "import weasyprint"], capture_output=True).returncode == 0:
        convert = [options.peers, "-m", "weasyprint", "--quiet", html, work / "weasyprint.pdf"]
        peer = timed_process("WeasyPrint, our HTML to PDF", convert, 3)
        page.add(
            peer,
            slower(compiled, peer, 0.12, "Typst ÷ WeasyPrint, both as processes from a finished source"),
            slower(ours, peer, None, "our whole way from the books to the PDF ÷ WeasyPrint"),
        )
    if shutil.which("soffice"):
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", work / "office", docx]
        process(convert)
        peer = timed_process("LibreOffice, our DOCX to PDF", convert, 3)
        page.add(
            peer,
            slower(compiled, peer, None, "Typst ÷ LibreOffice, both as processes from a finished source"),
        )


if __name__ == "__main__":
    main()
