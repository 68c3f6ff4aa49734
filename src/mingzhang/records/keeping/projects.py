"""Projects one by one (项目登记): added and changed by whoever prepares the budget, with the trail and a check of versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import Field
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.keeping.fields import Filled, WrongFieldsError, fill, typed
from mingzhang.records.keeping.once import made_before, remember
from mingzhang.records.models import Entity, Project, User
from mingzhang.records.permission import must
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import ChangedMeanwhileError
from mingzhang.records.trail import content, record

FIELDS: tuple[Field, ...] = tuple(entry for entry in KINDS["projects"].fields if entry.name != "entity")
"""The fields of the form: the columns of the import table."""

TRAIL_BOOK = "projects"


def add_project(user: User, entity: Entity, stated: Mapping[str, str], key: str) -> Project:
    """Enter a project of a unit; the same key again is the project entered before. Raises WrongFieldsError."""
    must(user, Action.PREPARE_BUDGET, entity)
    with transaction.atomic(), acting(user.name):
        before = made_before(key, Project, entity)
        if before is not None:
            return before
        project = Project(entity=entity, **_values(entity, stated, None))
        project.save()
        record(TRAIL_BOOK, "登记", f"项目 {project}", entity=entity, of=project, after=content(project))
        remember(key, project)
    return project


def change_project(user: User, project: Project, version: int, stated: Mapping[str, str]) -> Project:
    """Change a project; its code stays, the ledger names it. Raises WrongFieldsError and ChangedMeanwhileError."""
    must(user, Action.PREPARE_BUDGET, project.entity)
    with transaction.atomic(), acting(user.name):
        row = (
            Project.objects.select_for_update(of=("self",))
            .select_related("entity", "parent")
            .get(pk=project.pk)
        )
        if row.version != version:
            raise ChangedMeanwhileError(f"“{row}”", f"现为第{row.version}稿")
        before = content(row)
        typed_in = {entry.name: stated.get(entry.name, "") for entry in FIELDS} | {"code": row.code}
        for name, value in _values(row.entity, typed_in, row).items():
            setattr(row, name, value)
        if content(row) == before:
            return row
        row.version += 1
        row.save()
        record(
            TRAIL_BOOK, "修改", f"项目 {row}", entity=row.entity, of=row, before=before, after=content(row)
        )
    return row


def typed_project(project: Project) -> dict[str, str]:
    """A project as a form holds it."""
    stated = {entry.name: typed(entry, getattr(project, entry.name)) for entry in FIELDS}
    return stated | {"parent": project.parent.code if project.parent else ""}


def possible_parents(entity: Entity, project: Project | None = None) -> list[Project]:
    """First-level projects of the unit's department that may stand above a project."""
    department = entity.department()
    found = Project.objects.filter(parent=None, entity__in=department.below()).order_by("code")
    return [each for each in found if project is None or each.pk != project.pk]


def _values(entity: Entity, stated: Mapping[str, str], row: Project | None) -> dict[str, Any]:
    context = Context(entity)
    filled = fill(FIELDS, stated, context, f"{entity.name}，项目")
    problems = dict(filled.problems)
    if not problems:
        problems = _together(entity, filled, row)
    if problems:
        raise WrongFieldsError(problems)
    values = dict(filled.values)
    values["parent"] = Project.objects.filter(code=values["parent"]).first() if values["parent"] else None
    return values


def _together(entity: Entity, filled: Filled, row: Project | None) -> dict[str, Problem]:
    """What is wrong between the values and with the other projects."""
    values, where = filled.values, f"{entity.name}，项目"
    found: dict[str, Problem] = {}
    if row is None and Project.objects.filter(code=values["code"]).exists():
        what = f"项目编码{values['code']}已经使用"
        found["code"] = Problem("duplicate_project", what, where, "改用未使用的编码，或修改已有的项目")
    if values["year_from"] and values["year_to"] and values["year_to"] < values["year_from"]:
        found["year_to"] = Problem("wrong_year", "终止年度早于起始年度", where, "核对两个年度")
    above = values["parent"]
    if not above:
        return found
    if above not in {each.code for each in possible_parents(entity, row)}:
        what = f"“{above}”不是本部门的一级项目"
        found["parent"] = Problem(
            "unknown_project", what, where, "从列表中选择一级项目；项目只分两级，一级项目此栏留空"
        )
    elif row is not None and row.children.exists():
        what = "这个项目下有二级项目，自己不能再归到别的项目下"
        found["parent"] = Problem("project_too_deep", what, where, "此栏留空，或先移走它的二级项目")
    return found
