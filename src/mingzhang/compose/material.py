"""What a disclosure needs besides figures: who publishes, which units and projects, the user's own texts and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingzhang.compose.project_work import ProjectWork, work_told
from mingzhang.compose.self_evaluation import Sheet
from mingzhang.compose.self_evaluation_report import Words

UNDATED = date(1980, 1, 1)
"""The date of a disclosure that is not (yet) published."""


@dataclass(frozen=True, slots=True)
class BudgetUnit:
    """A unit within the final accounts (纳入决算编制范围的单位)."""

    code: str
    name: str
    kind: str
    """`administrative`, `civil_servant_managed` or `institution`."""


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project as named in the text; `parent` is the code of its first-level project, `effect` what it achieved."""

    code: str
    name: str
    parent: str | None = None
    effect: str = ""


@dataclass(frozen=True)
class Material:
    """The publisher's side of a disclosure.

    `kind` is `department` (部门决算) or `unit` (单位决算). `reasons` maps a cell (`total_resources#change(of=last_year)`)
    to the reason the user gave for it; `texts` are the user's own sections by name; both may use slots.
    """

    entity: str
    name: str
    year: int
    kind: str = "department"
    short_name: str = ""
    units: tuple[BudgetUnit, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    published_on: date = UNDATED
    version: int = 1
    watermark: str = ""
    evaluations: tuple[tuple[Sheet, Words], ...] = ()
    """Self-evaluations to be published: the whole first, then projects."""
    works: tuple[ProjectWork, ...] = ()
    """Projects with the money and the counts of their self-evaluations."""

    def evaluated(self, which: str) -> tuple[tuple[Sheet, Words], ...]:
        """The evaluations of the `whole` or of the `projects`."""
        return tuple(each for each in self.evaluations if bool(each[0].project) == (which == "projects"))

    def work(self, code: str) -> str:
        """What a project achieved, in words; of a first-level project without counts of its own, its sub-projects'."""
        own = next((work_told(work) for work in self.works if work.code == code), "")
        return own or "；".join(filter(None, (work_told(work) for work in self.works if work.parent == code)))

    @property
    def last_year(self) -> str:
        """The period before."""
        return str(self.year - 1)
