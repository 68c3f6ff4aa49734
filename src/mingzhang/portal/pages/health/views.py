"""Live: the process answers. Ready: the database answers and its tables are up to date. Metrics: to this machine only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from mingzhang.portal import metrics as counted
from mingzhang.portal.access import anybody


@anybody
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@anybody
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, and no migration is missing."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return JsonResponse({"status": "not ready", "reason": "数据库没有应答"}, status=503)
    if missing:
        return JsonResponse({"status": "not ready", "reason": "数据库还没有升级"}, status=503)
    return JsonResponse({"status": "ready"})


@anybody
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts and times of requests, told to the machine itself only; a proxy does not pass this address on."""
    if request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1", ""):
        raise PermissionDenied
    return HttpResponse(counted.text(), content_type="text/plain; version=0.0.4")
