"""Requests to audit files, answered: what the child process does for `mingzhang audit`, and what it says as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mingzhang.audit.accepted import accept, as_text, from_text, without_accepted
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.suffixes import SUFFIXES
from mingzhang.audit.versions import against
from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.pipeline.auditing import audit, audit_together


def audit_files(asked: dict[str, Any]) -> dict[str, Any]:
    """In the child: audit one file, or several together; write the format asked for, answer for each of them."""
    paths = [Path(path) for path in asked["paths"]]
    prior = Path(asked["prior"]) if asked["prior"] else None
    audits = [audit(paths[0], prior)] if len(paths) == 1 else audit_together(paths)
    return {"answers": [_finished(each, path, asked) for each, path in zip(audits, paths, strict=True)]}


def _finished(found: Audit, path: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """The audit without what was accepted, held against the former version, written and told."""
    known = from_text(asked["accepted"], asked["accepted_path"]) if asked["accepted"] else []
    if found.error:
        return answer_of(found)
    found = without_accepted(found, known)
    accepted = ""
    if asked["number"]:
        if asked["number"] > len(found.remarks):
            what = f"没有第{asked['number']}条：本报告共有{len(found.remarks)}条未认可的审核意见"
            raise NoSuchFindingError(
                Problem("no_such_finding", what, str(path), "先不带 --accept 核对一次，看清编号")
            )
        known.append(accept(found, found.ordered[asked["number"] - 1], asked["reason"], date.today()))
        found, accepted = without_accepted(found, known), as_text(known)
    if asked["former"]:
        old = audit(Path(asked["former"]))
        found = (
            replace(found, undone=(*found.undone, replace(old.error, where=asked["former"])))
            if old.error
            else against(found, without_accepted(old, known))
        )
    written: list[Path] = []
    if asked["out"] and asked["shape"] in SUFFIXES:
        from mingzhang.pipeline.told import tell

        target = Path(asked["out"]) / path.stem
        written = list(tell(found, path, asked["shape"], target))
    return {**answer_of(found), "written": "、".join(map(str, written)), "accepted": accepted}


def answer_of(found: Audit) -> dict[str, Any]:
    """What is said of one audit."""
    return {
        "json": found.as_json(),
        "text": found.in_chinese(),
        "coverage": found.coverage_in_chinese() if found.error is None else "",
        "undone": bool(found.undone),
        "written": "",
        "accepted": "",
    }


class NoSuchFindingError(ProblemError):
    """The finding to be accepted does not exist; `problem` says how many there are."""
