"""A problem (问题): what is wrong, where it is, and what to do about it; returned, never printed."""

from __future__ import annotations

from dataclasses import dataclass

SEVERITIES = {"error": "错误", "warning": "提醒", "notice": "说明"}
"""Severities from the gravest down, with the word a user reads."""


def rank(severity: str) -> int:
    """Its place in `SEVERITIES`: 0 is the gravest."""
    return _RANKS[severity]


_RANKS = {severity: place for place, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a user should know of, in Chinese; `code` names its kind and is stable.

    >>> print(Problem("blank_year", "年度没有填写", "预算.xlsx，第3行，B列", "填写四位年度，如2021").in_chinese())
    错误：年度没有填写（blank_year）
      位置  预算.xlsx，第3行，B列
      建议  填写四位年度，如2021
    """

    code: str
    what: str
    where: str
    remedy: str
    severity: str = "error"

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"unknown severity {self.severity!r}: one of {', '.join(SEVERITIES)}")

    @property
    def is_error(self) -> bool:
        """Whether the work asked for cannot be done unless this is mended."""
        return self.severity == "error"

    def in_chinese(self) -> str:
        """The message as users read it: what, where, what to do."""
        return f"{SEVERITIES[self.severity]}：{self.what}（{self.code}）\n  位置  {self.where}\n  建议  {self.remedy}"


class ProblemError(Exception):
    """Work that cannot go on; `problem` says why and what to do, in Chinese. It may be sent to another process."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.in_chinese())
        self.problem = problem

    def __reduce__(self) -> tuple[type[ProblemError], tuple[Problem]]:
        return type(self), (self.problem,)
