"""Audits of files in child processes: each may be killed, the others go on; what is written the child writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation import Worker

SUFFIXES = {
    "html": ".审核.html",
    "xlsx": ".审核.xlsx",
    "docx": ".审核意见表.docx",
    "pdf": ".批注.pdf",
    "json": ".审核.json",
}
_READABLE = {".pdf", ".docx", ".xlsx", ".xlsm", ".html", ".htm", ".txt"}
_OURS = tuple(SUFFIXES.values())


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


def audited(paths: Sequence[Path], shape: str, out: Path | None, jobs: int) -> Iterator[dict[str, Any]]:
    """What the child says of each file, in order; see `audit_file`."""
    idle: SimpleQueue[Worker] = SimpleQueue()
    workers = [Worker("mingzhang.cli.audit_files:audit_file") for _ in range(jobs)]
    for worker in workers:
        idle.put(worker)

    def one(path: Path) -> dict[str, Any]:
        worker = idle.get()
        try:
            request = {"path": str(path), "shape": shape, "out": str(out) if out else ""}
            answer = worker.run(request, str(path))
        finally:
            idle.put(worker)
        return _refused(path, answer) if isinstance(answer, Problem) else answer

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            yield from pool.map(one, paths)
        finally:
            for worker in workers:
                worker.close()


def _refused(path: Path, problem: Problem) -> dict[str, Any]:
    from mingzhang.audit.result import Audit

    audit = Audit(str(path), problem)
    return {"json": audit.as_json(), "text": audit.in_chinese(), "coverage": "", "written": ""}


def audit_file(request: dict[str, Any]) -> dict[str, Any]:
    """In the child: audit one file, write the format asked for, answer with JSON, text and what was written."""
    from mingzhang import pipeline

    path, out = Path(request["path"]), Path(request["out"]) if request["out"] else None
    audit = pipeline.audit(path)
    written = ""
    if out and request["shape"] in SUFFIXES and audit.error is None:
        target = out / f"{path.stem}{SUFFIXES[request['shape']]}"
        written = str(target) if _write(audit, path, request["shape"], target) else ""
    return {
        "json": audit.as_json(),
        "text": audit.in_chinese(),
        "coverage": audit.coverage_in_chinese(),
        "written": written,
    }


def _write(audit: Any, path: Path, shape: str, target: Path) -> bool:
    if shape == "pdf":
        if audit.document.medium != "pdf":
            return False
        from mingzhang.audit.telling.annotated import annotated_pdf

        target.write_bytes(annotated_pdf(path.read_bytes(), audit.ordered))
    elif shape == "html":
        from mingzhang.audit.telling.html import review_page
        from mingzhang.audit.telling.pictures import page_pictures

        pictures = list(page_pictures(path.read_bytes())) if audit.document.medium == "pdf" else []
        title = f"{audit.department}{audit.year or ''}年度" if audit.department else path.name
        page = review_page(
            title, audit.document.pages, audit.statements, audit.ordered, audit.status or {}, pictures
        )
        target.write_text(page, encoding="utf-8")
    elif shape == "xlsx":
        from mingzhang.audit.telling.xlsx import write_xlsx

        write_xlsx(target, audit.statements, audit.ordered, audit.status or {})
    elif shape == "docx":
        from mingzhang.audit.telling.opinion import write_opinion

        write_opinion(target, audit, date.today())
    else:
        import json

        target.write_text(json.dumps(audit.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    return True
