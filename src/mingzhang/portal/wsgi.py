"""The portal as a WSGI application, for gunicorn and the like."""

from __future__ import annotations

import gc
import os
from functools import lru_cache

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

_ADDRESSES_KEPT = 4_096
"""So many addresses need not be looked for among all patterns again."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingzhang.portal.settings")

application = get_wsgi_application()
_resolver = get_resolver()
_addresses = _resolver.url_patterns  # every page is loaded before the first request, not with it
_resolver.resolve = lru_cache(_ADDRESSES_KEPT)(_resolver.resolve)  # what no page has is not kept
gc.freeze()  # what is loaded stays: the collector need not walk through it again and again
