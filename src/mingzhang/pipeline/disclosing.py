"""Facts → composed document → files, in every format asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from mingzhang.audit import Finding, check_all
from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.catalogue.loading.relations import relations
from mingzhang.collecting import without_collecting
from mingzhang.compose import Composition, Explainer, Material, compose
from mingzhang.documents import Chart, Document, Explanation, Problem
from mingzhang.facts import Coordinate, Derivation, Fact, FactStore, Verdict
from mingzhang.facts.structure import exact_sums
from mingzhang.facts.titles import title_of
from mingzhang.forms import Edition
from mingzhang.numbers.controlled import Infeasible, controlled_rounding
from mingzhang.write.json import facts_text
from mingzhang.write.manifest import write_manifest
from mingzhang.write.package import write_package

FORMATS = ("docx", "pdf", "html", "xlsx", "json", "package")
"""What `publish` can write; `package` is CSV with a Frictionless data package."""

SITE = "site"
"""A format for websites, written where asked for: the report's text as a fragment, and its explanations as JSON."""

ROUNDINGS = ("half-up", "controlled")

Progress = Callable[[str], None]
Change = tuple[str, str, str]
"""(coordinate, printed before, printed now) of a figure that moved between two versions."""


@dataclass(frozen=True)
class Published:
    """What a publication wrote, and what is to be told of it."""

    document: Document
    files: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()
    facts: tuple[Fact, ...] = field(default=(), repr=False)


def disclose(
    facts: FactStore,
    edition: str | Edition,
    material: Material,
    *,
    rounding: str = "half-up",
    keyed: bool = False,
) -> Composition:
    """Compose the disclosure. `controlled` rounding finds printed figures that add up everywhere; `keyed` is for editing."""
    form = edition_named(edition) if isinstance(edition, str) else edition
    composition = compose(facts, form, material, keyed=keyed)
    problems = tuple(finding.problem() for finding in findings(facts, material.entity, material.year))
    if rounding != "half-up":
        controlled, not_controlled = control(composition.document, facts)
        composition = compose(facts, form, material, controlled, keyed=keyed)
        problems = (*not_controlled, *problems)
    return replace(composition, problems=(*composition.problems, *problems))


def findings(facts: FactStore, entity: str, year: int) -> list[Finding]:
    """Relations of the catalogue that the facts contradict. Where a figure is not known, nothing is said."""
    found = check_all(relations(), facts, entity, str(year))
    return [finding for finding in found if finding.verdict is not Verdict.UNDECIDED]


def control(document: Document, facts: FactStore) -> tuple[dict[Coordinate, Decimal], tuple[Problem, ...]]:
    """Printed 万元 figures, each within one last digit of its exact value, that add up everywhere in the document."""
    amounts = {figure.coordinate for figure in document.figures() if figure.unit == "万元"}
    coordinates = [Coordinate.parse(coordinate) for coordinate in sorted(amounts)]
    values = {coordinate: facts.value(coordinate) or Fraction(0) for coordinate in coordinates}
    found = controlled_rounding(values, exact_sums(coordinates, facts), places=2, scale=10_000)
    if not isinstance(found, Infeasible):
        return found, ()
    problem = Problem(
        "no_controlled_rounding",
        f"受控取整做不到处处相加一致，仍有{len(found.totals)}处尾差",
        "、".join(title_of(total, facts.vocabulary) for total in found.totals[:3]),
        "保留这些表的尾差说明，或改用四舍五入公开。",
        "warning",
    )
    return dict(found.values), (problem,)


def publish(
    facts: FactStore,
    edition: str | Edition,
    out: Path,
    material: Material,
    *,
    formats: Collection[str] = FORMATS,
    rounding: str = "half-up",
    changes: Collection[Change] = (),
    progress: Progress | None = None,
) -> Published:
    """Write the disclosure in every format asked for, with a manifest of hashes, into `out`."""
    composition = disclose(facts, edition, material, rounding=rounding)
    return write(composition, facts, out, formats=formats, changes=changes, progress=progress)


def write(
    composition: Composition,
    facts: FactStore,
    out: Path,
    *,
    formats: Collection[str] = FORMATS,
    changes: Collection[Change] = (),
    progress: Progress | None = None,
) -> Published:
    """Write a composed disclosure into `out`, and a manifest of what was written."""
    document = composition.document
    tell = progress or (lambda message: None)
    out.mkdir(parents=True, exist_ok=True)
    with without_collecting():
        job = _Job(document, facts_behind(document, facts), facts, composition.definitions, out)
        files = [file for each in _written(job, formats, tell) for file in each]
    files.append(write_manifest(out, files, document.metadata, changes))
    return Published(document, tuple(files), (*composition.problems, *job.problems), job.stated)


_NOT_IN_FILE_NAMES = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
"""What Windows or Linux refuse in the name of a file, and the wide characters that stand for it."""


def file_name(text: str) -> str:
    """A title or name as the name of a file or folder, on every file system.

    >>> file_name("档案局/查阅中心")
    '档案局／查阅中心'
    """
    return text.translate(_NOT_IN_FILE_NAMES)


