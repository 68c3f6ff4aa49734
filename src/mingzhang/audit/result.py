"""The audit of one file: what was read, what was found, as users and programs are told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mingzhang.audit.remark import Remark
from mingzhang.audit.telling.words import graded, located, repairs_in_chinese
from mingzhang.documents import Document, Place, Problem
from mingzhang.documents.problems import SEVERITIES, rank
from mingzhang.facts import Statement


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
    document: Document | None = field(default=None, repr=False, compare=False)
    """The report as read, with its pages."""
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    """What was not read or not understood; never an error of the report."""
    mended: tuple[Remark, ...] = ()
    """Findings of the former version that this one was held against, which are gone."""
    accepted: tuple[tuple[Remark, str], ...] = ()
    """Findings that were accepted before, each with the reason."""
    undone: tuple[Problem, ...] = ()
    """Comparisons that were asked for and could not be made."""
    foreign: Mapping[str, Statement] = field(default_factory=dict, repr=False)
    """Figures of other reports that findings speak of, by the ids that findings use."""

    @property
    def ordered(self) -> list[Remark]:
        """The findings, gravest first."""
        return sorted(self.remarks, key=lambda each: rank(each.severity))

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
            "coverage": None if self.error else self.coverage,
            **self._beyond_one_report(),
        }

    def _beyond_one_report(self) -> dict[str, Any]:
        """Keys that are there only where another version, other reports or acceptances were given."""
        told: dict[str, Any] = {}
        if self.mended:
            told["mended"] = [_finding(remark) for remark in self.mended]
        if self.accepted:
            told["accepted"] = [{**_finding(remark), "reason": reason} for remark, reason in self.accepted]
        if self.undone:
            told["undone"] = [problem.in_chinese() for problem in self.undone]
        named = {each for remark in self.remarks for each in remark.statements if each in self.foreign}
        if named:
            told["other_facts"] = [
                {**self._fact(self.foreign[each]), "status": None} for each in sorted(named)
            ]
        return told

    @cached_property
    def shown(self) -> dict[str, Statement]:
        """Every figure that findings speak of, by id."""
        return {**self.foreign, **{each.id: each for each in self.statements}}

    def in_chinese(self) -> str:
        """The audit as users read it in a terminal, gravest findings first."""
        if self.error:
            return f"{self.path}\n{self.error.in_chinese()}\n"
        grades = "、".join(
            f"{word}{count}处"
            for grade, word in SEVERITIES.items()
            if (count := sum(remark.severity == grade for remark in self.remarks))
        )
        lines = [
            f"{self.path}",
            f"  {self.department or '（未识别出部门名称）'}　{self.year or '年度不明'}年度　{grades or '没有发现问题'}",
            *(problem.in_chinese() for problem in self.undone),
            *(line for number, remark in enumerate(self.ordered, 1) for line in self._told(remark, number)),
            *(f"已改：{remark.message}（{remark.rule}）" for remark in self.mended),
        ]
        if self.accepted:
            lines.append(f"另有{len(self.accepted)}处已认可，不再列为问题：")
            lines += [f"  {remark.message}　认可理由：{reason}" for remark, reason in self.accepted]
        counts = self.coverage
        lines.append(
            f"共读出{counts['facts']}个数：{counts['verified']}个有其他数印证，{counts['contradicted']}个有矛盾，"
            f"{counts['unverified']}个没有数可核对"
        )
        if self.problems:
            lines.append(f"另有{len(self.problems)}处未能读取或没有读懂（--coverage 列出）")
        return "\n".join(lines) + "\n"

    def _told(self, remark: Remark, number: int) -> Iterator[str]:
        yield f"{number}. {graded(remark)}（{remark.verdict.value}）：{remark.message}（{remark.rule}）"
        told = {
            "位置": "、".join(dict.fromkeys(map(located, remark.places))),
            "所载": remark.published,
            "应为": remark.computed,
            "算式": remark.arithmetic if remark.arithmetic not in remark.message else "",
            "改法": repairs_in_chinese(remark, self.shown),
            "建议": remark.remedy,
            "依据": remark.basis,
        }
        yield from (f"  {name}  {words}" for name, words in told.items() if words)

    def coverage_in_chinese(self) -> str:
        """The figures that nothing checks, by section or table, and what could not be read or understood."""
        groups: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            if (self.status or {}).get(statement.id) == "unverified":
                groups[statement.context or "正文"].append(statement)
        lines = []
        for context, found in groups.items():
            lines.append(f"没有数可核对：{context}（{len(found)}个）")
            lines += [f"  第{each.places[0].page}页　{each.label}　{each.shown}" for each in found]
        lines += [f"未能读取或没有读懂：{problem.where}　{problem.what}" for problem in self.problems]
        return "\n".join(lines) + ("\n" if lines else "")

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
    """0 where nothing is wrong, 1 with findings of severity error, 2 where a file could not be read or compared."""
    if any(audit.error or audit.undone for audit in audits):
        return 2
    return int(any(remark.severity == "error" for audit in audits for remark in audit.remarks))


def _finding(remark: Remark) -> dict[str, Any]:
    return {
        **({"change": remark.change} if remark.change else {}),
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
