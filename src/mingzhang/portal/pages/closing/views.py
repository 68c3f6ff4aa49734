"""The closing checklist, and the preparing of a close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import new_key
from mingzhang.portal.showing import done, show
from mingzhang.records.closing import left_to_close
from mingzhang.records.closing_entry import open_projects, prepare_close
from mingzhang.records.closing_list import checks, items
from mingzhang.records.closing_state import is_over, year_states
from mingzhang.records.internal import internal_differences
from mingzhang.records.keeping.fields import WrongFieldsError
from mingzhang.records.models import PeriodLock, Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError


@page(Action.VIEW_BOOKS, Action.PREPARE_CLOSE)
def closing(here: Here) -> HttpResponse:
    """A unit's checklist, or all units of a department."""
    if here.entity.keeps_books:
        return _unit(here, {}, ())
    units = here.entity.units(here.access.organisation.entities)
    return show(
        here,
        "closing/department.html",
        states=year_states(units, here.year),
        differences=internal_differences(here.entity.code, here.year),
    )


@page(Action.PREPARE_CLOSE)
def prepare(here: Here) -> HttpResponse:
    """Propose a close and hand it over."""
    if here.request.method != "POST" or not here.entity.keeps_books:
        raise Http404
    stated = here.request.POST
    finished = stated.getlist("finished")
    try:
        proposal = prepare_close(here.user, here.entity, here.year, stated, finished, stated.get("key", ""))
    except RefusedError as refused:
        return _unit(here, stated, finished, refused)
    done(here, f"已提请：{proposal.title}，等待复核")
    return redirect("proposal", number=proposal.pk)


def _unit(
    here: Here, stated: Mapping[str, str], finished: Sequence[str], refused: RefusedError | None = None
) -> HttpResponse:
    (state,) = year_states([here.entity], here.year)
    is_closed = state.whole.lock is not None
    may_prepare = here.may(Action.PREPARE_CLOSE)
    again = is_closed and left_to_close(here.entity, here.year)
    open_year = state.has_vouchers and state.whole.proposal is None and is_over(here.year, PeriodLock.YEAR)
    offered = may_prepare and open_year and (not is_closed or again)
    return show(
        here,
        "closing/unit.html",
        status=422 if refused else 200,
        state=state,
        items=items(here.access.organisation, state),
        checks=checks(here.entity, here.year, is_closed),
        is_closed=is_closed,
        again=again,
        may_prepare=may_prepare,
        offers_year=offered,
        projects=open_projects(here.entity, here.year) if offered else [],
        finished=set(finished),
        is_institution=here.entity.accounting == "institution",
        surplus=stated.get("special_surplus", ""),
        wrong=refused.fields if isinstance(refused, WrongFieldsError) else {},
        problems=refused.problems if refused else (),
        keys=(new_key(), new_key()),
        closes=Proposal.objects.filter(
            entity=here.entity, year=here.year, kind="close", state=Proposal.State.DONE
        ).select_related("prepared_by", "reviewed_by", "approved_by")[:13],
    )
