"""What is asked of the district's pages: the year, words of a name, one stage, an order; and the departments that answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Max

from mingzhang.portal.access import Here
from mingzhang.portal.years import years_kept
from mingzhang.records.district.stages import Stage
from mingzhang.records.district.states import DepartmentState, overseen, states
from mingzhang.records.models import Disclosure, PeriodLock, Publication

Key = Callable[[DepartmentState], tuple[object, ...]]

ORDERS: Mapping[str, tuple[str, Key]] = {
    "": ("机构次序", lambda state: ()),
    "revenue": ("收入", lambda state: (-state.revenue_fen,)),
    "expenditure": ("支出", lambda state: (-state.expenditure_fen,)),
    "urgency": ("缓急", lambda state: _urgency(state)),
}
"""Orders by the word of the address: how people call it, and what to sort by."""


def _urgency(state: DepartmentState) -> tuple[object, ...]:
    """Overdue ones first, the longest of all; then by the days left; then what has not come so far; published ones last."""
    if state.version is not None:
        return (2, 0)
    return (1, 0) if state.days_left is None else (0, state.days_left)


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at the district."""

    year: int
    years: list[int]
    words: str
    stage: Stage | None
    order: str
    every: Sequence[DepartmentState]

    @property
    def shown(self) -> list[DepartmentState]:
        """The departments that answer, in the order asked for."""
        found = [
            state
            for state in self.every
            if (self.stage is None or state.stage is self.stage) and self.words in state.department.name
        ]
        return sorted(found, key=ORDERS[self.order][1])

    @property
    def counts(self) -> list[tuple[Stage, int]]:
        """How many departments are at each stage where there is one, the whole district."""
        found = Counter(state.stage for state in self.every)
        return [(stage, found[stage]) for stage in Stage if found[stage]]

    def query(self, **changed: object) -> str:
        """The same look with something changed, as the end of an address."""
        stated = {
            "year": self.year,
            "q": self.words,
            "stage": self.stage or "",
            "order": self.order,
        } | changed
        return urlencode({name: value for name, value in stated.items() if value})


def asked(here: Here) -> Asked:
    """What the address asks for."""
    stated = here.request.GET
    years = years_kept(here.access.standing)
    year = asked_year(stated.get("year", ""), years)
    stage = stated.get("stage", "")
    order = stated.get("order", "")
    return Asked(
        year=year,
        years=years,
        words=stated.get("q", "").strip()[:40],
        stage=next((each for each in Stage if each == stage), None),
        order=order if order in ORDERS else "",
        every=states(overseen(here.access), year),
    )


def asked_year(stated: str, years: Sequence[int]) -> int:
    """The year of the address where it is kept, else the one whose final accounts are being made."""
    return int(stated) if stated.isdecimal() and int(stated[:4]) in years else usual_year(years)


def usual_year(years: Sequence[int]) -> int:
    """The last year that anybody closed, had approved or published; where there is none, the one before the newest."""
    last = [
        PeriodLock.objects.filter(month=PeriodLock.YEAR).aggregate(last=Max("year"))["last"],
        Disclosure.objects.aggregate(last=Max("year"))["last"],
        Publication.objects.aggregate(last=Max("year"))["last"],
    ]
    known = [year for year in last if year in years]
    return max(known) if known else years[0]
