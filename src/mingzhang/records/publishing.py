"""Publish from the books: same books, same files; a change makes a new version that lists what moved."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingzhang import pipeline
from mingzhang.facts import FactStore
from mingzhang.records.material import material
from mingzhang.records.models import Entity, Publication
from mingzhang.records.points import fact_store

DEFAULT_EDITION = "national_fy2022plus"


@dataclass(frozen=True)
class Version:
    """One publication: its record, what was written, and whether it is new."""

    publication: Publication
    published: pipeline.Published
    is_new: bool


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
    progress: pipeline.Progress | None = None,
) -> Version:
    """Publish the disclosure of a department or unit into `out`.

    Where nothing changed since the last version, that version is written again, byte for byte. Else a new version
    is recorded, dated `published_on` (today where not given), with the figures that moved.
    """
    tell = progress or (lambda message: None)
    if store is None:
        tell("汇总账簿")
        store = fact_store(entity.department().code, (year - 1, year))
    tell("编制决算说明")
    versions = Publication.objects.filter(entity=entity, year=year).order_by("version")
    last = versions.filter(edition=edition).last()
    composed = pipeline.disclose(store, edition, material(entity, year), rounding=rounding)
    content = pipeline.fingerprint(composed.document)
    if last is not None and last.document_sha256 == content:
        composed = pipeline.dated(composed, last.published_on, last.version)
        changes = [(coordinate, before, now) for coordinate, before, now in last.changes]
        written = pipeline.write(composed, store, out, formats=formats, changes=changes, progress=progress)
        return Version(last, written, False)
    newest = versions.last()
    version = newest.version + 1 if newest else 1
    composed = pipeline.dated(composed, published_on or date.today(), version)
    figures = pipeline.printed_figures(composed.document)
    changes = pipeline.what_moved(last.figures, figures) if last else []
    written = pipeline.write(composed, store, out, formats=formats, changes=changes, progress=progress)
    record = Publication.objects.create(
        entity=entity,
        year=year,
        edition=edition,
        version=version,
        published_on=composed.document.metadata.published_on,
        document_sha256=content,
        manifest=json.loads(written.files[-1].read_text(encoding="utf-8")),
        figures=figures,
        changes=[list(change) for change in changes],
    )
    return Version(record, written, True)
