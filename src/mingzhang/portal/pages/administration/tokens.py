"""One's own tokens for programs: made (the secret is shown once), listed, revoked."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.portal.access import Here, everybody
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.words import ACTION_NAMES
from mingzhang.records.administration import tokens
from mingzhang.records.models import Token
from mingzhang.records.proposals.kind import RefusedError

_USUAL_DAYS = "180"


@everybody
def listing(here: Here) -> HttpResponse:
    """One's own tokens, and a form for another."""
    refused: RefusedError | None = None
    secret, token = "", None
    stated = here.request.POST
    if here.request.method == "POST":
        days = stated.get("days", "")
        try:
            token, secret = tokens.make_token(
                here.access,
                stated.get("name", ""),
                stated.getlist("scopes"),
                int(days) if days.isdecimal() and len(days) < 6 else 0,
            )
        except RefusedError as raised:
            refused = raised
    return show(
        here,
        "administration/tokens.html",
        status=422 if refused else 200,
        tokens=tokens.tokens_of(here.user),
        made=token,
        secret=secret,
        now=timezone.now(),
        choices=[(action.value, ACTION_NAMES[action]) for action in tokens.grantable(here.access)],
        names=ACTION_NAMES,
        name=stated.get("name", "") if refused else "",
        days=stated.get("days", _USUAL_DAYS) if refused else _USUAL_DAYS,
        chosen=stated.getlist("scopes") if refused else [],
        refused=refused.problems if refused else (),
    )


@everybody
def revoke(here: Here, number: int) -> HttpResponse:
    """Make one of one's own tokens useless."""
    token = Token.objects.filter(pk=number, user=here.user).select_related("user").first()
    if token is None or here.request.method != "POST":
        raise Http404
    try:
        tokens.revoke_token(here.access, token)
        done(here, f"已作废接口令牌：{token.name}")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("tokens")
