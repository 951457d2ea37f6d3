"""Django's ``flush``, which empties the database between tests that commit, with the triggers of history off.

They are on while a test runs: outside of the tests ``flush`` meets them, and is refused.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction

from articles.history import triggers


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        with transaction.atomic(using=connection.alias):
            triggers.take_off(connection)
            super().handle(**options)
            triggers.put_on(connection)
            triggers.keep_audit_log(connection)
