"""From the records to the cube: every point of a department's years, what is covered, and what was stated (取数)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from django.db import connection
from django.db.models import Model

from mingzhang.casework.definitions import Line
from mingzhang.catalogue.loading import vocabulary
from mingzhang.facts import FactStore, Point, Vocabulary
from mingzhang.records.budget_points import budget_concepts, budget_points
from mingzhang.records.casework.facts import add_case_figures, case_concepts
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.definitions import (
    LEDGER_CONCEPTS,
    RESULTS,
    Dimensions,
    Share,
    distributed,
    shares,
)
from mingzhang.records.holding import Asked, holding
from mingzhang.records.models import (
    ELIMINATIONS,
    BudgetLine,
    Classification,
    Entity,
    Goals,
    Project,
    Statement,
    Text,
    Voucher,
    VoucherKind,
    WorkPart,
)
from mingzhang.records.organisation import Organisation, organisation_to_read
from mingzhang.records.performance.stages import STAGES, Stages
from mingzhang.records.register_points import Registers
from mingzhang.records.register_rows import REGISTER_FIGURES
from mingzhang.records.secrecy import is_secret, secret_projects, without_secrets
from mingzhang.records.statement_facts import statement_facts
from mingzhang.records.sums import Stated, budgetary_sums

_SHARES_KEPT = 20_000
"""Combinations of what lines state whose figures are kept in memory."""

_Key = tuple[str, Dimensions, str, int]  # concept, dimensions, entity, year
_Sums = dict[_Key, list[int]]  # fen and rows

SELF_EVALUATION = ("self_evaluated_projects", "self_evaluated_amount")


def fact_store(department_code: str, years: Iterable[int]) -> FactStore:
    """The facts of a department with all its units, or of one unit alone, for these years.

    Records cover a year's ledger where any unit has vouchers in it, its budget where there are budget lines, and its
    registers where they were kept; only there is what is absent zero.
    """
    organisation = organisation_to_read()
    top = organisation.named(department_code)
    units, wanted = top.units(organisation.entities), sorted(set(years))
    bodies = top.below(organisation.entities)
    held = holding(_questions(units, bodies, wanted))
    store = FactStore(books_vocabulary(organisation, top, wanted))
    secret = _secret(organisation)
    sums = _ledger(units, wanted, organisation)
    registers = Registers(organisation, units, held)
    for year in wanted:
        kept = ("vouchers", year) in held
        if kept:
            for concept in (*LEDGER_CONCEPTS, *SELF_EVALUATION):
                store.cover(concept, str(year), register="账簿")
        for concept, points in registers.points(year, kept):
            store.cover(concept, str(year), register="登记簿")
            store.add_points(points, register="登记簿")
        for measure, points in budget_points(units, year, secret) if (BudgetLine, year) in held else ():
            for concept in budget_concepts(points):
                store.cover(concept, str(year), measure, register="预算指标")
            store.add_points(points, register="预算指标")
    store.add_points(_points(sums), register="账簿")
    performance = Stages(units, wanted if Goals in held else ())
    for year in performance.years:
        for concept in STAGES:
            store.cover(concept, str(year), register="绩效管理")
    store.add_points(performance.points(), register="绩效管理")
    store.add_points(_self_evaluation(units, sums, organisation.projects, performance), register="账簿")
    office = next((unit for unit in units if unit.code in organisation.own_offices), units[0])
    if Text in held or WorkPart in held:
        add_case_figures(store, office, bodies, wanted)
    for fact in statement_facts(bodies, wanted, store.vocabulary) if Statement in held else ():
        store.state(fact)
    return store


def _questions(
    units: Sequence[Entity], bodies: Sequence[Entity], years: Sequence[int]
) -> dict[type[Model] | tuple[object, int], Asked]:
    """The tables that a store is filled from, and by year whether there are vouchers, openings aside, and budgets."""
    own, below = [unit.pk for unit in units], [body.pk for body in bodies]
    above = [unit.department().pk for unit in units]
    kinds = [kind.value for kind in VoucherKind if kind != VoucherKind.OPENING]
    questions: dict[type[Model] | tuple[object, int], Asked] = {
        figure.model: (figure.model, {"entity_id": own}) for figure in REGISTER_FIGURES
    }
    for year in years:
        place = {"entity_id": own, "year": [year]}
        questions["vouchers", year] = Voucher, {**place, "kind": kinds}
        questions[BudgetLine, year] = BudgetLine, place
    questions[Goals] = Goals, {"year": years}
    questions[Statement] = Statement, {"entity_id": sorted({*below, *above}), "year": years}
    return questions | {model: (model, {"entity_id": below, "year": years}) for model in (Text, WorkPart)}


def _secret(organisation: Organisation) -> Mapping[str, str]:
    found: Mapping[str, str] = organisation.remembered.get(
        "secret projects", lambda: secret_projects(organisation.projects)
    )
    return found


def books_vocabulary(organisation: Organisation, top: Entity | None, years: Sequence[int]) -> Vocabulary:
    """The vocabulary of the years with the books' own entities (all, or those under `top`), projects and details.

    Secret projects are not in it: no figure can be asked for them.
    """
    details, lines = _details_used(), all_lines()
    found: tuple[object, Vocabulary] = organisation.remembered.get(
        ("vocabulary", top.pk if top else None, max(years), details, id(lines)),
        lambda: (lines, _vocabulary(organisation, top, max(years), details, lines)),
    )
    return found[1]


def _details_used() -> tuple[str, ...]:
    """The details (明细) that any line states."""
    shared = Classification._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT detail FROM {shared} WHERE detail <> ''")
        return tuple(sorted(detail for (detail,) in cursor.fetchall()))


def _vocabulary(
    organisation: Organisation,
    top: Entity | None,
    year: int,
    details: Sequence[str],
    lines: Mapping[str, Line],
) -> Vocabulary:
    words = organisation.remembered.get(
        ("words", year, details, id(lines)), lambda: (lines, _words(organisation, year, details))
    )[1]
    tops = [top] if top else [entity for entity in organisation.entities if entity.parent_id is None]
    found: Vocabulary = words.with_entities(
        entry for each in tops for entry in each.tree(organisation.entities)
    )
    return found


def _words(organisation: Organisation, year: int, details: Sequence[str]) -> Vocabulary:
    """The vocabulary without entities: the same for all units, who share what is worked out from it."""
    projects = sorted(
        (project for project in organisation.projects if not is_secret(project)),
        key=lambda project: (project.parent is not None, project.code),
    )
    return (
        vocabulary(year)
        .with_concepts(case_concepts())
        .with_codes("project", [(p.code, p.parent.code if p.parent else None, p.name) for p in projects])
        .with_codes("detail", [(detail, None, detail) for detail in details])
    )


def _ledger(units: Sequence[Entity], years: Sequence[int], organisation: Organisation) -> _Sums:
    """Fen and rows of every figure that lines add to, per unit and year."""
    own = {unit.pk: (unit.code, unit.kind, organisation.departments[unit.code]) for unit in units}
    known: dict[tuple[tuple[str, ...], str, str], list[Share]] = organisation.remembered.get("shares", dict)
    if len(known) > _SHARES_KEPT:
        known.clear()
    sums: _Sums = defaultdict(lambda: [0, 0])
    for key, year, fen, rows, stated in budgetary_sums(units, years):
        unit, kind, department = own[key]
        found = known.get((stated, kind, department))
        if found is None:
            found = known[stated, kind, department] = _open_shares(stated, kind, unit, organisation)
        for concept, dimensions, sign, eliminates, credits_only in found:
            if credits_only and fen > 0:
                continue
            slot = sums[concept, dimensions, f"{department}-{ELIMINATIONS}" if eliminates else unit, year]
            slot[0] += sign * fen
            slot[1] += rows
    _distribute(sums)
    return sums


def _open_shares(stated: tuple[str, ...], kind: str, unit: str, organisation: Organisation) -> list[Share]:
    """The figures that a line of a unit adds to, in terms that may be named; the same for all units of its kind and department."""
    secret = _secret(organisation)
    return [
        share._replace(dimensions=without_secrets(share.dimensions, secret))
        for share in shares(Stated(*stated), kind, organisation.departments, unit)
    ]


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
