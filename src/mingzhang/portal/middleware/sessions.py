"""Sessions end after some minutes without a request (会话超时)."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_SEEN = "seen"
API = "/api/"
"""Programs are not sent to the login; the API says that they are not logged in."""
_EVERY_SECONDS = 60
"""The session is not written at every request."""


class IdleSessions:
    """Log out who has been away; a request that fetches progress does not count as being there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if request.user.is_authenticated:
            now, seen = time.time(), request.session.get(_SEEN)
            if seen is not None and now - seen > settings.IDLE_MINUTES * 60:
                logout(request)
                if request.path.startswith(API):
                    return self._get_response(request)
                messages.warning(
                    request, f"超过{settings.IDLE_MINUTES}分钟没有操作，已退出登录，请重新登录。"
                )
                return redirect(settings.LOGIN_URL)
            is_fresh = (
                seen is not None and 0 <= now - seen <= _EVERY_SECONDS
            )  # not where the clock was set back
            if not is_fresh and "X-Background" not in request.headers:
                request.session[_SEEN] = now
        return self._get_response(request)
