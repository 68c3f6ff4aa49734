"""Where a request comes from (客户端地址): behind the proxy, what the proxy says; else the connection's other end."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address of who asks. The header is believed only behind the proxy, which replaces whatever a client claims."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
