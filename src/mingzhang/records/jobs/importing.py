"""Hand a file over to be imported (导入申请): looked at first, checked by a job, then taken in by another from the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import IO, Any

from mingzhang.documents import Problem
from mingzhang.records.imports.grids import Grid
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.looking import first_look, grids_of, sheets_of
from mingzhang.records.imports.previewing import Preview, mapping_of, preview_of
from mingzhang.records.imports.problems import RefusedError as UnreadableError
from mingzhang.records.imports.run import chinese_of
from mingzhang.records.imports.statements import STATEMENT_KINDS
from mingzhang.records.imports.uploads import FACTS, problem_of_upload
from mingzhang.records.jobs.folders import uploads
from mingzhang.records.jobs.starting import kept_names, start
from mingzhang.records.models import Entity, Job, User
from mingzhang.records.permission import must
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_SHEETS = 5
"""So many sheets are kept for the preview."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be understood: its kind, blank where it is to be told from the file, the year, the columns."""

    kind: str = ""
    year: int | None = None
    mapping: Mapping[str, str] | None = None


def hand_over(user: User, entity: Entity, wish: Wish, file: tuple[str, int, IO[bytes]], key: str) -> Job:
    """Look at an uploaded file (name, size, content) and have it checked. Raises RefusedError where it is not even read."""
    must(user, Action.IMPORT, entity)
    name, size, content = file
    if problem := problem_of_upload(name, size, content):
        raise RefusedError(problem)
    known = Job.objects.filter(key=key, owner=user, kind="import_file").first()
    if known is not None:
        return known
    if PurePath(name).suffix.lower() == FACTS:
        return _check(user, entity, replace(wish, kind="facts-json"), [], (name, content), key)
    with TemporaryDirectory(prefix="mingzhang-look-") as folder:
        (kept,) = kept_names([name])
        path = Path(folder) / kept
        with path.open("wb") as copy:
            for piece in iter(lambda: content.read(1 << 20), b""):
                copy.write(piece)
        try:
            grids = first_look(path)
        except UnreadableError as refused:
            raise RefusedError(*(_plain(problem) for problem in refused.problems)) from None
    content.seek(0)
    return _check(user, entity, wish, grids, (name, content), key)


def ask_again(
    user: User, job: Job, kind: str, year: int | None, columns: Sequence[tuple[str, str]], key: str
) -> Job:
    """The same file understood otherwise: another kind, or (header, field) for its columns; checked anew."""
    must(user, Action.IMPORT, job.entity)
    before = preview(job)
    same = kind in ("", before.kind)
    wish = Wish(kind or before.kind, year, mapping_of(before.fields, columns) if same else None)
    with ExitStack() as stack:
        name, content = _file(job, stack)
        return _check(user, job.entity, wish, _grids(job), (name, content), key)


def take_in(user: User, job: Job) -> Job:
    """Import what was checked. Asked twice, it is one import."""
    must(user, Action.IMPORT, job.entity)
    if job.state != Job.State.DONE:
        raise RefusedError(
            Problem("not_checked", "这个文件还没有核对通过", job.title, "等核对完成、改正错误后再导入。")
        )
    payload = {name: job.payload.get(name) for name in ("kind", "year", "mapping")}
    with ExitStack() as stack:
        name, content = _file(job, stack)
        title = f"导入{_named(payload['kind'] or job.result.get('kind') or '')}：{name}"
        return start(
            "import_file", user, job.entity, payload, f"in-{job.pk}-{job.key[:40]}", title, [(name, content)]
        )


def preview(job: Job) -> Preview:
    """What is shown of a checked file."""
    payload = job.payload
    return preview_of(_grids(job), payload.get("kind") or "", payload.get("mapping") or {})


def _check(
    user: User, entity: Entity, wish: Wish, grids: Sequence[Grid], file: tuple[str, IO[bytes]], key: str
) -> Job:
    if wish.kind and wish.kind not in KINDS and wish.kind not in STATEMENT_KINDS:
        raise RefusedError(
            Problem("unknown_kind", f"没有“{wish.kind}”这种导入", file[0], "从列表中选择种类。")
        )
    payload: dict[str, Any] = {
        "kind": wish.kind,
        "year": wish.year,
        "mapping": dict(wish.mapping or {}),
        "dry_run": True,
        "sheets": sheets_of(grids[:_SHEETS]),
    }
    return start("import_file", user, entity, payload, key, f"核对{_named(wish.kind)}：{file[0]}", [file])


def _grids(job: Job) -> list[Grid]:
    return grids_of(job.payload["files"][0], job.payload.get("sheets") or [])


def _file(job: Job, stack: ExitStack) -> tuple[str, IO[bytes]]:
    name = job.payload["files"][0]
    path = uploads(job) / name
    if not path.is_file():
        raise RefusedError(Problem("file_gone", "上传的文件已经清理", name, "重新上传这个文件。"))
    return name, stack.enter_context(path.open("rb"))


def _named(kind: str) -> str:
    return chinese_of(kind) if kind in KINDS or kind in STATEMENT_KINDS else ""


def _plain(problem: Any) -> Problem:
    return problem if isinstance(problem, Problem) else problem.as_problem()
