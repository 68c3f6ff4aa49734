"""In the child process: audit one file, and write its rows of the three tables as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from mingzhang import pipeline
from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.documents import Problem
from mingzhang.documents.problems import SEVERITIES
from mingzhang.facts import Statement

Row = dict[str, Any]

_LARGEST = 10**21
_LONGEST = 20_000
"""Letters of one text that are kept; a hostile file may quote itself at any length."""


def write_rows(asked: dict[str, Any]) -> dict[str, Any]:
    """Audit the file asked for; its findings and facts go to files of the folder asked for, its own row is the answer.

    `asked` holds `path`, `folder`, `name` (of the files, without suffix) and `known`: size, digest and the like.
    """
    audit = pipeline.audit(Path(asked["path"]))
    folder, name = Path(asked["folder"]), asked["name"]
    write_lines(folder / f"{name}.findings", findings(audit))
    write_lines(folder / f"{name}.facts", facts(audit))
    return {"report": {**asked["known"], **report(audit)}}


def write_lines(path: Path, rows: Iterator[Row]) -> None:
    """Write rows as JSON lines of UTF-8; letters that no file can hold become question marks."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps({name: _clean(value) for name, value in row.items()}, ensure_ascii=False))
            stream.write("\n")


def refused(path: str, problem: Problem) -> Row:
    """The row of a report that could not be audited."""
    return report(Audit(path, problem))


def report(audit: Audit) -> Row:
    """The report's own row, but for what is known of its file."""
    counts = {f"{grade}s": sum(each.severity == grade for each in audit.remarks) for grade in SEVERITIES}
    return {
        "path": audit.path,
        "department": audit.department or None,
        "year": audit.year,
        "edition": audit.edition or None,
        "medium": audit.document.medium if audit.document else None,
        "pages": audit.pages,
        "seconds": round(audit.seconds, 3),
        "error": audit.error.code if audit.error else None,
        "message": _clean(audit.error.what) if audit.error else None,
        **counts,
        **audit.coverage,
    }


def findings(audit: Audit) -> Iterator[Row]:
    """One row a finding, gravest first."""
    for number, remark in enumerate(audit.ordered, 1):
        yield {**_whose(audit), "number": number, **_finding(remark)}


def _finding(remark: Remark) -> Row:
    first = remark.places[0] if remark.places else None
    return {
        "rule": remark.rule,
        "severity": remark.severity,
        "verdict": remark.verdict.value,
        "message": remark.message,
        "published": remark.published,
        "computed": remark.computed,
        "page": first.page if first else None,
        "quote": first.quote if first else None,
        "places": len(remark.places),
        "facts": list(remark.statements),
    }


def facts(audit: Audit) -> Iterator[Row]:
    """One row a figure, in reading order."""
    for statement in audit.statements:
        yield {**_whose(audit), **_fact(statement, audit.status or {})}


def _fact(statement: Statement, status: Mapping[str, str]) -> Row:
    at = statement.coordinate
    return {
        "id": statement.id,
        "coordinate": str(at),
        "concept": at.concept,
        "dimensions": ",".join(f"{name}={code}" for name, code in at.dimensions),
        "entity": at.entity,
        "period": at.period,
        "measure": at.measure.kind,
        "base": at.measure.of or None,
        "text": statement.printed.text,
        "unit": statement.printed.unit.chinese,
        "value": _decimal(statement.fact.value),
        "page": statement.places[0].page if statement.places else None,
        "label": statement.label,
        "context": statement.context,
        "source": statement.source,
        "status": status.get(statement.id, "unverified"),
    }


def _whose(audit: Audit) -> Row:
    return {"path": audit.path, "department": audit.department or None, "year": audit.year}


def _decimal(value: Fraction) -> str | None:
    """The value to six decimals, None where the column cannot hold it.

    >>> _decimal(Fraction(1, 3)), _decimal(Fraction(10**22))
    ('0.333333', None)
    """
    return None if abs(value) >= _LARGEST else str(Decimal(round(value * 10**6)).scaleb(-6))


def _clean(value: object) -> object:
    return value[:_LONGEST].replace("\0", "") if isinstance(value, str) else value
