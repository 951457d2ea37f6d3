"""A locked database is asked again in short steps, by whoever does not hold the lock."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from reviewsite import sqlite


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
