"""In the child process: audit uploaded reports, keep of each its audit, its review, the pictures of its pages, its files.

Nothing here knows Django: what reads hostile files holds no connection to the books.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from mingzhang.audit.accepted import Acceptance
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.suffixes import SUFFIXES
from mingzhang.documents import Problem
from mingzhang.documents.problems import SEVERITIES

AUDIT, REVIEW, PICTURES, FILES = "audit.json", "review.json", "pages", "files"
_LONGEST_STEM = 60


def audit_into(asked: dict[str, Any]) -> dict[str, Any]:
    """Audit `names` of the folder `uploads`, one alone or several together; the n-th is kept in the n-th of `folders`.

    `prior` and `against` are names of files to hold one report against, `accepted` that of its accepted findings,
    `known` the text of those that the books hold. Answers with a summary of each.
    """
    from mingzhang import pipeline
    from mingzhang.audit.accepted import from_text, without_accepted

    os.chdir(asked["uploads"])  # reports are then called by the names that their owner knows
    paths = [Path(name) for name in asked["names"]]
    prior = Path(asked["prior"]) if asked["prior"] else None
    audits = [pipeline.audit(paths[0], prior)] if len(paths) == 1 else pipeline.audit_together(paths)
    known = from_text(asked["known"], "账簿")
    if len(paths) == 1:
        audits = [_compared(audits[0], asked["against"], [*_listed(asked["accepted"]), *known])]
    else:
        audits = [each if each.error else without_accepted(each, known) for each in audits]
    folders = [Path(folder) for folder in asked["folders"]]
    return {"told": [keep(*each) for each in zip(audits, folders, strict=True)]}


def keep(audit: Audit, folder: Path) -> dict[str, Any]:
    """Write an audit into its folder; the summary that its job tells."""
    folder.mkdir(parents=True, exist_ok=True)
    found = audit.as_json()
    (folder / AUDIT).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    pictures, files = (0, {}) if audit.error else _keep_review(audit, folder)
    grades = [each["severity"] for each in found["findings"]]
    return {
        "path": audit.path,
        "problem": asdict(audit.error) if audit.error else None,
        **{name: found[name] for name in ("department", "year", "edition", "pages", "seconds", "coverage")},
        "pictures": pictures,
        "findings": {grade: grades.count(grade) for grade in SEVERITIES},
        "undone": [asdict(problem) for problem in audit.undone],
        "files": files,
    }


def _keep_review(audit: Audit, folder: Path) -> tuple[int, dict[str, list[str]]]:
    """The review, the pages of a PDF as JPEG by number, the files of every format: how many pages, the files' names."""
    from mingzhang.audit.telling.review import review

    pictures = _pictures(audit, folder / PICTURES)
    told = review(audit, len(pictures))
    (folder / REVIEW).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    named = {shape: _told(audit, shape, pictures, folder / FILES) for shape in SUFFIXES}
    return len(pictures), {shape: names for shape, names in named.items() if names}


def _pictures(audit: Audit, folder: Path) -> list[bytes]:
    """The pages of a PDF as pictures, kept by number."""
    if audit.document is None or audit.document.medium != "pdf":
        return []
    from mingzhang.audit.telling.pictures import page_pictures

    pictures = list(page_pictures(Path(audit.path).read_bytes()))
    folder.mkdir(exist_ok=True)
    for number, picture in enumerate(pictures, 1):
        (folder / f"{number}.jpg").write_bytes(picture)
    return pictures


def _told(audit: Audit, shape: str, pictures: Sequence[bytes], folder: Path) -> list[str]:
    """The names of the files of one format; none where this report cannot have it, broken as it may be."""
    from mingzhang.pipeline.told import tell

    folder.mkdir(exist_ok=True)
    path = Path(audit.path)
    try:
        return [file.name for file in tell(audit, path, shape, folder / path.stem[:_LONGEST_STEM], pictures)]
    except (MemoryError, OSError):
        raise
    except Exception:  # a file that can be read but not be annotated still has its review
        return []


def _listed(file: str) -> list[Acceptance]:
    """The accepted findings of a file, none where none was given."""
    from mingzhang.audit.accepted import from_text

    return from_text(Path(file).read_text(encoding="utf-8", errors="replace"), file) if file else []


def _compared(audit: Audit, former: str, known: Sequence[Acceptance]) -> Audit:
    """The audit without what was accepted, held against the former draft; where that cannot be read, it is said."""
    from mingzhang import pipeline
    from mingzhang.audit.accepted import without_accepted
    from mingzhang.audit.versions import against

    if audit.error:
        return audit
    audit = without_accepted(audit, known)
    if not former:
        return audit
    old = pipeline.audit(Path(former))
    if old.error:
        unread: Problem = replace(old.error, where=former)
        return replace(audit, undone=(*audit.undone, unread))
    return against(audit, without_accepted(old, known))
