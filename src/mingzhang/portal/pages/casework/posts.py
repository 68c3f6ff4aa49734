"""Posts in casework (业务岗位): who does what in which line and where; for administrators."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import version_of
from mingzhang.portal.pages.casework.choosing import area_choices, organisation_choices
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.casework.appointing import appoint
from mingzhang.records.casework.appointing import end as end_post
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import CasePost, CaseRole, SettingChange
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 50
_WAITS = "已提出，等局领导或另一位系统管理员批准后生效。"


@page(Action.ADMINISTER)
def listing(here: Here) -> HttpResponse:
    """All posts by key, and a form for another; changes wait for a second person."""
    refused: RefusedError | None = None
    stated = here.request.POST
    if here.request.method == "POST":
        try:
            appoint(here.access, stated)
            done(here, _WAITS)
            return redirect("casework_posts")
        except RefusedError as raised:
            refused = raised
    words = here.request.GET.get("q", "").strip()[:40]
    found = CasePost.objects.select_related("user", "area", "organisation").order_by("-pk")
    if words:
        found = found.filter(Q(user__name__icontains=words) | Q(user__username__icontains=words))
    after = whole_number(here.request.GET.get("after"))
    rows = list((found.filter(pk__lt=after) if after else found)[: _PAGE + 1])
    names = {line.id: line.chinese for line in all_lines().values()}
    return show(
        here,
        "casework/posts.html",
        status=422 if refused else 200,
        posts=rows[:_PAGE],
        more=rows[_PAGE - 1].pk if len(rows) > _PAGE else None,
        words=words,
        names=names,
        lines=list(names.items()),
        roles=CaseRole.choices,
        areas=area_choices(),
        organisations=organisation_choices(),
        today=timezone.localdate(),
        waiting=SettingChange.objects.filter(
            kind=SettingChange.Kind.POST, state=SettingChange.State.PROPOSED
        ).count(),
        stated=stated if refused else {},
        problems=refused.problems if refused else (),
    )


@page(Action.ADMINISTER)
def end(here: Here, number: int) -> HttpResponse:
    """Propose that a post end."""
    post = CasePost.objects.select_related("user").filter(pk=number).first()
    if post is None or here.request.method != "POST":
        raise Http404
    try:
        end_post(here.access, post, version_of(here.request.POST), day(here.request.POST.get("valid_to", "")))
        done(here, _WAITS)
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_posts")
