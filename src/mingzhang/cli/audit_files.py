"""Audits of files in child processes: each may be killed, the others go on; what is written the child writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation import Limits, Worker

_ANSWERED = "mingzhang.pipeline.answers:audit_files"
_MOST_TIMES = 10
"""Reports audited together may take so many times as long as one."""

_READABLE = {".pdf", ".docx", ".xlsx", ".xlsm", ".html", ".htm", ".txt"}


def listed(paths: Sequence[Path]) -> list[Path]:
    """The files asked for; a folder stands for the reports in it and in its folders, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            from mingzhang.audit.telling.suffixes import COMMENTED, SUFFIXES

            ours = (*SUFFIXES.values(), COMMENTED)
            inside = sorted(
                each for each in path.rglob("*") if each.suffix.lower() in _READABLE and each.is_file()
            )
            found += [each for each in inside if not each.name.endswith(ours)]
        else:
            found.append(path)
    return found


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the audits: the format and folder, and what each report is held against.

    `accepted` is the text of the file of acceptances; `number` the finding to accept besides, for `reason`.
    """

    shape: str = "text"
    out: Path | None = None
    prior: Path | None = None
    former: Path | None = None
    accepted: str = ""
    accepted_path: str = ""
    number: int = 0
    reason: str = ""

    def of(self, paths: Sequence[Path]) -> dict[str, Any]:
        """The request to a child, as JSON."""
        return {"paths": [str(path) for path in paths]} | {
            name: str(value) if isinstance(value, Path) else value for name, value in asdict(self).items()
        }


def audited(paths: Sequence[Path], request: Request, jobs: int) -> Iterator[dict[str, Any]]:
    """What the child says of each file, in order; see `pipeline.answers`."""
    workers = [Worker(_ANSWERED) for _ in range(jobs)]
    try:
        if jobs == 1:
            yield from (_asked(workers[0], path, request) for path in paths)
        else:
            yield from _side_by_side(workers, paths, request)
    finally:
        for worker in workers:
            worker.close()


def _side_by_side(
    workers: Sequence[Worker], paths: Sequence[Path], request: Request
) -> Iterator[dict[str, Any]]:
    """The answers of several children, each asked the next file as soon as it is free."""
    from concurrent.futures import ThreadPoolExecutor

    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def one(path: Path) -> dict[str, Any]:
        worker = idle.get()
        try:
            return _asked(worker, path, request)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(max_workers=len(workers)) as pool:
        yield from pool.map(one, paths)


def _asked(worker: Worker, path: Path, request: Request) -> dict[str, Any]:
    answer = worker.run(request.of([path]), str(path))
    if isinstance(answer, Problem):
        return _refused(path, answer)
    found: dict[str, Any] = answer["answers"][0]
    return found


def audited_together(paths: Sequence[Path], request: Request, jobs: int) -> Iterator[dict[str, Any]]:
    """What the child says of reports of one body, held against each other; each alone where that is not possible."""
    limits = Limits(seconds=Limits().seconds * min(len(paths), _MOST_TIMES))
    with Worker(_ANSWERED, limits) as worker:
        answer = worker.run(request.of(paths), "、".join(map(str, paths)))
    if isinstance(answer, Problem):
        undone = replace(answer, what=f"未能把各份报告一起核对，下面是逐份核对的结果：{answer.what}")
        for alone in audited(paths, request, jobs):
            yield {**alone, "undone": True, "text": f"{undone.in_chinese()}\n{alone['text']}"}
    else:
        yield from answer["answers"]


def _refused(path: Path, problem: Problem) -> dict[str, Any]:
    from mingzhang.audit.result import Audit
    from mingzhang.pipeline.answers import answer_of

    return answer_of(Audit(str(path), problem))
