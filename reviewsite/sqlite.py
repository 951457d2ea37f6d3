"""Wait for SQLite's write lock in short steps, and for the disk without it.

SQLite itself asks again after up to 100 ms, and the longer somebody has waited the less often: who
comes later is served first. Here everybody asks every few milliseconds, and the lock is rarely left
unused (docs/decisions/0087).

SQLite waits for the disk while it has the lock, so that nobody else can write. A request that is
answered by the web server gives the lock back first (docs/decisions/0092).
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponseBase

LONGEST_WAIT = 10.0
"""Seconds after which a database that is still locked is an error."""
STEP = 20
"""Milliseconds for which SQLite waits by itself: it asks after 1, 3, 8 and 18 of them."""


def wait_in_steps(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Have a connection that was just opened wait in short steps, where it is one to SQLite."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {STEP}")
    if run_when_unlocked not in connection.execute_wrappers:
        connection.execute_wrappers.append(run_when_unlocked)


def run_when_unlocked(
    execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
) -> Any:
    """Run a statement, and again while the database is locked.

    Raises OperationalError after LONGEST_WAIT seconds, and at once inside a transaction: that has
    the lock already.
    """
    ends_at = None
    while True:
        try:
            return execute(sql, params, many, context)
        except OperationalError as problem:
            if context["connection"].in_atomic_block or "is locked" not in str(problem):
                raise
            now = time.monotonic()
            ends_at = ends_at or now + LONGEST_WAIT
            if now > ends_at:
                raise


class SyncBeforeAnswerMiddleware:
    """Answer a request only when the disk has all that it wrote.

    Connections that are opened after this is made commit without waiting for the disk
    (``synchronous=NORMAL``). The wait comes here, where the lock is free: several requests then
    wait for the disk at a time, and what they wrote reaches it together. What fails here is
    answered as a failure of the server: nothing was acknowledged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Raises MiddlewareNotUsed for another database, which does so by itself."""
        if connection.vendor != "sqlite":
            raise MiddlewareNotUsed
        self.get_response = get_response
        connection_created.connect(commit_without_sync)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        before = _changes()
        response = self.get_response(request)
        if _changes() != before:
            sync_log(connection.settings_dict["NAME"])
        return response


def commit_without_sync(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Have a connection that was just opened leave it to others to wait for the disk."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = NORMAL")


def sync_log(database: object) -> None:
    """Wait until the disk has all that was committed to the database, by whomever.

    That is in its write-ahead log, or was brought from there into the database, for which SQLite
    itself waits. A database in memory has no log.
    """
    with contextlib.suppress(FileNotFoundError):
        log = os.open(f"{database}-wal", os.O_RDONLY)
        try:
            os.fsync(log)
        finally:
            os.close(log)


def _changes() -> tuple[int, int]:
    """Return which connection this thread has, and how many rows were changed through it."""
    opened = connection.connection
    return (id(opened), opened.total_changes) if opened else (0, 0)
