"""What browsers and proxies may keep of the public site: nothing of people's pages, the rest by a fingerprint of its content."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

PAGE_SECONDS = 60
FILE_SECONDS = 86_400


def keepable(
    request: HttpRequest, response: HttpResponse, seconds: int = PAGE_SECONDS, digest: str = ""
) -> HttpResponse:
    """The response with its fingerprint, or 304 where the browser has it; who is logged in keeps nothing.

    `digest` is that of the content, where it is known.
    """
    if request.user.is_authenticated or response.status_code != 200:
        return response
    etag = f'"{(digest or hashlib.sha256(response.content).hexdigest())[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    return get_conditional_response(request, etag=etag, response=response) or response
