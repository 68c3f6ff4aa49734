"""The guard of pages: who is logged in, which unit and year the address names, and whether the policy lets them in.

Every page is made by `page`, `everybody` or `anybody`; a test walks the addresses and refuses one that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingzhang.casework.definitions import Kind, Line
from mingzhang.records.acting import acting
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.setting import may_decide
from mingzhang.records.models import Entity, User
from mingzhang.records.policy import Access, Action

View = Callable[..., HttpResponse]


@dataclass
class Here:
    """Where a person is: the request, what they may do, the entity and the year of the address."""

    request: HttpRequest
    access: Access
    entity: Entity | None = None
    year: int | None = None
    program: str = ""
    """The name of the token, where a program acts for the person."""
    line: Line | None = None
    """The business line of the address."""
    kind: Kind | None = None
    """The kind of record of the address."""

    @property
    def user(self) -> User:
        """The person."""
        return self.access.user

    def may(self, action: Action | str) -> bool:
        """Whether this person may do it here; anywhere, on a page without an entity."""
        if self.entity is None:
            return self.access.may_anywhere(Action(action))
        return self.access.may(Action(action), self.entity)

    @cached_property
    def case(self) -> CaseAccess:
        """What the person may do in casework."""
        return CaseAccess(self.user)

    def may_in_line(self, *letters: str) -> bool:
        """Whether one of the person's posts in the line of the address has one of the letters."""
        return self.line is not None and any(self.case.may(self.line.id, letter) for letter in letters)

    @cached_property
    def entities(self) -> list[Entity]:
        """The departments and units that this person may turn to, eliminations left out."""
        return [
            entity
            for entity in self.access.entities(*Action)
            if entity.kind not in (Entity.Kind.ELIMINATIONS, Entity.Kind.GOVERNMENT)
        ]


def page(*actions: Action) -> Callable[[View], View]:
    """A page for those who may do one of the actions: at the entity of its address, else anywhere."""

    def enter(request: HttpRequest, stated: dict[str, Any]) -> Here:
        here = _here(request, stated)
        allowed = (
            any(here.access.may(action, here.entity) for action in actions)
            if here.entity is not None
            else any(here.access.may_anywhere(action) for action in actions)
        )
        if not allowed:
            raise PermissionDenied
        return here

    return lambda view: _guarded(view, enter, actions)


def casework(*letters: str, work: bool = False) -> Callable[[View], View]:
    """A page of casework, for who has a post with one of the letters in the line of its address, or in any line; `work` where it changes records.

    Who has a post nowhere is refused; a line in which a person has none does not exist for them.
    """
    action = Action.CASEWORK_WORK if work else Action.CASEWORK_VIEW

    def enter(request: HttpRequest, stated: dict[str, Any]) -> Here:
        here = Here(request, Access(request.user))
        enter_casework(here, stated, letters)
        return here

    def wrap(view: View) -> View:
        guarded = _guarded(view, enter, (action,))
        guarded.letters = letters
        return guarded

    return wrap


def post_holders(view: View) -> View:
    """A page of casework for everybody with a post in it, those who see no business row included; what it shows follows from the posts."""

    def enter(request: HttpRequest, stated: dict[str, Any]) -> Here:
        here = Here(request, Access(request.user))
        if not here.case.posts:
            raise PermissionDenied
        return here

    return _guarded(view, enter, (Action.CASEWORK_VIEW,))


def setting_keepers(view: View) -> View:
    """A page of what deadlines are computed by, for administrators and for heads, who decide on what those propose."""

    def enter(request: HttpRequest, stated: dict[str, Any]) -> Here:
        here = Here(request, Access(request.user))
        if not here.access.may_anywhere(Action.ADMINISTER) and not may_decide(here.user):
            raise PermissionDenied
        return here

    return _guarded(view, enter, (Action.ADMINISTER,))


def enter_casework(here: Here, stated: dict[str, Any], letters: tuple[str, ...]) -> None:
    """Take line and kind out of an address and look whether the person's posts let them in. Raises Http404, PermissionDenied."""
    name, kind = stated.pop("line", None), stated.pop("kind", None)
    known = here.case.lines()
    if not known:
        raise PermissionDenied
    if name is None:
        return
    here.line = next((line for line in known if line.id == name), None)
    if here.line is None:
        raise Http404(f"没有业务线“{name}”")
    if kind is not None:
        if kind not in here.line.kinds:
            raise Http404(f"没有事项“{kind}”")
        here.kind = kind_of(f"{name}.{kind}")
    if letters and not here.may_in_line(*letters):
        raise PermissionDenied


def everybody(view: View) -> View:
    """A page for everyone who is logged in."""
    return _guarded(view, _here, ("everybody",))


def anybody(view: View) -> View:
    """A page of the public: nobody needs to log in."""
    view.actions = ("anybody",)
    return view


def here_of(request: HttpRequest) -> Here | None:
    """Where a logged-in person is on a page that is open to the public; None for the public itself."""
    return Here(request, Access(request.user)) if request.user.is_authenticated else None


def _guarded(
    view: View, enter: Callable[[HttpRequest, dict[str, Any]], Here], actions: tuple[Any, ...]
) -> View:
    """A page for who is logged in fully and whom `enter` lets in: it says where the person is, or raises Http404 or PermissionDenied."""

    @wraps(view)
    def guarded(request: HttpRequest, **stated: Any) -> HttpResponse:
        asked = _must_log_in(request)
        if asked is not None:
            return asked
        here = enter(request, stated)
        with acting(here.user.name):
            return view(here, **stated)

    guarded.actions = actions
    return guarded


def _must_log_in(request: HttpRequest) -> HttpResponse | None:
    """Where to send who is not fully logged in: the password, a new password, the second factor."""
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    unfinished = login_unfinished(request)
    return redirect(unfinished) if unfinished else None


def login_unfinished(request: HttpRequest) -> str:
    """The page where a logged-in person still has to go before anything else; blank where there is none."""
    user = request.user
    if user.must_change_password:
        return "password"
    if settings.SECOND_FACTOR and not user.is_verified() and Access(user).needs_second_factor:
        return "second_factor"
    return ""


def _here(request: HttpRequest, stated: dict[str, Any]) -> Here:
    """Take entity and year out of the address; an entity outside the person's scope does not exist for them."""
    here = Here(request, Access(request.user))
    code, here.year = stated.pop("entity", None), stated.pop("year", None)
    if code is not None:
        try:
            here.entity = here.access.organisation.named(code)
        except Entity.DoesNotExist as unknown:
            raise Http404(str(unknown)) from unknown
        if not here.access.actions(here.entity):
            raise Http404(f"没有代码为“{code}”的单位")
    return here
