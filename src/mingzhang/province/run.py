"""A run: which files are left to audit, in batches, over local threads or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from mingzhang.documents import Problem
from mingzhang.province.batches import audit_batch, close_children, known_of, program
from mingzhang.province.parts import Done, ProvinceFolder, alone, connected

BATCH = 32
"""Reports of a part: what one killed worker has to do again at most."""
_MOST_PARTS = 4_000
_SHARES = 8
"""A small run is cut finer, so that every worker gets so many batches."""
_LEAST = 4
"""Reports of a small run's batches, where that leaves work for every worker: writing a part takes a moment."""
_WORKERS_OF_A_CLUSTER = 16

Progress = Callable[[int, int], None]
"""Called with how many of how many reports are done, those of former runs included."""
Batches = Sequence[Sequence[str]]


@dataclass
class Outcome:
    """How the run went: reports asked for, those of former runs that still hold, and what could not be done."""

    asked: int = 0
    kept: int = 0
    audited: int = 0
    problems: list[Problem] = field(default_factory=list)
    unreadable: int = 0
    """Reports of the folder, whenever audited, that could not be read."""
    with_errors: int = 0
    """Reports of the folder with findings of severity error."""


def audit_province(
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    cluster: str = "",
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Audit files into the folder's parts, but for those that are there already and have not changed.

    `cluster` is the address of a dask.distributed scheduler; without it `jobs` children work here. Raises
    UnfitWorkerError or OSError where a cluster cannot be used.
    """
    out = out.absolute()
    names = list(dict.fromkeys(str(path.absolute()) for path in paths))
    with alone(out) as free:
        if not free:
            what = "另一个核对正在写入这个文件夹"
            return Outcome(
                len(names), problems=[Problem("folder_busy", what, str(out), "等它结束，或换一个 --out")]
            )
        folder = ProvinceFolder(out)
        folder.prepare()
        left = _left(names, folder)
        outcome = Outcome(len(names), len(names) - len(left))
        progress(outcome.kept, outcome.asked)
        workers = _WORKERS_OF_A_CLUSTER if cluster else jobs
        for done in _worked(_batches(left, workers), out, jobs, cluster):
            if isinstance(done, Problem):
                outcome.problems.append(done)
            else:
                outcome.audited += done
                progress(outcome.kept + outcome.audited, outcome.asked)
        folder.forget_doubles()
        _count(folder, outcome)
    return outcome


def _left(names: Sequence[str], folder: ProvinceFolder) -> list[str]:
    """The files that are new or have changed, or that another program audited; what is known of those is forgotten."""
    done = folder.done()
    left = [name for name in names if name not in done or not _holds(Path(name), done[name])]
    folder.forget(set(left))
    return left


def _holds(path: Path, done: Done) -> bool:
    """Whether a report is still the one that was audited. Of one with the same size and time the bytes are not read."""
    if done.program != program():
        return False
    try:
        found = path.stat()
    except OSError:
        return False
    if found.st_size != done.size:
        return False
    return found.st_mtime_ns == done.modified or known_of(path)["digest"] == done.digest


def _batches(names: Sequence[str], workers: int) -> Batches:
    least = min(_LEAST, max(1, len(names) // workers))
    size = min(BATCH, max(least, len(names) // (workers * _SHARES)))
    size = max(size, len(names) // _MOST_PARTS)
    return [names[first : first + size] for first in range(0, len(names), size)]


def _worked(batches: Batches, out: Path, jobs: int, cluster: str) -> Iterator[int | Problem]:
    if not batches:
        return
    if cluster:
        from mingzhang.province.cluster import on_cluster

        yield from on_cluster(cluster, batches, str(out), program())
    else:
        yield from _here(batches, str(out), jobs)


def _here(batches: Batches, out: str, jobs: int) -> Iterator[int | Problem]:
    """The batches on threads of this process, each with its own child; ends soon where it is given up."""
    stopping = Event()
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting: set[Future[int]] = set()
        try:
            for batch in batches:
                waiting.add(pool.submit(audit_batch, batch, out, program(), lambda: not stopping.is_set()))
                if len(waiting) > 2 * jobs:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (each.result() for each in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        finally:
            stopping.set()
            pool.shutdown(cancel_futures=True)
            close_children()


def _count(folder: ProvinceFolder, outcome: Outcome) -> None:
    if folder.empty:
        return
    with connected() as database:
        found = database.execute(
            f"SELECT count(error), count(*) FILTER (errors > 0) FROM {folder.table('reports')}"
        ).fetchone()
    assert found is not None
    outcome.unreadable, outcome.with_errors = found
