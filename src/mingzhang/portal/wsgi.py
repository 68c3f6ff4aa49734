"""The portal as a WSGI application, for gunicorn and the like."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingzhang.portal.settings")

application = get_wsgi_application()
_addresses = get_resolver().url_patterns  # every page is loaded before the first request, not with it
gc.freeze()  # what is loaded stays: the collector need not walk through it again and again
