"""Pages of people: who is there, one person with grants and tokens, and the steps an administrator takes."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import done, show, tell
from mingzhang.records.administration import grants, people, tokens
from mingzhang.records.administration.scope import may_manage
from mingzhang.records.models import Entity, Grant, Role, Token, TrailEntry, User
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 50
_LATEST = 20


@page(Action.ADMINISTER)
def listing(here: Here) -> HttpResponse:
    """Everybody, by login name; adding somebody shows the one-time password once."""
    stated = here.request.POST if here.request.method == "POST" else {}
    refused: RefusedError | None = None
    if stated:
        try:
            person, password = people.add_person(
                here.access, *(stated.get(field, "") for field in ("username", "name", "section", "phone"))
            )
            return _password_shown(here, person, password)
        except RefusedError as raised:
            refused = raised
    words, after = here.request.GET.get("q", "").strip(), here.request.GET.get("after", "")
    found = User.objects.prefetch_related("grants__entity")
    if words:
        found = found.filter(
            Q(username__icontains=words) | Q(name__icontains=words) | Q(section__icontains=words)
        )
    rows = list(found.filter(username__gt=after).order_by("username")[: _PAGE + 1])
    return show(
        here,
        "administration/people.html",
        status=422 if refused else 200,
        people=rows[:_PAGE],
        more=rows[_PAGE - 1].username if len(rows) > _PAGE else None,
        words=words,
        stated=stated,
        refused=refused.problems if refused else (),
    )


@page(Action.ADMINISTER)
def one(here: Here, number: int) -> HttpResponse:
    """One person, with what may be changed."""
    return _shown(here, _found(number))


@sensitive_post_parameters()
@page(Action.ADMINISTER)
def take(here: Here, number: int, step: str) -> HttpResponse:
    """Take a step, as the administrator saw the person."""
    person, chosen = _found(number), _STEPS.get(step)
    if here.request.method != "POST" or (chosen is None and step != "reset"):
        raise Http404
    stated = here.request.POST
    version = int(stated.get("version", "")) if stated.get("version", "").isdecimal() else 0
    try:
        if step == "reset":
            return _password_shown(here, person, people.reset_password(here.access, person, version))
        chosen[0](here, person, version)
    except RefusedError as refused:
        if step == "change":
            return _shown(here, person, refused)
        tell(here, refused)
        return redirect("person", number=person.pk)
    done(here, f"已{chosen[1]}：{person.name}")
    return redirect("person", number=person.pk)


def _change(here: Here, person: User, version: int) -> None:
    stated = here.request.POST
    fields = (stated.get(field, "") for field in ("name", "section", "phone"))
    people.change_person(here.access, person, version, *fields)


def _grant(here: Here, person: User, version: int) -> None:
    stated = here.request.POST
    entity = Entity.objects.filter(code=stated.get("at", "")).first()
    if entity is None:
        raise Http404
    grants.grant(here.access, person, stated.get("role", ""), entity)


def _revoke(here: Here, person: User, version: int) -> None:
    grants.revoke(here.access, _own(here, Grant.objects.filter(user=person).select_related("entity", "user")))


def _revoke_token(here: Here, person: User, version: int) -> None:
    tokens.revoke_token(here.access, _own(here, Token.objects.filter(user=person).select_related("user")))


def _own(here: Here, among):
    """The grant or token that the form names, of this person."""
    number = here.request.POST.get("number", "")
    found = among.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise Http404
    return found


_STEPS: dict[str, tuple[Callable[[Here, User, int], object], str]] = {
    "change": (_change, "修改用户"),
    "deactivate": (
        lambda here, person, version: people.set_active(here.access, person, version, False),
        "停用",
    ),
    "activate": (lambda here, person, version: people.set_active(here.access, person, version, True), "启用"),
    "unlock": (lambda here, person, version: people.unlock(here.access, person), "解除登录锁定"),
    "remove_device": (
        lambda here, person, version: people.remove_second_factor(here.access, person, version),
        "取消一次性验证码设备",
    ),
    "grant": (_grant, "授权"),
    "revoke": (_revoke, "收回授权"),
    "revoke_token": (_revoke_token, "作废接口令牌"),
}


def _found(number: int) -> User:
    person = User.objects.prefetch_related("grants__entity").filter(pk=number).first()
    if person is None:
        raise Http404
    return person


def _shown(here: Here, person: User, refused: RefusedError | None = None) -> HttpResponse:
    stated = (
        here.request.POST
        if refused
        else {"name": person.name, "section": person.section, "phone": person.phone}
    )
    return show(
        here,
        "administration/person.html",
        status=422 if refused else 200,
        person=person,
        stated=stated,
        refused=refused.problems if refused else (),
        manageable=may_manage(here.access, person),
        locked=people.is_locked_out(person),
        device=people.devices(person).filter(confirmed=True).exists(),
        tokens=tokens.tokens_of(person),
        roles=Role.choices,
        places=[
            (entity.code, entity.name)
            for entity in here.access.entities(Action.ADMINISTER)
            if entity.kind != Entity.Kind.ELIMINATIONS
        ],
        history=TrailEntry.objects.filter(key=f"User:{person.pk}").order_by("-id")[:_LATEST],
    )


def _password_shown(here: Here, person: User, password: str) -> HttpResponse:
    """The page that shows a one-time password; it is kept nowhere, so this page cannot be opened again."""
    return show(here, "administration/password_shown.html", person=person, password=password)
