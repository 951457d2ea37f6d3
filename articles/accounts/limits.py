"""Where failed sign-ins are counted: a table, so that every web process sees the same numbers."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command


def ensure_limits_table(**_signal: Any) -> None:
    """Make the table of the cache (CACHES) after a migration, where it is missing."""
    call_command("createcachetable", verbosity=0)
