"""The guard of the API: who asks (token or session), how often, for which entity and year, and whether the policy lets them.

Every endpoint is made by `endpoint` or `open_endpoint`; a test walks them all.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_type_hints

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Path, Schema
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import Field

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, enter_casework, login_unfinished
from mingzhang.portal.api.limits import BUCKET
from mingzhang.records.acting import acting, through
from mingzhang.records.administration.tokens import token_of
from mingzhang.records.models import Entity
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.proposals.shape import is_plain

View = Callable[..., Any]
EntityCode = Annotated[str, Field(max_length=60, description="单位代码 / entity code")]
LineName = Annotated[str, Field(max_length=30, description="业务线，如 legal_aid / line of work")]
KindName = Annotated[str, Field(max_length=40, description="记录种类，如 aid_case / kind of record")]
Year = Annotated[int, Field(ge=1990, le=2100, description="年度 / fiscal year")]


class TooManyRequestsError(Exception):
    """The limit is reached; `seconds` until the next request may come."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.1f} seconds")
        self.seconds = max(1, math.ceil(seconds))


class UnfinishedLoginError(PermissionDenied):
    """The password has to be changed, or the one-time code is still to be entered."""


class BearerToken(HttpBearer):
    """`Authorization: Bearer mz_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Here | None:
        """Where the token's person is, with no more than the token's scopes."""
        found = token_of(token)
        if found is None:
            return None
        _limit(f"token-{found.pk}")
        if found.user.must_change_password:
            raise UnfinishedLoginError
        here = Here(request, Access(found.user, only=frozenset(found.scopes)))
        here.program = found.name
        return here


class Session(APIKeyCookie):
    """The session of the pages; what changes something needs the CSRF token beside it."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Here | None:
        """Where the logged-in person is."""
        if not request.user.is_authenticated:
            return None
        _limit(f"user-{request.user.pk}")
        if login_unfinished(request):
            raise UnfinishedLoginError
        return Here(request, Access(request.user))


def _limit(key: str) -> None:
    seconds = BUCKET.wait(key)
    if seconds:
        raise TooManyRequestsError(seconds)


def endpoint(*actions: Action, entity: bool = False, year: bool = False) -> Callable[[View], View]:
    """An endpoint for those who may do one of the actions, at the entity of its address, else anywhere; without actions, for all who log in.

    The view is given `here` first; `entity` and `year` of the address stand in it.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **stated: Any) -> Any:
            here: Here = request.auth
            _refuse_unkeepable(request, stated)
            if entity:
                here.entity = _entity(here, stated.pop("entity"))
            if year:
                here.year = stated.pop("year")
            if actions and not any(here.may(action) for action in actions):
                raise PermissionDenied
            with acting(here.user.name), through(here.program):
                return view(here, **stated)

        _sign(
            guarded, view, {**({"entity": EntityCode} if entity else {}), **({"year": Year} if year else {})}
        )
        guarded.actions = actions or ("everybody",)
        guarded.of_entity = entity
        return guarded

    return wrap


def case_endpoint(
    *letters: str, work: bool = False, line: bool = True, kind: bool = False
) -> Callable[[View], View]:
    """An endpoint of casework, for posts with one of the letters in the line of its address, or of any line; `work` where it changes records.

    The view is given `here` first; line and kind of the address stand in it.
    """
    action = Action.CASEWORK_WORK if work else Action.CASEWORK_VIEW

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **stated: Any) -> Any:
            here: Here = request.auth
            _refuse_unkeepable(request, stated)
            if not here.access.is_good_for(action):
                raise PermissionDenied
            enter_casework(here, stated, letters)
            with acting(here.user.name), through(here.program):
                return view(here, **stated)

        path = {**({"line": LineName} if line else {}), **({"kind": KindName} if kind else {})}
        _sign(guarded, view, path)
        guarded.actions = (action,)
        guarded.letters = letters
        guarded.of_entity = False
        return guarded

    return wrap


def open_endpoint(view: View) -> View:
    """An endpoint for the public; it is given the request."""

    @wraps(view)
    def guarded(request: HttpRequest, **stated: Any) -> Any:
        _refuse_unkeepable(request, stated)
        return view(request, **stated)

    _sign(guarded, view, {})
    guarded.actions = ("anybody",)
    guarded.of_entity = False
    return guarded


def _refuse_unkeepable(request: HttpRequest, stated: dict[str, Any]) -> None:
    """Raise RefusedError where a text holds what no database keeps."""
    if not all(_is_keepable(value) for value in stated.values()):
        what = Problem(
            "unkeepable_text", "文字中有不可见的控制字符", request.path[:200], "去掉这些字符后再提交。"
        )
        raise RefusedError(what)


def _is_keepable(value: Any) -> bool:
    if isinstance(value, str):
        return is_plain(value)
    if isinstance(value, Schema):
        return all(_is_keepable(each) for _, each in value)
    if isinstance(value, dict):
        return all(_is_keepable(each) for pair in value.items() for each in pair)
    return not isinstance(value, list) or all(map(_is_keepable, value))


def _sign(guarded: View, view: View, path: dict[str, Any]) -> None:
    """State the parameters of the address with those of the view, so that they are read, checked and documented."""
    hints = get_type_hints(view, include_extras=True)
    _first, *others = inspect.signature(view).parameters.values()
    word = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    parameters += [
        inspect.Parameter(name, word, annotation=each, default=Path(...)) for name, each in path.items()
    ]
    parameters += [each.replace(kind=word, annotation=hints[each.name]) for each in others]
    guarded.__signature__ = inspect.Signature(parameters)
    del guarded.__wrapped__


def _entity(here: Here, code: str) -> Entity:
    """The entity of a code; one outside the scope does not exist."""
    try:
        found = here.access.organisation.named(code)
    except Entity.DoesNotExist as unknown:
        raise Http404 from unknown
    if not here.access.actions(found):
        raise Http404
    return found
