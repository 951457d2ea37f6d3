"""Whether the site lives and is ready, and its figures for Prometheus."""

from __future__ import annotations

import hmac
import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.health.metrics import exposition
from articles.models import Worker

LEAST_FREE_DISK = 200_000_000
"""Bytes: with less an import or a backup may fail halfway."""


@require_safe
@login_not_required
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer that this process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Say of each part whether it works; 503 where one does not."""
    database = _database_answers()
    parts = {
        "database": database,
        "disk": shutil.disk_usage(settings.DATA_DIR).free > LEAST_FREE_DISK,
        "migrations": database and not _migrations_wait(),
        "worker": database and Worker.objects.answers(),
    }
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures to whoever sends METRICS_TOKEN; nobody where there is none."""
    token = settings.METRICS_TOKEN
    sent = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
