"""`manage.py worker` runs the queue's worker, and says that it is there."""

import subprocess
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from articles.management.commands import worker
from articles.models import Worker
from articles.models.workers import ANSWERS_WITHIN
from reviewsite import gunicorn


def test_there_is_a_worker_while_the_command_runs(db, monkeypatch):
    seen = []

    def work(name, **options):
        seen.append((name, options["worker_id"], Worker.objects.answers()))
        raise SystemExit

    monkeypatch.setattr(worker, "call_command", work)
    with pytest.raises(SystemExit):
        call_command("worker")
    [(name, worker_id, answers)] = seen
    assert name == "db_worker"
    assert 0 < len(worker_id) <= 64
    assert answers
    assert not Worker.objects.answers()


def test_a_worker_that_was_not_seen_lately_does_not_answer(db):
    Worker.objects.renew("w")
    Worker.objects.renew("w")
    assert Worker.objects.get().name == str(Worker.objects.get()) == "w"
    Worker.objects.update(seen_at=timezone.now() - ANSWERS_WITHIN - timedelta(seconds=1))
    assert not Worker.objects.answers()


def test_a_locked_database_does_not_end_the_signs_of_life(monkeypatch):
    """Tried twice: the first time the database is locked, the second time it is told to stop."""
    stopped = threading.Event()
    names = []

    def renew(name):
        names.append(name)
        if len(names) == 2:
            stopped.set()
        raise OperationalError("database is locked")

    monkeypatch.setattr(worker, "RENEWED_EVERY", 0)
    monkeypatch.setattr(Worker.objects, "renew", renew)
    monkeypatch.setattr(worker, "connection", type("Closed", (), {"close": lambda: None}))
    worker.keep_renewing("w", stopped)
    assert names == ["w", "w"]


def test_gunicorn_starts_and_stops_the_worker(monkeypatch):
    made = []

    class Process:
        def __init__(self, arguments):
            made.append(arguments[1:3])

        def terminate(self):
            made.append("terminate")

        def wait(self, timeout):
            made.append("wait")

    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(gunicorn, "_worker", None)
    gunicorn.on_exit(None)
    gunicorn.when_ready(None)
    gunicorn.on_exit(None)
    assert made == [["manage.py", "worker"], "terminate", "wait"]
