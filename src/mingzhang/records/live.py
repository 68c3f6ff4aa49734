"""The final accounts as the books stand now (实时决算): facts, report and explanations of a department, kept while nothing changes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from threading import RLock
from typing import Any, TypeVar

from django.db import connection

from mingzhang import pipeline
from mingzhang.audit.result import Audit
from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.compose import Composition, Explainer, Printer
from mingzhang.documents import Explanation
from mingzhang.facts import FactStore
from mingzhang.numbers import TEN_THOUSAND_YUAN, Unit
from mingzhang.records.casework import facts
from mingzhang.records.material import material
from mingzhang.records.models import Entity, TrailChain
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import fact_store
from mingzhang.records.standing import standing
from mingzhang.remembering import Remembered
from mingzhang.write.html import html_text

_APART = ("acceptances", "proposals", "publications")
"""Books of the trail that move no figure and no word of the report."""
_KEPT = 6
"""Department-years that a process keeps."""
_MADE_KEPT = 80
"""Tables, lists of figures and views that one of them keeps."""
Made = TypeVar("Made")


class Live:
    """One department's year and the year before it, at one state of the books. What is asked for is made once."""

    def __init__(self, department: Entity, year: int, state: str) -> None:
        self.department = department
        self.year = year
        self.state = state
        self.store: FactStore = fact_store(department.code, (year - 1, year))
        self._compositions: dict[tuple[str, str], Composition] = {}
        self._explainers: dict[str, Explainer] = {}
        self._audits: dict[tuple[str, str], Audit] = {}
        self._fingerprints: dict[tuple[str, str], str] = {}
        self._made: Remembered[Hashable, Any] = Remembered(_MADE_KEPT)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What else is made of this state of the books alone: made when it is first asked for, the last asked for are kept."""
        found: Made = self._made.get(key, make)
        return found

    def composition(self, entity: Entity, edition: str) -> Composition:
        """The report of the department or of one of its units, whose words know their keys."""
        key = (entity.code, edition)
        if key not in self._compositions:
            own = material(entity, self.year)
            self._compositions[key] = pipeline.disclose(self.store, edition, own, keyed=True)
        return self._compositions[key]

    def fingerprint(self, entity: Entity, edition: str) -> str:
        """The fingerprint of what would be published."""
        key = (entity.code, edition)
        if key not in self._fingerprints:
            composed = pipeline.disclose(self.store, edition, material(entity, self.year))
            self._fingerprints[key] = pipeline.fingerprint(composed.document)
        return self._fingerprints[key]

    def explainer(self, edition: str) -> Explainer:
        """Explains any figure of the department, in the edition's terms."""
        if edition not in self._explainers:
            terms = {entry.term: entry.text for entry in edition_named(edition).glossary}
            self._explainers[edition] = Explainer(self.store, terms)
        return self._explainers[edition]

    def explanations(self, entity: Entity, edition: str) -> Mapping[str, Explanation]:
        """What stands behind every figure of the report, parts included."""
        figures = list(self.composition(entity, edition).document.figures())
        return self.explainer(edition).all(figures)

    def draft_audit(self, entity: Entity, edition: str) -> Audit:
        """What an auditor would find in the report, written and read back."""
        key = (entity.code, edition)
        if key not in self._audits:
            page = html_text(self.composition(entity, edition).document)
            self._audits[key] = pipeline.audit(page.encode())
        return self._audits[key]

    def printer(self, edition: str, money: Unit = TEN_THOUSAND_YUAN) -> Printer:
        """Prints the department's figures in the edition's style."""
        form = edition_named(edition)
        style = form.style if money is TEN_THOUSAND_YUAN else replace(form.style, thousands=True)
        words = self.store.vocabulary
        store = (
            self.store.speaking(words.renamed("function", form.code_names)) if form.code_names else self.store
        )
        return Printer(store, style, money=money)


_LOCK = RLock()
_LIVE: OrderedDict[tuple[str, str, int], Live] = OrderedDict()


def live(entity: Entity, year: int) -> Live:
    """The department's year of an entity as the books stand now; made anew where anything was recorded since."""
    department = entity.department()
    key, state = _key(department, year), state_of(department)
    with _LOCK:
        known = _LIVE.get(key)
        if known is None or known.state != state:
            known = _LIVE[key] = Live(department, year, state)
        _LIVE.move_to_end(key)
        while len(_LIVE) > _KEPT:
            _LIVE.popitem(last=False)
    return known


def forget() -> None:
    """Keep nothing any longer."""
    with _LOCK:
        _LIVE.clear()
    facts.forget()


def _key(department: Entity, year: int) -> tuple[str, str, int]:
    return str(connection.settings_dict["NAME"]), department.code, year


def state_of(department: Entity) -> str:
    """A digest of the heads of the trails of a department and its units: it changes with every record of theirs."""
    return states_of([department], standing().organisation)[department.pk]


def states_of(departments: Iterable[Entity], organisation: Organisation) -> dict[int, str]:
    """The states of several departments by their key, in one query."""
    owner = {
        entity.pk: department.pk
        for department in departments
        for entity in department.below(organisation.entities)
    }
    heads: dict[int, list[tuple[str, int, str]]] = {key: [] for key in owner.values()}
    chains = TrailChain.objects.filter(entity__in=list(owner)).exclude(book__in=_APART).order_by("name")
    for entity, name, length, head in chains.values_list("entity", "name", "length", "head"):
        heads[owner[entity]].append((name, length, head))
    cases = facts.state_of_casework()
    return {key: hashlib.sha256(repr((stated, cases)).encode()).hexdigest() for key, stated in heads.items()}
