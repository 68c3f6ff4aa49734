"""The plan of the district (`plan/district.csv`, `plan/district.toml`): its departments, how far each is, what was mistyped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from mingzhang.sample.planned import rows, settings

EDITION = "national_fy2022plus"
DISTRICT = "江城市云岭区"
_ACCOUNTS_SEASON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class DepartmentPlan:
    """One department: its functional items (the running of the office first), size, its head of finance, how far it is.

    `approved` and `published` are days before the day on which the district is built, None where it did not come to that.
    """

    order: int
    code: str
    name: str
    functions: tuple[str, ...]
    staff: int
    projects_wan: int
    head: str
    phone: str
    stated: bool
    approved: int | None
    published: int | None
    submitted: bool
    slip: str

    @property
    def full_name(self) -> str:
        """With the district before it."""
        return f"{DISTRICT}{self.name}"


@cache
def departments() -> tuple[DepartmentPlan, ...]:
    """Every department, in the order of the file."""
    return tuple(
        DepartmentPlan(
            order=order,
            code=f"yunling-{row['code']}",
            name=row["name"],
            functions=tuple(row["functions"].split(";")),
            staff=int(row["staff"]),
            projects_wan=int(row["projects_wan"]),
            head=row["head"],
            phone=row["phone"],
            stated=row["stated"] == "yes",
            approved=_days(row["approved"]),
            published=_days(row["published"]),
            submitted=row["published"] == "submitted",
            slip=row["slip"],
        )
        for order, row in enumerate(rows("district"), 1)
    )


def _days(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def accounts_year(today: date) -> int:
    """The year whose final accounts are made at that day: approvals of the last ninety days are of a later year."""
    return (today - _ACCOUNTS_SEASON).year - 1


def words() -> dict[str, Any]:
    """What the departments say of themselves and of their changes."""
    return settings("district")
