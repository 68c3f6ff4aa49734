"""A small department's disclosure with the facts behind every printed figure, for tests of open data."""

from __future__ import annotations

from compose.small_department import small_material, small_store
from mingzhang.catalogue.loading import edition
from mingzhang.compose import compose
from mingzhang.documents import Document
from mingzhang.facts import Coordinate, Derivation, Fact, FactStore

EDITION = "hubei_wuhan_fy2021"


def published(scale: int = 1) -> tuple[Document, list[Fact], FactStore]:
    """The document, the facts behind its figures and behind those, and the store."""
    store = small_store(scale)
    document = compose(store, edition(EDITION), small_material()).document
    return document, facts_behind(document, store), store


def facts_behind(document: Document, store: FactStore) -> list[Fact]:
    """Every printed fact and every input of a derivation."""
    facts: dict[Coordinate, Fact] = {}
    waiting = [Coordinate.parse(figure.coordinate) for figure in document.figures()]
    while waiting:
        coordinate = waiting.pop()
        fact = store.get(coordinate)
        if fact is not None and coordinate not in facts:
            facts[coordinate] = fact
            if isinstance(fact.provenance, Derivation):
                waiting.extend(fact.provenance.inputs)
    return list(facts.values())
