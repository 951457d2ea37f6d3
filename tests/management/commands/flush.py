"""Django's ``flush``, which empties the database between tests that commit.

SQLite gets back the copy that was taken when the tests began: that takes a millisecond, where emptying the tables and
making roles and permissions anew takes eighty. Elsewhere the triggers of history are off meanwhile. They are on while
a test runs: outside of the tests ``flush`` meets them, and is refused.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction

from articles.history import triggers
from tests import migrated


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if migrated.put_back(connection):
            return
        with transaction.atomic(using=connection.alias):
            triggers.take_off(connection)
            super().handle(**options)
            triggers.put_on(connection)
            triggers.keep_audit_log(connection)
