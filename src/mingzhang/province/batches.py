"""A batch: some files audited one after another, each in a child process, into one part. The same on a cluster."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import mingzhang
from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.isolation import Worker
from mingzhang.province.parts import ProvinceFolder, lines, part_name
from mingzhang.province.rows import Row, refused, write_lines
from mingzhang.province.tables import TABLES

_AUDITING = ("numbers", "documents", "facts", "forms", "read", "audit", "catalogue", "pipeline")
_TELLING = ("province/rows.py", "province/tables.py")
"""The folders and files of the program on which the tables depend."""

_idle: SimpleQueue[Worker] = SimpleQueue()
"""Children that wait for the next batch."""


class UnfitWorkerError(ProblemError):
    """A worker of the cluster cannot do what it is asked; `problem` says why."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The run is to end; the batch was given up."""


def audit_batch(
    paths: Sequence[str], folder: str, program: str, go_on: Callable[[], bool] = lambda: True
) -> int:
    """Audit files into one part of the folder; how many. Nothing is done where that part is there already.

    A cluster may ask for a batch again that was done, when it lost the answer with the worker.
    Raises UnfitWorkerError where this machine does not see the folder or has another program.
    """
    province = ProvinceFolder(Path(folder))
    _fits(province, program)
    known = {path: {"program": program, **known_of(Path(path))} for path in paths}
    name = part_name((path, each["digest"]) for path, each in known.items())
    if province.has(name):
        return len(paths)
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as spool, _child() as child:
        reports = []
        for number, path in enumerate(paths):
            if not go_on():
                raise Stopped
            reports.append(_audited(child, path, known[path], Path(spool), number))
        write_lines(Path(spool) / "all.reports", iter(reports))
        for table in ("findings", "facts"):
            (Path(spool) / f"none.{table}").touch()
        province.add(name, {table: lines(Path(spool), table) for table in TABLES})
    return len(paths)


def _audited(child: Worker, path: str, known: Row, spool: Path, number: int) -> Row:
    """The report's row. A child that broke off, perhaps killed from outside, gets another try."""
    if known["digest"] is None:
        what = "文件打不开，可能已被移走或没有权限"
        return {**known, **refused(path, Problem("file_refused", what, path, "检查文件后再核对"))}
    asked: dict[str, Any] = {"path": path, "folder": str(spool), "name": str(number), "known": known}
    answer = child.run(asked, path)
    if isinstance(answer, Problem) and answer.code == "broken_off":
        answer = child.run(asked, path)
    if not isinstance(answer, Problem):
        found: Row = answer["report"]
        return found
    for table in ("findings", "facts"):
        (spool / f"{number}.{table}").unlink(missing_ok=True)
    return {**known, **refused(path, answer)}


def known_of(path: Path) -> Row:
    """Size, time and digest of a file; the digest is None where it cannot be opened."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        found = path.stat()
    except OSError:
        return {"digest": None, "size": None, "modified": None}
    return {"digest": digest, "size": found.st_size, "modified": found.st_mtime_ns}


@cache
def program() -> str:
    """Version of the program, with a fingerprint of everything that an audit's result depends on."""
    root = Path(mingzhang.__file__).parent
    found = hashlib.sha256()
    files = [file for folder in _AUDITING for file in (root / folder).rglob("*.*")]
    for file in sorted((*files, *(root / name for name in _TELLING))):
        if file.suffix in (".py", ".toml", ".csv"):
            found.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    return f"{version('mingzhang')}+{found.hexdigest()[:12]}"


def close_children() -> None:
    """End the children that wait in this process."""
    while True:
        try:
            _idle.get_nowait().close()
        except Empty:
            return


@contextmanager
def _child() -> Iterator[Worker]:
    try:
        child = _idle.get_nowait()
    except Empty:
        child = Worker("mingzhang.province.rows:write_rows")
    try:
        yield child
    finally:
        _idle.put(child)


def _fits(province: ProvinceFolder, asked: str) -> None:
    if not province.unfinished.is_dir():
        what = "集群的工作进程看不到写结果的文件夹"
        remedy = "把 --out 和报告放在各台机器都能以同一路径读写的地方"
        raise UnfitWorkerError(Problem("folder_not_shared", what, str(province.path), remedy))
    if asked != program():
        what = f"集群的工作进程装的是另一个版本的明账（{program()}），这里是 {asked}"
        raise UnfitWorkerError(Problem("other_program", what, "集群", "各台机器装同一个版本，再核对"))
