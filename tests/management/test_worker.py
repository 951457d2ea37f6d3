"""`manage.py worker` runs the queue's worker, and says that it is there."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from articles.findings import background
from articles.management.commands import worker
from articles.models import Worker
from articles.models.workers import ANSWERS_WITHIN
from reviewsite import gunicorn


def test_there_is_a_worker_while_the_command_runs(db, monkeypatch):
    """What one computes that the web server has started gives way to it; what it stores does not."""
    seen = []
    monkeypatch.setattr(worker, "end_with_supervisor", lambda: None)
    monkeypatch.setattr("os.nice", seen.append)

    def work(name, **options):
        assert seen == []
        thread = background.compute(threading.get_ident)
        seen.append((name, options["worker_id"], Worker.objects.answers()))
        seen.append(thread != threading.get_ident())
        raise SystemExit

    monkeypatch.setattr(worker, "call_command", work)
    with pytest.raises(SystemExit):
        call_command("worker", supervised=True)
    [niceness, (name, worker_id, answers), in_own_thread] = seen
    assert in_own_thread
    assert background.compute(threading.get_ident) == threading.get_ident()
    assert niceness == worker.GIVES_WAY
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
    given_back = []
    monkeypatch.setattr(worker, "give_memory_back", lambda: given_back.append(len(names)))
    worker.keep_renewing("w", stopped)
    assert names == ["w", "w"]
    assert given_back == [1, 2]


@pytest.mark.parametrize("act", [worker.share_freed_memory, worker.give_memory_back])
def test_another_c_library_is_asked_for_nothing(monkeypatch, act):
    act()
    monkeypatch.setattr(worker.ctypes, "CDLL", lambda _name: object())
    act()


def test_a_web_process_switches_threads_often(monkeypatch):
    """Each statement of a save waits for its turn while nobody else can write."""
    seen = []
    monkeypatch.setattr(sys, "setswitchinterval", seen.append)
    monkeypatch.setattr("os.close", seen.append)
    monkeypatch.setattr(gunicorn, "_pipe", (7, 8))
    process = type("Process", (), {})()
    gunicorn.post_fork(None, process)
    assert seen == [gunicorn.SWITCHED_AFTER, 8]
    assert gunicorn.SWITCHED_AFTER <= 0.001
    assert process.master_pipe == 7


def test_gunicorn_starts_the_worker_again_when_it_ends_and_stops_it_at_the_end(monkeypatch):
    made = []

    class Process:
        def __init__(self, arguments, stdin):
            assert stdin == 7
            assert gunicorn._starting.locked()  # and no web process is forked meanwhile
            made.append(arguments[1:4])

        def terminate(self):
            made.append("terminate")

        def wait(self, timeout=None):
            made.append("wait")
            if made.count("wait") == 2:
                gunicorn.on_exit(None)

    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(gunicorn, "_worker", None)
    monkeypatch.setattr(gunicorn, "_stopping", threading.Event())
    monkeypatch.setattr(gunicorn, "RESTARTED_AFTER", 0)
    monkeypatch.setattr(gunicorn, "_pipe", (7, 8))
    gunicorn.keep_worker()
    worker = ["-m", "django", "worker"]
    assert made == [worker, "wait", worker, "wait", "terminate", "wait"]


def test_gunicorn_starts_the_worker_beside_itself(monkeypatch):
    started = threading.Event()
    monkeypatch.setattr(gunicorn, "keep_worker", started.set)
    gunicorn.when_ready(None)
    assert started.wait(10)
    monkeypatch.setattr(gunicorn, "_worker", None)
    monkeypatch.setattr(gunicorn, "_stopping", threading.Event())
    gunicorn.on_exit(None)


def test_a_worker_of_another_user_of_the_machine_is_not_forgotten(db, monkeypatch):
    def kill(process, _signal):
        raise {12: PermissionError, 13: ProcessLookupError}[process]

    monkeypatch.setattr("articles.models.workers.os.kill", kill)
    for name in ("here-12-a", "here-13-b", "there-13-c"):
        Worker.objects.renew(name)
    Worker.objects.forget_ended("here")
    assert {row.name for row in Worker.objects.all()} == {"here-12-a", "there-13-c"}


def test_a_failure_of_the_database_does_not_end_the_worker(db, monkeypatch):
    """The first time the database is away, the second time the queue is empty."""
    names = []

    def work(_command, **options):
        names.append(options["worker_id"])
        if len(names) == 1:
            raise OperationalError("the database system is shutting down")

    monkeypatch.setattr(worker, "call_command", work)
    monkeypatch.setattr(worker, "RETRIED_AFTER", 0)
    monkeypatch.setattr(worker, "connection", type("Closed", (), {"close": lambda: None}))
    call_command("worker")
    assert len(names) == 2
    assert names[0] == names[1]
    assert not Worker.objects.answers()


@pytest.mark.slow  # starts Django in a process of its own
def test_a_worker_ends_with_the_process_that_started_it():
    """It reads its standard input, which ends with that process, and then ends itself."""
    program = "from articles.management.commands.worker import end_with_supervisor as end; end()"
    command = [sys.executable, "-c", f"import django; django.setup(); {program}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        process.stdin.close()
        assert process.wait(120) == 1
