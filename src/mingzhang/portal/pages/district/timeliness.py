"""How timely the departments publish (公开时效): days from the approval, a ranking, who kept the twenty days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download
from mingzhang.portal.pages.district.asked import asked
from mingzhang.portal.showing import show
from mingzhang.records.district.states import DepartmentState
from mingzhang.records.duties import PUBLISH_WITHIN
from mingzhang.records.policy import Action

_HEADER = ("名次", "部门", "批复日期", "公开期限", "首次公开", "天数", "超期天数", "情况", "联系人", "电话")


@dataclass(frozen=True, slots=True)
class Ranked:
    """An approved department: its place where that is settled, the days it took or has taken so far, and how that reads."""

    rank: int | None
    state: DepartmentState
    days: int
    told: str
    look: str


@page(Action.OVERSEE)
def timeliness(here: Here) -> HttpResponse:
    """The ranking, the quickest first; who is overdue stands by the days gone so far."""
    look = asked(here)
    ranking = ranked(look.every)
    kind = here.request.GET.get("format", "")
    if kind in FORMATS:
        return download(here, f"全区决算公开时效{look.year}年度", _HEADER, _rows(ranking), kind)
    published = [each.days for each in ranking if each.state.version is not None]
    return show(
        here,
        "district/timeliness.html",
        look=look,
        tab="district_timeliness",
        ranking=ranking,
        within=PUBLISH_WITHIN,
        kept=sum(not each.state.days_over and each.state.version is not None for each in ranking),
        published=len(published),
        middle=f"{median(published):g}" if published else "—",
        late=sum(each.state.days_over > 0 for each in ranking),
        longest=max([each.days for each in ranking], default=0),
        unapproved=[state for state in look.every if state.due is None],
    )


def ranked(every: Sequence[DepartmentState]) -> list[Ranked]:
    """The approved departments by the days since their approval, equal days at equal rank; those whose time still runs come last, unranked."""
    approved = [state for state in every if state.due is not None]
    settled = sorted((state for state in approved if not _runs(state)), key=_days)
    running = sorted((state for state in approved if _runs(state)), key=_days, reverse=True)
    days = [_days(state) for state in settled]
    return [
        *(Ranked(days.index(_days(state)) + 1, state, _days(state), *_told(state)) for state in settled),
        *(Ranked(None, state, _days(state), *_told(state)) for state in running),
    ]


def _runs(state: DepartmentState) -> bool:
    """Whether its time to publish has not yet passed, and it has not published."""
    return state.version is None and not state.is_late


def _days(state: DepartmentState) -> int:
    """Days from the approval to the first publication, or up to today."""
    return PUBLISH_WITHIN - (state.days_left or 0) if state.days_taken is None else state.days_taken


def _told(state: DepartmentState) -> tuple[str, str]:
    if state.version is None:
        return (
            (f"未公开，已超{state.days_over}天", "error")
            if state.is_late
            else (f"未公开，还有{state.days_left}天", "warning" if (state.days_left or 0) <= 7 else "")
        )
    return (f"迟{state.days_over}天公开", "warning") if state.days_over else ("按期公开", "good")


def _rows(ranking: Sequence[Ranked]) -> Iterator[list[Cell]]:
    for each in ranking:
        state, said, contact = each.state, each.state.disclosure, each.state.contact
        yield [
            each.rank,
            state.department.name,
            str(said.approved_on or "") if said else "",
            str(state.due or ""),
            str(state.first_on or ""),
            each.days,
            state.days_over,
            each.told,
            contact.name if contact else "",
            contact.phone if contact else "",
        ]
