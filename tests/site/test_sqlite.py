"""A locked database is asked again in short steps, by whoever does not hold the lock; the disk is waited for
without it.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connection, connections
from django.db.backends.signals import connection_created
from django.http import HttpResponse

from reviewsite import settings, sqlite


def statement(*, failures):
    """Return a statement that fails so often before it runs, and the list of its attempts."""
    attempts = []

    def execute(*_arguments):
        attempts.append(None)
        if len(attempts) <= failures:
            raise OperationalError("database is locked")
        return "done"

    return execute, attempts


def run(execute, *, in_transaction=False):
    context = {"connection": SimpleNamespace(in_atomic_block=in_transaction)}
    return sqlite.run_when_unlocked(execute, "BEGIN IMMEDIATE", None, False, context)


def test_a_locked_database_is_asked_until_it_is_free_or_too_long(monkeypatch):
    execute, attempts = statement(failures=3)
    assert run(execute) == "done"
    assert len(attempts) == 4

    execute, attempts = statement(failures=3)
    with pytest.raises(OperationalError):
        run(execute, in_transaction=True)
    assert len(attempts) == 1

    monkeypatch.setattr(sqlite, "LONGEST_WAIT", -1)
    with pytest.raises(OperationalError):
        run(execute)
    assert len(attempts) == 2


def test_connections_to_sqlite_alone_ask_in_short_steps(db):
    is_sqlite = connection.vendor == "sqlite"
    assert connection.execute_wrappers.count(sqlite.run_when_unlocked) == int(is_sqlite)
    if is_sqlite:
        sqlite.wait_in_steps(connection)
        assert connection.execute_wrappers.count(sqlite.run_when_unlocked) == 1
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (sqlite.STEP,)


@pytest.fixture
def answer(db):
    """Answer a request by a view behind the middleware; skips on other databases than SQLite."""
    if connection.vendor != "sqlite":
        with pytest.raises(MiddlewareNotUsed):
            sqlite.SyncBeforeAnswerMiddleware(HttpResponse)
        pytest.skip("another database waits for the disk by itself")
    yield lambda view: sqlite.SyncBeforeAnswerMiddleware(view)(None)
    connection_created.disconnect(sqlite.commit_without_sync)


@pytest.fixture
def synced(monkeypatch):
    """The databases whose log was brought to the disk."""
    found = []
    monkeypatch.setattr(sqlite, "sync_log", found.append)
    return found


def test_what_a_request_wrote_is_on_the_disk_before_the_answer(answer, synced):
    def write(_request):
        User.objects.create(username="new")
        assert synced == []
        return HttpResponse("saved")

    assert answer(write).content == b"saved"
    assert synced == [connection.settings_dict["NAME"]]


def test_a_request_that_wrote_nothing_waits_for_no_disk(answer, synced):
    answer(lambda _request: HttpResponse(User.objects.count()))
    assert synced == []


def test_nothing_is_acknowledged_that_the_disk_did_not_take(answer, monkeypatch):
    def fail(_database):
        raise OSError("no space left on device")

    def write(_request):
        User.objects.create(username="new")
        return HttpResponse("saved")

    monkeypatch.setattr(sqlite, "sync_log", fail)
    with pytest.raises(OSError, match="no space"):
        answer(write)


def test_transactions_leave_the_wait_for_the_disk_to_the_middleware_alone(answer):
    for is_made, expected in ((False, {0, 2}), (True, {1})):  # OFF in tests, else FULL; NORMAL
        if is_made:
            answer(HttpResponse)
        with closing(connections.create_connection("default")) as opened, opened.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] in expected


def test_nothing_that_writes_stands_outside_of_the_wait():
    names = settings.MIDDLEWARE
    outside = names[: names.index("reviewsite.sqlite.SyncBeforeAnswerMiddleware")]
    assert all(name.startswith("articles.health.") for name in outside)


def test_the_log_beside_the_database_is_what_reaches_the_disk(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))
    path = tmp_path / "data.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE one (id)")
        sqlite.sync_log(path)
        assert synced == [Path(f"{path}-wal").stat().st_ino]
    sqlite.sync_log(path)  # the last connection has removed it
    assert len(synced) == 1
