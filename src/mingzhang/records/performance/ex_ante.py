"""Ex-ante evaluations in the books (事前绩效评估): which new projects need one, which have none, what money they allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from mingzhang.catalogue.loading.ex_ante import ex_ante_rules
from mingzhang.documents import Problem
from mingzhang.facts import Cell, FactStore
from mingzhang.performance.ex_ante import Judged, ex_ante_complaints, total_of
from mingzhang.records.models import Entity, ExAnte, Project
from mingzhang.records.secrecy import is_secret


def judged_of(payload: Mapping[str, Any], where: str) -> tuple[dict[str, Judged], list[Problem]]:
    """The aspects of a payload, and what of them is no number."""
    judged, problems = {}, []
    for stated in payload.get("aspects") or ():
        name, text = str(stated.get("name") or ""), str(stated.get("points") or "").strip()
        if not text:
            continue
        try:
            points = Decimal(text)
        except InvalidOperation:
            points = Decimal("NaN")
        if not points.is_finite():
            problems.append(
                Problem(
                    "not_a_number", f"评分“{text[:20]}”不是数字", f"{where}，“{name}”", "填写分数，如 18。"
                )
            )
            continue
        judged[name] = Judged(Fraction(points), str(stated.get("words") or ""))
    return judged, problems


def ex_ante_problems(payload: Mapping[str, Any], where: str) -> list[Problem]:
    """Everything that is wrong with the content of an evaluation."""
    judged, problems = judged_of(payload, where)
    if problems:
        return problems
    requested, supported = (
        Fraction(payload.get(name) or 0, 100) for name in ("requested_fen", "supported_fen")
    )
    return [
        Problem(
            each.code,
            each.what,
            f"{where}，“{each.indicator}”" if each.indicator else where,
            f"{each.remedy}。",
            each.severity,
        )
        for each in ex_ante_complaints(ex_ante_rules(), judged, requested, supported)
    ]


def result_of(payload: Mapping[str, Any]) -> tuple[Decimal, str]:
    """(total, conclusion) of a payload without problems."""
    judged, _ = judged_of(payload, "")
    total = total_of(judged)
    return Decimal(int(total * 100)) / 100, ex_ante_rules().conclusion(total)


def new_projects(entity: Entity, year: int) -> list[Project]:
    """Projects that begin in a year, of an entity and the units under it; secret ones are left out."""
    begun = Project.objects.filter(entity__in=entity.below(), year_from=year).select_related("parent")
    return [project for project in begun if not is_secret(project)]


def without_ex_ante(entity: Entity, year: int, store: FactStore) -> list[tuple[Project, Fraction]]:
    """(project, budget in yuan) of new projects at or above the threshold that were not evaluated beforehand."""
    known = set(ExAnte.objects.filter(year=year).values_list("project_id", flat=True))
    found = []
    for project in new_projects(entity, year):
        budget = _budget(project, entity, year, store)
        if project.pk not in known and budget >= ex_ante_rules().threshold:
            found.append((project, budget))
    return found


def budget_problems(year: int, fen: Mapping[str, int], where: str) -> Iterable[Problem]:
    """What the ex-ante evaluations say of initial budgets, given in fen by the code of the project."""
    rules = ex_ante_rules()
    for project in Project.objects.filter(code__in=list(fen), year_from=year, secret=False):
        own, amount = ExAnte.objects.filter(year=year, project=project).first(), fen[project.code]
        if own is None and Fraction(amount, 100) >= rules.threshold:
            yield Problem(
                "ex_ante_missing",
                f"新增项目“{project.name}”没有事前绩效评估",
                where,
                f"预算{int(rules.threshold / 10_000)}万元及以上的新增项目，先做事前绩效评估。",
                "warning",
            )
        elif own is not None and amount > own.supported_fen:
            yield Problem(
                "beyond_ex_ante",
                f"新增项目“{project.name}”预算{amount / 1_000_000:.2f}万元，超过事前绩效评估建议支持的{own.supported_fen / 1_000_000:.2f}万元",
                where,
                "核减预算，或重新评估。",
                "warning",
            )


def _budget(project: Project, entity: Entity, year: int, store: FactStore) -> Fraction:
    cell = Cell.parse(f"expenditure[project={project.code}]#initial_budget")
    return store.value(cell.at(entity.code, str(year))) or Fraction(0)
