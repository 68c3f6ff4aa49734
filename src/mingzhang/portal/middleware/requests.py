"""One line of the log for each request: which page, how long, what came of it; no names, no search words."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mingzhang.portal import metrics

_LOG = logging.getLogger("mingzhang.requests")


class RequestLog:
    """Number every request, time it, count it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        started = time.perf_counter()
        number = secrets.token_hex(6)
        request.number = number
        response = self._get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        page = (match.view_name if match else "") or "-"
        metrics.count(page, request.method or "GET", response.status_code, seconds)
        response.headers["X-Request-Id"] = number
        _LOG.info(
            "request",
            extra={
                "stated": {
                    "request": number,
                    "page": page,
                    "method": request.method,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                }
            },
        )
        return response
