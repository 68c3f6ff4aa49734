"""From the records to the cube: every point of a department's years, what is covered, and what was stated (取数)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from mingzhang.catalogue.loading import vocabulary
from mingzhang.facts import FactStore, Point, Vocabulary
from mingzhang.records.budget_points import budget_concepts, budget_points
from mingzhang.records.casework.facts import add_case_figures, case_concepts
from mingzhang.records.definitions import (
    LEDGER_CONCEPTS,
    RESULTS,
    Dimensions,
    Share,
    distributed,
    shares,
)
from mingzhang.records.models import ELIMINATIONS, Classification, Entity, Project, Voucher, VoucherKind
from mingzhang.records.organisation import Organisation
from mingzhang.records.performance.stages import STAGES, Stages
from mingzhang.records.register_points import Registers
from mingzhang.records.secrecy import is_secret, secret_projects, without_secrets
from mingzhang.records.statement_facts import statement_facts
from mingzhang.records.sums import (
    BUDGET_BALANCES,
    CLOSING,
    REVENUE_AND_EXPENDITURE,
    ledger_sums,
)

_Key = tuple[str, Dimensions, str, int]  # concept, dimensions, entity, year
_Sums = dict[_Key, list[int]]  # fen and rows

SELF_EVALUATION = ("self_evaluated_projects", "self_evaluated_amount")


def fact_store(department_code: str, years: Iterable[int]) -> FactStore:
    """The facts of a department with all its units, or of one unit alone, for these years.

    Records cover a year's ledger where any unit has vouchers in it, its budget where there are budget lines, and its
    registers where they were kept; only there is what is absent zero.
    """
    organisation = Organisation()
    top = organisation.named(department_code)
    units, wanted = top.units(organisation.entities), sorted(set(years))
    store = FactStore(books_vocabulary(organisation, top, wanted))
    secret = secret_projects(organisation.projects)
    sums = _ledger(units, wanted, organisation.departments, secret)
    registers = Registers(organisation, units)
    for year in wanted:
        kept = _has_vouchers(units, year)
        if kept:
            for concept in (*LEDGER_CONCEPTS, *SELF_EVALUATION):
                store.cover(concept, str(year), register="账簿")
        for concept, points in registers.points(year, kept):
            store.cover(concept, str(year), register="登记簿")
            store.add_points(points, register="登记簿")
        for measure, points in budget_points(units, year, secret):
            for concept in budget_concepts(points):
                store.cover(concept, str(year), measure, register="预算指标")
            store.add_points(points, register="预算指标")
    store.add_points(_points(sums), register="账簿")
    performance = Stages(units, wanted)
    for year in performance.years:
        for concept in STAGES:
            store.cover(concept, str(year), register="绩效管理")
    store.add_points(performance.points(), register="绩效管理")
    store.add_points(_self_evaluation(units, sums, organisation.projects, performance), register="账簿")
    office = next((unit for unit in units if unit.code in organisation.own_offices), units[0])
    add_case_figures(store, office, top.below(organisation.entities), wanted)
    for fact in statement_facts(top.below(organisation.entities), wanted, store.vocabulary):
        store.state(fact)
    return store


def _has_vouchers(units: Sequence[Entity], year: int) -> bool:
    """Whether any of the units has vouchers of its own, openings aside, in the year."""
    kept = Voucher.objects.filter(entity__in=units, year=year).exclude(kind=VoucherKind.OPENING)
    return kept.exists()


def books_vocabulary(organisation: Organisation, top: Entity | None, years: Sequence[int]) -> Vocabulary:
    """The vocabulary of the years with the books' own entities (all, or those under `top`), projects and details.

    Secret projects are not in it: no figure can be asked for them.
    """
    tops = [top] if top else [entity for entity in organisation.entities if entity.parent_id is None]
    details = Classification.objects.exclude(detail="").order_by("detail").values_list("detail", flat=True)
    projects = sorted(
        (project for project in organisation.projects if not is_secret(project)),
        key=lambda project: (project.parent is not None, project.code),
    )
    return (
        vocabulary(max(years))
        .with_concepts(case_concepts())
        .with_entities(entry for each in tops for entry in each.tree(organisation.entities))
        .with_codes("project", [(p.code, p.parent.code if p.parent else None, p.name) for p in projects])
        .with_codes("detail", [(detail, None, detail) for detail in details.distinct()])
    )


def _ledger(
    units: list[Entity], years: list[int], departments: Mapping[str, str], secret: Mapping[str, str]
) -> _Sums:
    """Fen and rows of every figure that lines add to, per unit and year."""
    kinds = {unit.code: unit.kind for unit in units}
    known: dict[tuple[int, str, str], list[Share]] = {}
    sums: _Sums = defaultdict(lambda: [0, 0])
    for unit, year, classification, stated, fen, rows in ledger_sums(
        units, years, BUDGET_BALANCES | REVENUE_AND_EXPENDITURE | CLOSING
    ):
        kind = kinds[unit]
        key = (classification, kind, departments[unit])
        if key not in known:
            known[key] = [
                share._replace(dimensions=without_secrets(share.dimensions, secret))
                for share in shares(stated, kind, departments, unit)
            ]
        for concept, dimensions, sign, eliminates, credits_only in known[key]:
            if credits_only and fen > 0:
                continue
            place = f"{departments[unit]}-{ELIMINATIONS}" if eliminates else unit
            slot = sums[concept, dimensions, place, year]
            slot[0] += sign * fen
            slot[1] += rows
    _distribute(sums)
    return sums


def _distribute(sums: _Sums) -> None:
    """Turn the results of institutions into distribution, use of surplus and losses carried over."""
    results: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    rows: dict[tuple[str, int], int] = defaultdict(int)
    for key in [key for key in sums if key[0] in RESULTS]:
        concept, _, entity, year = key
        fen, count = sums.pop(key)
        results[entity, year][concept] = fen
        rows[entity, year] += count
    for (entity, year), result in results.items():
        for concept, dimensions, fen in distributed(*(result.get(name, 0) for name in RESULTS)):
            if fen:
                slot = sums[concept, dimensions, entity, year]
                slot[0] += fen
                slot[1] += rows[entity, year]


def _points(sums: _Sums) -> Iterator[Point]:
    for (concept, dimensions, entity, year), (fen, rows) in sums.items():
        yield Point(concept, dimensions, entity, str(year), Fraction(fen, 100), rows=rows)


def _self_evaluation(
    units: list[Entity], sums: _Sums, known: Iterable[Project], performance: Stages
) -> Iterator[Point]:
    """First-level projects with expenditure, each once, at the unit it belongs to; secret ones no longer state a project.

    In a year whose goals are kept here only those that were evaluated; else self-evaluation is taken to cover all.
    """
    codes = {unit.code for unit in units}
    projects = {project.code: project for project in known}
    counted: set[tuple[str, int]] = set()
    for (concept, dimensions, entity, year), (fen, rows) in sums.items():
        if concept != "expenditure" or not fen or dimensions[-1][0] != "project":
            continue
        project = projects.get(dimensions[-1][1])
        if project is None or entity not in codes:
            continue
        first_level = project.parent or project
        if not performance.was_evaluated(first_level.code, year):
            continue
        yield Point("self_evaluated_amount", (), entity, str(year), Fraction(fen, 100), rows=rows)
        if (first_level.code, year) not in counted:
            counted.add((first_level.code, year))
            owner = first_level.entity.code if first_level.entity.code in codes else entity
            yield Point("self_evaluated_projects", (), owner, str(year), 1)
