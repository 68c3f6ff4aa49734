"""In the child process: audit uploaded reports, keep for each its audit, its review page and the pictures of its pages.

Nothing here knows Django: what reads hostile files holds no connection to the books.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from mingzhang.audit.result import Audit
from mingzhang.documents import Problem
from mingzhang.documents.problems import SEVERITIES

AUDIT, REVIEW, PICTURES = "audit.json", "review.html", "pages"


def audit_into(asked: dict[str, Any]) -> dict[str, Any]:
    """Audit `names` of the folder `uploads`, one alone or several together; the n-th is kept in the n-th of `folders`.

    `prior` and `against` are names of files to hold one report against. Answers with a summary of each.
    """
    from mingzhang import pipeline

    os.chdir(asked["uploads"])  # reports are then called by the names that their owner knows
    paths = [Path(name) for name in asked["names"]]
    prior = Path(asked["prior"]) if asked["prior"] else None
    audits = [pipeline.audit(paths[0], prior)] if len(paths) == 1 else pipeline.audit_together(paths)
    if asked["against"]:
        audits = [_against(audits[0], asked["against"])]
    folders = [Path(folder) for folder in asked["folders"]]
    return {"told": [keep(*each) for each in zip(audits, folders, strict=True)]}


def keep(audit: Audit, folder: Path) -> dict[str, Any]:
    """Write an audit into its folder; the summary that its job tells."""
    folder.mkdir(parents=True, exist_ok=True)
    found = audit.as_json()
    (folder / AUDIT).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    pictures = 0 if audit.error else _keep_pages(audit, folder)
    grades = [each["severity"] for each in found["findings"]]
    return {
        "path": audit.path,
        "problem": asdict(audit.error) if audit.error else None,
        **{name: found[name] for name in ("department", "year", "edition", "pages", "seconds", "coverage")},
        "pictures": pictures,
        "findings": {grade: grades.count(grade) for grade in SEVERITIES},
        "undone": [asdict(problem) for problem in audit.undone],
    }


def _keep_pages(audit: Audit, folder: Path) -> int:
    """The review page and, of a PDF, its pages as JPEG by number; how many pictures there are."""
    from mingzhang.audit.telling.html import review_page
    from mingzhang.audit.telling.pictures import page_pictures

    pictures: list[bytes] = []
    if audit.document and audit.document.medium == "pdf":
        pictures = list(page_pictures(Path(audit.path).read_bytes()))
        (folder / PICTURES).mkdir(exist_ok=True)
        for number, picture in enumerate(pictures, 1):
            (folder / PICTURES / f"{number}.jpg").write_bytes(picture)
    (folder / REVIEW).write_text(review_page(audit, pictures), encoding="utf-8")
    return len(pictures)


def _against(audit: Audit, former: str) -> Audit:
    """The audit held against that of the former draft; where that cannot be read, it is said."""
    from mingzhang import pipeline
    from mingzhang.audit.versions import against

    if audit.error:
        return audit
    old = pipeline.audit(Path(former))
    if old.error:
        unread: Problem = replace(old.error, where=former)
        return replace(audit, undone=(*audit.undone, unread))
    return against(audit, old)
