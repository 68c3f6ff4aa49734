"""Work joined to money (资金与产出): each project's amount, execution, counts and unit costs; sub-projects rolled up."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang.performance.scoring import ScoreError
from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import show
from mingzhang.records.live import live
from mingzhang.records.models import Goals
from mingzhang.records.performance.work import RolledUp, rolled_up
from mingzhang.records.policy import Action


@page(Action.VIEW_ACCOUNTS, Action.PREPARE_PERFORMANCE, Action.REPORT_VALUE)
def listing(here: Here) -> HttpResponse:
    """Every first-level project with what stands under it."""
    found: list[RolledUp] = []
    wrong: list[str] = []
    first_level = Goals.objects.filter(
        entity=here.entity, year=here.year, project__isnull=False, project__parent=None, project__secret=False
    )
    for goals in first_level.select_related("entity", "project").order_by("project__code"):
        try:
            found.append(rolled_up(goals, live(here.entity, here.year).store))
        except ScoreError as error:
            wrong.append(f"{goals}：{error}")
    numbers = Goals.objects.filter(entity=here.entity, year=here.year).values_list("project__code", "pk")
    return show(
        here,
        "performance/work.html",
        found=found,
        wrong=wrong,
        numbers=dict(numbers),
        problems=[problem for each in found for problem in each.problems()],
        budget=sum(each.whole.budget for each in found),
        executed=sum(each.whole.executed for each in found),
    )
