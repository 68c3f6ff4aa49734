"""Publish from the books: same books, same files; a change makes a new version that lists what moved."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from mingzhang import pipeline
from mingzhang.compose import Composition
from mingzhang.documents import Problem
from mingzhang.facts import Coordinate, FactStore
from mingzhang.records.budget_overlaps import budget_overlaps
from mingzhang.records.internal import internal_differences
from mingzhang.records.material import material
from mingzhang.records.models import Entity, Publication
from mingzhang.records.points import fact_store
from mingzhang.records.trail import canonical, record, sm3
from mingzhang.records.trail.anchors import anchor_heads

DEFAULT_EDITION = "national_fy2022plus"

Recording = Callable[[], AbstractContextManager[Any]]
"""A transaction in which a version is recorded."""

DRAFT = "草稿"
"""The word printed on every page of a draft."""


class NotReadyError(Exception):
    """Something that the disclosure needs is still missing; `problems` say what."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Version:
    """One writing of a disclosure: its version number (None for a draft), what was written, what moved."""

    number: int | None
    is_new: bool
    published: pipeline.Published
    changes: tuple[pipeline.Change, ...] = ()


def edition_of(entity: Entity) -> str:
    """The edition that the department chose when its books were set up; the national forms by default."""
    return entity.department().edition or DEFAULT_EDITION


def publish(
    entity: Entity,
    year: int,
    edition: str,
    out: Path,
    *,
    store: FactStore | None = None,
    formats: Collection[str] = pipeline.FORMATS,
    rounding: str = "half-up",
    published_on: date | None = None,
    draft: bool = False,
    progress: pipeline.Progress | None = None,
    keep: Callable[[Publication], str] | None = None,
    recording: Recording = transaction.atomic,
) -> Version:
    """Publish the disclosure of a department or unit into `out`.

    Where nothing changed since the last version, that version is written again, byte for byte. Else a new version
    is recorded, dated `published_on` (today where not given), with the figures that moved. What still misses a
    figure, a reason or a text is not published: NotReadyError says what; a `draft` may be written all the same.

    `keep` moves what was written to where this version stays, and names that folder, where `verify` looks
    after it. It is called inside the transaction that records the version, and for an unchanged one that was not kept
    before and has the same files; one with other files is followed by a new version. `recording` is that transaction.
    """
    tell = progress or (lambda message: None)
    if store is None:
        tell("汇总账簿")
        store = fact_store(entity.department().code, (year - 1, year))
    _refuse_without_figures(store, entity, year)
    tell("编制决算说明")
    composed = pipeline.disclose(store, edition, material(entity, year), rounding=rounding)
    missing = [problem for problem in composed.problems if problem.code == "missing_text"]
    last = Publication.objects.filter(entity=entity, year=year, edition=edition).order_by("version").last()
    if draft:
        composed = pipeline.marked(pipeline.dated(composed, published_on or date.today(), 0), DRAFT)
        written = pipeline.write(composed, store, out, formats=formats, progress=progress)
        return Version(None, False, written)
    if wrong := [*missing, *_double_or_one_sided(entity, year)]:
        raise NotReadyError(wrong)
    content = pipeline.fingerprint(composed.document)
    if last is not None and last.document_sha256 == content:
        again = _written_again(last, composed, store, out, formats, progress, keep, recording)
        if again is not None:
            return again
    newest = Publication.objects.filter(entity=entity, year=year).order_by("version").last()
    version = newest.version + 1 if newest else 1
    composed = pipeline.dated(composed, published_on or date.today(), version)
    figures = pipeline.printed_figures(composed.document)
    changes = pipeline.what_moved(last.figures, figures) if last else []
    written = pipeline.write(composed, store, out, formats=formats, changes=changes, progress=progress)
    manifest = _manifest(written)
    publication = Publication(
        entity=entity,
        year=year,
        edition=edition,
        version=version,
        published_on=composed.document.metadata.published_on,
        document_sha256=content,
        manifest=manifest,
        figures=figures,
        changes=[list(change) for change in changes],
        sm3=sm3(canonical(manifest)),
    )
    _record(publication, keep, recording)
    return Version(version, True, written, tuple(changes))


def _written_again(
    last: Publication,
    composed: Composition,
    store: FactStore,
    out: Path,
    formats: Collection[str],
    progress: pipeline.Progress | None,
    keep: Callable[[Publication], str] | None,
    recording: Recording,
) -> Version | None:
    """The last version once more; None where it is to be kept, was not kept before and had other files."""
    composed = pipeline.dated(composed, last.published_on, last.version)
    changes = [(coordinate, before, now) for coordinate, before, now in last.changes]
    written = pipeline.write(composed, store, out, formats=formats, changes=changes, progress=progress)
    if keep and not last.folder:
        if last.sm3 != sm3(canonical(_manifest(written))):
            return None
        with recording():
            last.folder = keep(last)
            last.save(update_fields=["folder"])
    return Version(last.version, False, written, tuple(changes))


def _manifest(written: pipeline.Published) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written.files[-1].read_text(encoding="utf-8"))
    return found


def _record(
    publication: Publication, keep: Callable[[Publication], str] | None, recording: Recording
) -> None:
    """Put a version into the books and the trail, the heads of all chains with it, and its files to where they stay."""
    stated = ("year", "edition", "version", "document_sha256", "sm3")
    with recording():
        publication.save(force_insert=True)
        if keep:
            publication.folder = keep(publication)
            publication.save(update_fields=["folder"])
        record(
            "publications", "公开", f"{publication.year}年度决算公开第{publication.version}版",
            entity=publication.entity, of=publication, after={name: getattr(publication, name) for name in stated},
        )  # fmt: skip
        anchor_heads(f"{publication}")


def _double_or_one_sided(entity: Entity, year: int) -> list[Problem]:
    """Budgets listed twice; internal payments that only one unit booked: totals would be wrong, tables unbalanced."""
    internal = [] if entity.keeps_books else internal_differences(entity.code, year)
    return [*internal, *budget_overlaps(entity.units(), year)]


def _refuse_without_figures(store: FactStore, entity: Entity, year: int) -> None:
    totals = (Coordinate(concept, (), entity.code, str(year)) for concept in ("revenue", "expenditure"))
    if all(store.value(total) is None for total in totals):
        what, where = f"{year}年度没有收支数", f"{entity.name}{year}年度决算"
        remedy = "核对年度；先导入该年度的凭证，或导入填好的决算报表工作簿（mingzhang import）。"
        raise NotReadyError([Problem("no_figures", what, where, remedy)])
