"""A report's file → a document → its statements → what contradicts what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from time import perf_counter

from mingzhang.audit.beside import side_by_side, told_beside
from mingzhang.audit.examine import examine
from mingzhang.audit.kindred import Report
from mingzhang.audit.result import Audit
from mingzhang.audit.words import Words, check_words
from mingzhang.catalogue.loading import (
    economic_classification,
    functional_classification,
    vocabulary,
)
from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.catalogue.loading import editions as edition_names
from mingzhang.catalogue.loading.relations import relations
from mingzhang.catalogue.loading.subjects import subjects
from mingzhang.catalogue.loading.words import phrases
from mingzhang.documents import Document, Problem
from mingzhang.facts import Vocabulary
from mingzhang.read.narrative import narrate
from mingzhang.read.open_report import open_report
from mingzhang.read.reading import Reading, renumbered
from mingzhang.read.recognise import NEWEST, NOBODY, contents_of, is_budget, recognise
from mingzhang.read.reports.txt import read_txt
from mingzhang.read.texts import plain
from mingzhang.read.unreadable import UnreadableFileError


def read(source: Path | bytes | str, name: str = "") -> Document:
    """Read a report of any kind, or the text itself, as it stands: nothing recognised yet.

    Raises UnreadableFileError, whose problem says what is wrong and what to do.
    """
    return (
        read_txt(source.encode(errors="replace"), name)
        if isinstance(source, str)
        else open_report(source, name)
    )


def understand(document: Document) -> tuple[Reading, Vocabulary]:
    """Recognise a document as read: its headings, tables and sentences, every figure at its coordinate.

    Statements are numbered f1, f2, … in reading order of the tables, then of the text.
    """
    reading, words = recognise(
        document,
        [edition_named(name) for name in edition_names()],
        lambda edition, year: vocabulary(year, edition.code_names),
        functional_classification(),
        economic_classification(),
    )
    known = reading.document.metadata
    said, ties = narrate(
        reading.document,
        subjects(),
        words,
        known.department or NOBODY,
        known.year or NEWEST,
        reading.statements,
        budget=is_budget(reading.document.blocks),
    )
    whole = replace(reading, statements=(*reading.statements, *said), ties=(*reading.ties, *ties))
    return renumbered(whole), words


def audit(source: Path | bytes | str, prior: Path | None = None) -> Audit:
    """Read a published report and say which of its figures cannot all be true.

    `source` is a file, its bytes, or the text itself; `prior` last year's report of the same body. A file that cannot
    be read is an audit with an error; a `prior` that cannot be compared is named in the audit's `undone`.
    """
    one = _examined(source)
    if prior is None or one.reading is None:
        return one.audit
    other = _examined(prior)
    unfit = _unfit_as_prior(one, other, str(prior))
    if unfit:
        return replace(one.audit, undone=(*one.audit.undone, unfit))
    return _met([one, other])[0]


def audit_together(sources: Sequence[Path]) -> list[Audit]:
    """Audit the reports of one body (department and its units, budget and final accounts, several years).

    Each is audited alone, and all against each other; what two of them contradict is told in the first of the two.
    """
    every = [_examined(source) for source in sources]
    readable = [place for place, one in enumerate(every) if one.reading is not None]
    met = dict(zip(readable, _met([every[place] for place in readable]), strict=True))
    return [met.get(place, one.audit) for place, one in enumerate(every)]


def audit_document(document: Document, name: str = "") -> Audit:
    """Audit a document that has been read but not understood."""
    return _understood(document, name).audit


@dataclass(frozen=True)
class _Examined:
    """One report audited alone, with what was understood of it; no reading where the file could not be read."""

    audit: Audit
    reading: Reading | None = None
    words: Vocabulary | None = None


def _examined(source: Path | bytes | str) -> _Examined:
    started, name = perf_counter(), str(source) if isinstance(source, Path) else ""
    try:
        document = read(source, name)
    except UnreadableFileError as unreadable:
        return _Examined(Audit(name, unreadable.problem, seconds=perf_counter() - started))
    found = _understood(document, name)
    return replace(found, audit=replace(found.audit, seconds=perf_counter() - started))


def _understood(document: Document, name: str) -> _Examined:
    reading, words = understand(document)
    known = reading.document.metadata
    seen = examine(
        reading.statements,
        words,
        reading.ties,
        relations(),
        entity=known.department or NOBODY,
        year=known.year or NEWEST,
        partial_contexts=reading.partial_contexts,
        blank_rows=reading.blank_rows,
    )
    found = Audit(
        name,
        None,
        known.department,
        known.year or None,
        known.edition,
        len(document.pages),
        0.0,
        reading.statements,
        (*seen.remarks, *check_words(words_of(document, reading, seen.suspected))),
        seen.status,
        document,
        (*document.problems, *reading.problems),
    )
    return _Examined(found, reading, words)


def _unfit_as_prior(this: _Examined, prior: _Examined, path: str) -> Problem | None:
    """Why the prior report cannot be held beside this one, or None."""
    if prior.audit.error:
        return replace(prior.audit.error, where=prior.audit.error.where or path)
    mine, theirs = this.audit, prior.audit
    if mine.department and theirs.department and plain(mine.department) != plain(theirs.department):
        what = f"未与上年报告比较：上年报告的部门是“{theirs.department}”，本报告是“{mine.department}”"
    elif mine.year and theirs.year and theirs.year != mine.year - 1:
        what = f"未与上年报告比较：它是{theirs.year}年度的，本报告的上年是{mine.year - 1}年度"
    else:
        return None
    return Problem(
        "unfit_prior", what, path, "用 --prior 给出同一部门上一年度的决算报告；其他报告用 --together"
    )


def _met(examined: Sequence[_Examined]) -> list[Audit]:
    """The audits, each with what the reports say of each other besides its own findings."""
    if len(examined) < 2:
        return [one.audit for one in examined]
    names = _named_apart([one.audit.path for one in examined])
    reports = [_report(one, name, examined) for one, name in zip(examined, names, strict=True)]
    vocabulary = reduce(Vocabulary.joined, [one.words for one in examined if one.words])
    meeting = side_by_side(reports, vocabulary)
    return [told_beside(one.audit, meeting, place) for place, one in enumerate(examined)]


def _named_apart(paths: Sequence[str]) -> list[str]:
    """A short name for each file: its stem, its whole path where stems repeat, numbered where the path repeats."""
    stems = [Path(path).stem for path in paths]
    names = [stem if stems.count(stem) == 1 else path for stem, path in zip(stems, paths, strict=True)]
    return [
        name if names.count(name) == 1 else f"{name}（{names[: place + 1].count(name)}）"
        for place, name in enumerate(names)
    ]


def _report(one: _Examined, name: str, group: Sequence[_Examined]) -> Report:
    """The report as it stands among the others; one that does not say whose it is is taken for the first's body."""
    assert one.reading is not None
    known = one.reading.document.metadata
    text = "".join(page.text for page in one.reading.document.pages)
    first = next((each.audit.department for each in group if each.audit.department), "")
    own, body = known.department or NOBODY, known.department or first or NOBODY
    same = [each.audit.department for each in group if plain(each.audit.department) == plain(body)]
    body = same[0] if same else body
    statements = tuple(
        each
        if each.coordinate.entity not in (own, NOBODY) or each.coordinate.entity == body
        else replace(each, fact=replace(each.fact, coordinate=replace(each.coordinate, entity=body)))
        for each in one.reading.statements
    )
    return Report(
        name,
        body,
        known.year or NEWEST,
        statements,
        one.reading.partial_contexts,
        plain(text),
        is_budget(one.reading.document.blocks),
    )


def words_of(document: Document, reading: Reading, suspected: frozenset[str] = frozenset()) -> Words:
    """What the checks of wording look at: a document as read, what was understood of it, which figures are wrong."""
    return Words(
        reading.document,
        reading.statements,
        reading.blank_rows,
        reading.empty_forms,
        reading.unreadable_forms,
        edition_named(reading.document.metadata.edition),
        functional_classification(),
        economic_classification(),
        contents_of(document.blocks),
        phrases(),
        suspected,
    )
