"""Audits of files in child processes: each may be killed, the others go on; what is written the child writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from mingzhang.audit.telling.suffixes import COMMENTED, SUFFIXES
from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.isolation import Limits, Worker

if TYPE_CHECKING:
    from mingzhang.audit.result import Audit

_MOST_TIMES = 10
"""Reports audited together may take so many times as long as one."""

_READABLE = {".pdf", ".docx", ".xlsx", ".xlsm", ".html", ".htm", ".txt"}
_OURS = (*SUFFIXES.values(), COMMENTED)


def listed(paths: Sequence[Path]) -> list[Path]:
    """The files asked for; a folder stands for the reports in it and in its folders, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                each for each in path.rglob("*") if each.suffix.lower() in _READABLE and each.is_file()
            )
            found += [each for each in inside if not each.name.endswith(_OURS)]
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
    """What the child says of each file, in order; see `audit_files`."""
    idle: SimpleQueue[Worker] = SimpleQueue()
    workers = [Worker(f"{__name__}:audit_files") for _ in range(jobs)]
    for worker in workers:
        idle.put(worker)

    def one(path: Path) -> dict[str, Any]:
        worker = idle.get()
        try:
            answer = worker.run(request.of([path]), str(path))
        finally:
            idle.put(worker)
        return _refused(path, answer) if isinstance(answer, Problem) else answer["answers"][0]

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            yield from pool.map(one, paths)
        finally:
            for worker in workers:
                worker.close()


def audited_together(paths: Sequence[Path], request: Request, jobs: int) -> Iterator[dict[str, Any]]:
    """What the child says of reports of one body, held against each other; each alone where that is not possible."""
    limits = Limits(seconds=Limits().seconds * min(len(paths), _MOST_TIMES))
    with Worker(f"{__name__}:audit_files", limits) as worker:
        answer = worker.run(request.of(paths), "、".join(map(str, paths)))
    if isinstance(answer, Problem):
        undone = replace(answer, what=f"未能把各份报告一起核对，下面是逐份核对的结果：{answer.what}")
        for alone in audited(paths, request, jobs):
            yield {**alone, "undone": True, "text": f"{undone.in_chinese()}\n{alone['text']}"}
    else:
        yield from answer["answers"]


def _refused(path: Path, problem: Problem) -> dict[str, Any]:
    from mingzhang.audit.result import Audit

    return _answer(Audit(str(path), problem))


def audit_files(asked: dict[str, Any]) -> dict[str, Any]:
    """In the child: audit one file, or several together; write the format asked for, answer for each of them."""
    from mingzhang import pipeline

    paths = [Path(path) for path in asked["paths"]]
    prior = Path(asked["prior"]) if asked["prior"] else None
    audits = [pipeline.audit(paths[0], prior)] if len(paths) == 1 else pipeline.audit_together(paths)
    return {"answers": [_finished(audit, path, asked) for audit, path in zip(audits, paths, strict=True)]}


def _finished(audit: Audit, path: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """The audit without what was accepted, held against the former version, written and told."""
    from mingzhang import pipeline
    from mingzhang.audit.accepted import accept, as_text, from_text, without_accepted
    from mingzhang.audit.versions import against

    known = from_text(asked["accepted"], asked["accepted_path"]) if asked["accepted"] else []
    if audit.error:
        return _answer(audit)
    audit = without_accepted(audit, known)
    accepted = ""
    if asked["number"]:
        if asked["number"] > len(audit.remarks):
            what = f"没有第{asked['number']}条：本报告共有{len(audit.remarks)}条未认可的审核意见"
            raise NoSuchFindingError(
                Problem("no_such_finding", what, str(path), "先不带 --accept 核对一次，看清编号")
            )
        known.append(accept(audit, audit.ordered[asked["number"] - 1], asked["reason"], date.today()))
        audit, accepted = without_accepted(audit, known), as_text(known)
    if asked["former"]:
        old = pipeline.audit(Path(asked["former"]))
        audit = (
            replace(audit, undone=(*audit.undone, replace(old.error, where=asked["former"])))
            if old.error
            else against(audit, without_accepted(old, known))
        )
    written: list[Path] = []
    if asked["out"] and asked["shape"] in SUFFIXES:
        from mingzhang.pipeline.told import tell

        target = Path(asked["out"]) / path.stem
        written = list(tell(audit, path, asked["shape"], target))
    return {**_answer(audit), "written": "、".join(map(str, written)), "accepted": accepted}


def _answer(audit: Audit) -> dict[str, Any]:
    return {
        "json": audit.as_json(),
        "text": audit.in_chinese(),
        "coverage": audit.coverage_in_chinese() if audit.error is None else "",
        "undone": bool(audit.undone),
        "written": "",
        "accepted": "",
    }


class NoSuchFindingError(ProblemError):
    """The finding to be accepted does not exist; `problem` says how many there are."""
