"""Accepted oddities (已认可的异常): findings with a known reason, silent until one of their figures changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.audit.subjects import figures_of
from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError

_TEXTS = ("department", "rule", "message", "reason", "accepted_on")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One accepted finding: whose report of which year, the rule, and every figure of its proof as printed.

    `figures` are pairs of the figure's name (its coordinate, or the quoted words) and the printed digits.
    """

    department: str
    year: int | None
    rule: str
    figures: tuple[tuple[str, str], ...]
    message: str
    reason: str
    accepted_on: str

    @property
    def key(self) -> str:
        """The digest of everything that it is bound to: another figure, another key."""
        return finding_key(self.department, self.year, self.rule, self.figures)

    def covers(self, remark: Remark, audit: Audit) -> bool:
        """Whether this is the finding, every figure of it as it was accepted."""
        same_report = (self.department, self.year) == (audit.department, audit.year)
        return same_report and self.rule == remark.rule and self.figures == proof_of(remark, audit)


def finding_key(department: str, year: int | None, rule: str, figures: Sequence[tuple[str, str]]) -> str:
    """The SHA-256 of what makes a finding this one: the report, the rule, every figure as printed."""
    bound = json.dumps([department, year, rule, figures], ensure_ascii=False)
    return hashlib.sha256(bound.encode()).hexdigest()


def key_of(remark: Remark, audit: Audit) -> str:
    """The key of a finding of an audit."""
    return finding_key(audit.department, audit.year, remark.rule, proof_of(remark, audit))


class UnusableAcceptancesError(ProblemError):
    """The file of acceptances cannot be used; `problem` says why and what to do."""


def accept(audit: Audit, remark: Remark, reason: str, on: date) -> Acceptance:
    """The acceptance of one finding of an audit."""
    return Acceptance(
        audit.department,
        audit.year,
        remark.rule,
        proof_of(remark, audit),
        remark.message,
        reason.strip(),
        on.isoformat(),
    )


def without_accepted(audit: Audit, acceptances: Iterable[Acceptance]) -> Audit:
    """The audit with its accepted findings set aside, each with the reason it was accepted for."""
    known = list(acceptances)
    kept, aside = [], list(audit.accepted)
    for remark in audit.remarks:
        reason = next((each.reason for each in known if each.covers(remark, audit)), None)
        if reason is None:
            kept.append(remark)
        else:
            aside.append((remark, reason))
    return replace(audit, remarks=tuple(kept), accepted=tuple(aside))


def as_text(acceptances: Sequence[Acceptance]) -> str:
    """The file that keeps acceptances: JSON, to be read and compared by people too."""
    return json.dumps([asdict(each) for each in acceptances], ensure_ascii=False, indent=1) + "\n"


def from_text(text: str, where: str) -> list[Acceptance]:
    """Read the file that keeps acceptances. Raises UnusableAcceptancesError."""
    try:
        entries = json.loads(text)
        return [_acceptance(entry) for entry in entries]
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        remedy = "用 --accept 生成的文件；手工改过的请恢复原样，或删去有误的一条"
        problem = Problem("unusable_acceptances", "认可记录文件的内容无法识别", where, remedy)
        raise UnusableAcceptancesError(problem) from wrong


def _acceptance(entry: object) -> Acceptance:
    if not isinstance(entry, dict) or not all(isinstance(entry[name], str) for name in _TEXTS):
        raise ValueError(entry)
    if not (entry["year"] is None or isinstance(entry["year"], int)):
        raise ValueError(entry)
    figures = tuple((str(name), str(printed)) for name, printed in entry["figures"])
    return Acceptance(
        entry["department"],
        entry["year"],
        entry["rule"],
        figures,
        entry["message"],
        entry["reason"],
        entry["accepted_on"],
    )


def proof_of(remark: Remark, audit: Audit) -> tuple[tuple[str, str], ...]:
    """Every figure of a finding's proof by its name, as it is printed: what an acceptance is bound to."""
    return tuple(sorted(figures_of(remark, {each.id: each for each in audit.statements}).items()))
