"""Figures of the site in the text format of Prometheus, version 0.0.4.

What is stored is counted when it is asked for. Requests are counted by each web process for
itself since its start: ``process`` tells them apart.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Event, Finding, Import, Segment

_requests: Counter[tuple[str, int]] = Counter()
_lock = threading.Lock()
Sample = tuple[Mapping[str, Any], float]


class RequestCounterMiddleware:
    """Count each answer by method and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and count it."""
        response = self.get_response(request)
        with _lock:
            _requests[request.method or "", response.status_code] += 1
        return response


def exposition() -> str:
    """Return all figures."""
    lines: list[str] = []
    for name, kind, words, samples in _families():
        lines += [f"# HELP review_{name} {words}", f"# TYPE review_{name} {kind}"]
        for labels, value in samples:
            inside = ",".join(f'{key}="{value}"' for key, value in labels.items())
            lines.append(f"review_{name}{{{inside}}} {value:g}")
    return "\n".join(lines) + "\n"


def _families() -> Iterable[tuple[str, str, str, list[Sample]]]:
    process = os.getpid()
    with _lock:
        counted = dict(_requests)
    answers: list[Sample] = []
    for (method, status), count in sorted(counted.items()):
        answers.append(({"process": process, "method": method, "status": status}, count))
    yield "requests_total", "counter", "Answers of one web process.", answers
    memory: list[Sample] = [({"process": process}, _resident_bytes())]
    yield "memory_bytes", "gauge", "Resident memory of one web process.", memory
    yield "acts_total", "counter", "Events of history by what was done.", _counts(Event, "act")
    yield "imports", "gauge", "Imports by where they stand.", _counts(Import, "status")
    waiting = DBTaskResult.objects.ready()
    yield "queue_length", "gauge", "Jobs that no worker has begun.", [({}, waiting.count())]
    oldest = waiting.aggregate(oldest=Min("enqueued_at"))["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield "queue_age_seconds", "gauge", "Age of the oldest job that waits.", [({}, age)]
    words_of_rate = "Open findings for each 1,000 words of the source."
    yield "findings_per_1000_words", "gauge", words_of_rate, [({}, _findings_per_1000_words())]


def _counts(model: Any, field: str) -> list[Sample]:
    rows = model._default_manager.order_by(field).values_list(field).annotate(count=Count("pk"))
    return [({field: value}, count) for value, count in rows]


def _findings_per_1000_words() -> float:
    """Return the rate over all articles; words are counted by the spaces between them."""
    words = 0
    for text in Segment.objects.values_list("source_text", flat=True).iterator():
        words += len(text.split())
    open_findings = Finding.objects.filter(status=Finding.Status.OPEN).count()
    return 1000 * open_findings / words if words else 0


def _resident_bytes() -> int:
    """Return the resident memory of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
