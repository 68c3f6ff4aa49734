"""A line's whole folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from mingzhang.casework.access import LETTERS
from mingzhang.casework.definitions import Line
from mingzhang.documents import Problem
from mingzhang.lines.loading import schema
from mingzhang.lines.loading.documents import document_problems, documents_of
from mingzhang.lines.loading.files import at, read_checked
from mingzhang.lines.loading.guards import guards_of
from mingzhang.lines.loading.kinds import kind_problems, kinds_of, with_table
from mingzhang.lines.loading.metrics import metric_problems, metrics_of, return_problems, returns_of
from mingzhang.lines.loading.states import state_problems, tables_of


def read_line(folder: Path, families: Collection[str]) -> tuple[Line | None, list[Problem]]:
    """The line of a folder, or everything that is wrong with it: first its files' shape, then what they name. `families`: known deadline rules."""
    line_file, problems = read_checked(folder / "line.toml", schema.LINE)
    kinds_file, more = read_checked(folder / "kinds.toml", schema.KINDS)
    states_file, states_more = read_checked(folder / "states.toml", schema.STATES, optional=True)
    metrics_file, metrics_more = read_checked(folder / "metrics.toml", schema.METRICS)
    returns_file, returns_more = read_checked(folder / "returns.toml", schema.RETURNS, optional=True)
    documents, documents_more = documents_of(folder / "documents")
    guards, guards_more = guards_of(folder / "guards.py", f"mingzhang.lines.{folder.name}.guards")
    problems += [*more, *states_more, *metrics_more, *returns_more, *documents_more, *guards_more]
    if problems:
        return None, problems
    tables = tables_of(states_file)
    kinds = {
        name: with_table(kind, tables[name]) if name in tables else kind
        for name, kind in kinds_of(kinds_file, folder.name).items()
    }
    metrics, returns = metrics_of(metrics_file, folder.name), returns_of(returns_file)
    stated = line_file.data["line"]
    access = line_file.data["access"]
    problems = [
        *(
            at(line_file, f"岗位“{role}”的权限“{letters}”含有不认识的字母", f"只用{LETTERS}。", role)
            for role, letters in access.items()
            if set(letters) - set(LETTERS)
        ),
        *kind_problems(kinds_file, kinds, guards),
        *state_problems(states_file, kinds, guards, documents, families),
        *metric_problems(metrics_file, kinds, returns, families),
        *return_problems(returns_file, metrics),
        *document_problems(folder / "documents", documents, kinds, families),
    ]
    line = Line(
        id=folder.name,
        code=stated["code"],
        chinese=stated["chinese"],
        department_role=stated["department_role"],
        kinds=kinds,
        metrics=metrics,
        documents=documents,
        returns=returns,
        guards=guards,
        access=access,
        law=stated.get("law", ""),
    )
    return (None, problems) if problems else (line, [])
