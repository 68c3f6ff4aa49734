"""Taking in projects: first-level projects before their sub-projects, wherever they stand in the file."""

from __future__ import annotations

from typing import Any

from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.recording import Recording
from mingzhang.records.imports.registers import Register
from mingzhang.records.imports.rows import Table, Taken
from mingzhang.records.imports.values import written
from mingzhang.records.models import Project
from mingzhang.records.trail import content

_register = Register(
    Project, ("entity", "code", "name", "year_from", "year_to", "effect", "secret"), ("code",)
)


def take_projects(tables: list[Table], context: Context) -> Taken:
    """Check projects and what stands above them."""
    parents: dict[str, str] = {}
    problems: list[RowProblem] = []
    for table in tables:
        codes, above = (_texts(table, name) for name in ("code", "parent"))
        parents |= dict(zip(codes, above, strict=True))
    for table in tables:
        for row, (code, above) in enumerate(
            zip(*(_texts(table, name) for name in ("code", "parent")), strict=True)
        ):
            if bad := _wrong(code, above, parents, context):
                problems.append(table.problem(row, bad, "parent", above))
    taken = _register(tables, context)
    taken.problems += problems
    write = taken.write

    def write_all(batch: Any) -> tuple[int, int]:
        added, changed = write(batch)
        projects = {project.code: project for project in Project.objects.filter(code__in=parents)}
        tops = {
            project.code: project for project in Project.objects.filter(code__in=set(parents.values()) - {""})
        }
        moved, recording = 0, Recording(batch)
        for code, project in projects.items():
            parent = tops.get(parents[code])
            if project.parent_id != (parent.pk if parent else None):
                before = content(project)
                project.parent = parent
                project.version += 1
                project.save(update_fields=["parent", "version"])
                recording.changed(project, before)
                moved += 1
        recording.finish()
        return added, max(changed, moved - added)

    taken.write = write_all
    return taken


def _texts(table: Table, name: str) -> list[str]:
    return [written(value) for value in table.column(name) or [""] * len(table)]


def _wrong(code: str, above: str, parents: dict[str, str], context: Context) -> CellError | None:
    if owner := _foreign_owner(code, context):
        return CellError(
            "not_allowed", f"项目{code}属于“{owner}”，您没有改它的权限", "换一个项目编码，或由该单位的人导入"
        )
    if not above:
        return None
    if above == code:
        return CellError(
            "project_above_itself", f"项目{code}的一级项目是它自己", "一级项目的“一级项目编码”留空"
        )
    if above not in parents and above not in context.books.projects:
        return CellError("unknown_project", f"没有一级项目{above}", "在表里加上这个一级项目，或改正编码")
    if parents.get(above):
        return CellError("project_too_deep", f"{above}自己也是二级项目", "项目只分两级，改为填它的一级项目")
    return None


def _foreign_owner(code: str, context: Context) -> str:
    """The name of whom the project of the books belongs to, where the file must not change it."""
    if context.scope is None or code not in context.books.projects:
        return ""
    owner = Project.objects.select_related("entity").get(code=code).entity
    return "" if context.is_within(owner.code) else owner.name
