"""Wait for SQLite's write lock in short steps.

SQLite itself asks again after up to 100 ms, and the longer somebody has waited the less often: who
comes later is served first. Here everybody asks every few milliseconds, and the lock is rarely left
unused (docs/decisions/0087).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

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