@dataclass
class _Job:
    """One disclosure on its way into files; writers add what they have to tell."""

    document: Document
    stated: tuple[Fact, ...]
    facts: FactStore
    definitions: Mapping[str, str]
    out: Path
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def data(self) -> str:
        """The facts as JSON: a file of its own, and attached to the PDF."""
        return facts_text(self.document, self.stated, self.facts.vocabulary)

    @cached_property
    def explanations(self) -> Mapping[str, Explanation]:
        """What stands behind every printed figure and its parts."""
        return Explainer(self.facts, self.definitions).all(list(self.document.figures()))

    def path(self, suffix: str) -> Path:
        return self.out / f"{file_name(self.document.title)}.{suffix}"

    def picture_charts(self) -> None:
        """Turn every chart into a picture once; the DOCX finds them made."""
        from mingzhang.write.charts import chart_png

        for block in self.document.blocks:
            if isinstance(block, Chart):
                chart_png(block)


def _written(job: _Job, formats: Collection[str], tell: Progress) -> list[list[Path]]:
    """The files of each format asked for. Typst, which needs no Python, pictures and typesets beside the others."""
    written: dict[str, list[Path]] = {}
    with ThreadPoolExecutor(max_workers=1) as beside:
        pictures = beside.submit(job.picture_charts) if "docx" in formats else None
        pdf = beside.submit(_pdf, job, job.data) if "pdf" in formats else None
        for name, write_format in _WRITERS.items():
            if name in formats:
                tell(_TELLING[name])
                if name == "docx" and pictures:
                    pictures.result()
                written[name] = write_format(job)
        if pdf:
            tell(_TELLING["pdf"])
            written["pdf"] = pdf.result()
    return [written[name] for name in (*FORMATS, SITE) if name in written]


# Each format's libraries load only when it is asked for.


def _docx(job: _Job) -> list[Path]:
    from mingzhang.write.docx import write_docx

    write_docx(job.document, job.path("docx"))
    return [job.path("docx")]


def _pdf(job: _Job, data: str) -> list[Path]:
    from mingzhang.write.pdf import write_pdf

    job.problems.extend(write_pdf(job.document, job.path("pdf"), {"facts.json": data.encode()}))
    return [job.path("pdf")]


def _html(job: _Job) -> list[Path]:
    from mingzhang.write.html import write_html

    write_html(job.document, job.path("html"), job.explanations)
    return [job.path("html")]


def _site(job: _Job) -> list[Path]:
    from mingzhang.write.html import fragment

    paths = [job.out / "fragment.html", job.out / "explanations.json"]
    for path, text in zip(paths, fragment(job.document, job.explanations), strict=True):
        path.write_text(text, encoding="utf-8", newline="\n")
    return paths


def _xlsx(job: _Job) -> list[Path]:
    from mingzhang.write.xlsx import write_xlsx

    write_xlsx(job.document, job.path("xlsx"))
    return [job.path("xlsx")]


def _json(job: _Job) -> list[Path]:
    job.path("json").write_text(job.data, encoding="utf-8", newline="\n")
    return [job.path("json")]


def _package(job: _Job) -> list[Path]:
    return list(write_package(job.document, job.stated, job.out / "open-data", job.facts.vocabulary))


_WRITERS: dict[str, Callable[[_Job], list[Path]]] = {
    "json": _json,
    "package": _package,
    "xlsx": _xlsx,
    "html": _html,
    SITE: _site,
    "docx": _docx,
}
"""The formats that Python writes, the one last that waits for pictures."""
_TELLING = {
    **{name: f"写出 {name.upper()}" for name in ("docx", "pdf", "html", "xlsx", "json")},
    "package": "写出开放数据包",
    SITE: "写出网站页面",
}


def facts_behind(document: Document, facts: FactStore) -> tuple[Fact, ...]:
    """The facts that a document prints and those they derive from, each once, in the order of their coordinates."""
    found: dict[str, Fact] = {}
    waiting = [
        Coordinate.parse(text) for text in sorted({figure.coordinate for figure in document.figures()})
    ]
    while waiting:
        coordinate = waiting.pop()
        fact = facts.get(coordinate)
        if fact is None or str(coordinate) in found:
            continue
        found[str(coordinate)] = fact
        if isinstance(fact.provenance, Derivation):
            waiting.extend(fact.provenance.inputs)
    return tuple(found[text] for text in sorted(found))


def printed_figures(document: Document) -> dict[str, str]:
    """Every printed figure by coordinate, as digits and unit: what a version is compared by."""
    return {figure.coordinate: f"{figure.text}{figure.unit}" for figure in document.figures()}


def what_moved(before: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    """Figures that differ between two versions, absent ones as empty text."""
    return [
        (coordinate, before.get(coordinate, ""), now.get(coordinate, ""))
        for coordinate in sorted({*before, *now})
        if before.get(coordinate, "") != now.get(coordinate, "")
    ]


def dated(composition: Composition, published_on: date, version: int) -> Composition:
    """The same composition as published on a day under a version number."""
    document = composition.document
    metadata = replace(document.metadata, published_on=published_on, version=version)
    return replace(composition, document=replace(document, metadata=metadata))


def marked(composition: Composition, word: str) -> Composition:
    """The same composition with a word printed on every page, beside the one it may already carry."""
    document = composition.document
    words = " ".join(filter(None, (document.metadata.watermark, word)))
    return replace(
        composition, document=replace(document, metadata=replace(document.metadata, watermark=words))
    )


def fingerprint(document: Document) -> str:
    """SHA-256 of the document's content, its dates and version left out."""
    return hashlib.sha256(repr((document.title, document.blocks)).encode()).hexdigest()
