"""The audit of one file: what was read, what was found, as users and programs are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mingzhang.audit.remark import Remark
from mingzhang.documents import Place, Problem
from mingzhang.documents.problems import SEVERITIES
from mingzhang.facts import Statement

_ORDER = list(SEVERITIES)


@dataclass(frozen=True)
class Audit:
    """One file audited; `error` says why it could not be read, the rest is then empty."""

    path: str
    error: Problem | None = None
    department: str = ""
    year: int | None = None
    edition: str = ""
    pages: int = 0
    seconds: float = 0.0
    statements: tuple[Statement, ...] = ()
    remarks: tuple[Remark, ...] = ()
    status: dict[str, str] | None = None

    @property
    def coverage(self) -> dict[str, int]:
        """How many figures there are, and how many are verified, contradicted, unverified."""
        states = list((self.status or {}).values())
        return {"facts": len(states)} | {
            state: states.count(state) for state in ("verified", "contradicted", "unverified")
        }

    def as_json(self) -> dict[str, Any]:
        """One JSON object with every key of the published interface, null or [] where the file could not be read."""
        return {
            "path": self.path,
            "error": self.error.in_chinese() if self.error else None,
            "department": self.department or None,
            "year": self.year,
            "edition": self.edition or None,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "facts": [self._fact(statement) for statement in self.statements],
            "findings": [_finding(remark) for remark in self.remarks],
            "coverage": self.coverage,
        }

    def in_chinese(self) -> str:
        """The audit as users read it in a terminal, gravest findings first."""
        if self.error:
            return f"{self.path}\n{self.error.in_chinese()}\n"
        lines = [
            f"{self.path}",
            f"  {self.department or '（未识别出部门名称）'}　{self.year or '年度不明'}年度",
        ]
        for remark in sorted(self.remarks, key=lambda each: _ORDER.index(each.severity)):
            quotes = "、".join(f"第{place.page}页“{place.quote}”" for place in remark.places)
            lines += [
                f"{SEVERITIES[remark.severity]}（{remark.verdict.value}）：{remark.message}（{remark.rule}）",
                f"  位置  {quotes}",
                f"  建议  {remark.remedy}",
                f"  依据  {remark.basis}",
            ]
        counts = self.coverage
        lines.append(
            f"共读出{counts['facts']}个数：{counts['verified']}个有其他数印证，{counts['contradicted']}个有矛盾，"
            f"{counts['unverified']}个没有数可核对"
        )
        return "\n".join(lines) + "\n"

    def _fact(self, statement: Statement) -> dict[str, Any]:
        place = statement.places[0]
        return {
            "id": statement.id,
            "text": statement.printed.text,
            "value": str(statement.printed.value),
            "unit": statement.printed.unit.chinese,
            "page": place.page,
            "start": place.start,
            "end": place.end,
            "box": list(place.box) if place.box else None,
            "coordinate": str(statement.coordinate),
            "measure": statement.coordinate.measure.kind,
            "status": (self.status or {}).get(statement.id, "unverified"),
        }


def exit_status(audits: list[Audit]) -> int:
    """0 where nothing is wrong, 1 with findings of severity error, 2 where a file could not be read."""
    if any(audit.error for audit in audits):
        return 2
    return int(any(remark.severity == "error" for audit in audits for remark in audit.remarks))


def _finding(remark: Remark) -> dict[str, Any]:
    return {
        "rule": remark.rule,
        "severity": remark.severity,
        "verdict": remark.verdict.value,
        "message": remark.message,
        "facts": list(remark.statements),
        "published": remark.published,
        "computed": remark.computed,
        "places": [_place(place) for place in remark.places],
        "repairs": [
            [{"fact": repair.statement, "value": repair.value} for repair in repairs]
            for repairs in remark.repairs
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "box": list(place.box) if place.box else None,
        "quote": place.quote,
    }
