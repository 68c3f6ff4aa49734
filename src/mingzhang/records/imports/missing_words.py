"""What people still have to write: keys of reasons and texts that an edition asks for, or that one year's report lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang import pipeline
from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.facts import Coordinate, FactStore
from mingzhang.facts.measure import COMPARISONS
from mingzhang.records.imports.text_rows import keys_of
from mingzhang.records.material import material
from mingzhang.records.models import Entity

_REASON = re.compile(r"\{reason:([^:{}]+)(?::[^{}]*)?\}")
_BUDGET_REASON = re.compile(r"\{budget_reason:([^:{}]+)\}")


def asked_for(edition: str) -> Iterator[tuple[str, str]]:
    """(key, what to write) of every text and every fixed reason of an edition, whatever the figures are."""
    seen: set[str] = set()
    for key, what in (*keys_of(edition), *_reasons(edition)):
        if key not in seen and "$code" not in key:
            seen.add(key)
            yield key, what


def _reasons(edition: str) -> Iterator[tuple[str, str]]:
    for section in edition_named(edition).sections.values():
        for paragraph in section.paragraphs:
            text = paragraph.text + paragraph.fragment
            heading = section.heading or section.name
            for cell in _REASON.findall(text):
                yield cell, f"“{heading}”中的变动原因"
            for cell in _BUDGET_REASON.findall(text):
                yield f"{cell}#change(of=initial_budget)", f"“{heading}”中与年初预算相比的原因"


def still_missing(entity: Entity, year: int, edition: str, store: FactStore) -> Iterator[tuple[str, str]]:
    """(key, what to write), once for each key, of everything that the report of this entity and year does not yet have.

    Comparisons (占比、增幅) are left out: they follow when the figures they compare are there.
    """
    composition, seen = pipeline.disclose(store, edition, material(entity, year)), set[str]()
    for problem in composition.problems:
        key = problem.where.rpartition("，")[2]
        if problem.code == "missing_text" and key not in seen and not _is_comparison(key):
            seen.add(key)
            yield key, problem.what.removeprefix("尚未填写")


def _is_comparison(key: str) -> bool:
    return "@" in key and Coordinate.parse(key).measure.kind in COMPARISONS
