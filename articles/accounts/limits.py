"""Limits of signing in: where failures are counted, and who is refused without counting again.

Failures are counted in a table, so that every web process sees the same numbers. Counting
writes to the database several times. Whoever was just refused is therefore refused again from the
memory of the process: no query, no hash, no line in the log.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command

REMEMBERED_SECONDS = 30
"""Seconds for which a refusal of the table is remembered: nobody waits much longer than the page
says."""
REFUSED_TOO_OFTEN = 20
"""Refusals after which an address is refused for any account. Each of them has counted for the
address in the table, or was refused for it: the limit of an address is 20 (ACCOUNT_RATE_LIMITS)."""


def ensure_limits_table(**_signal: Any) -> None:
    """Make the table of the cache (CACHES) after a migration, where it is missing."""
    call_command("createcachetable", verbosity=0)


def was_refused(address: str, account: str) -> bool:
    """Return whether this process has just refused this account, or any, to the address."""
    by_account, by_address = _refusals(address, account).values()
    return by_account > 0 or by_address >= REFUSED_TOO_OFTEN


def remember_refusal(address: str, account: str) -> None:
    """Keep in mind that the table refused the account to the address."""
    for key, known in _refusals(address, account).items():
        caches[settings.REFUSED_SIGN_INS].set(key, known + 1, REMEMBERED_SECONDS)


def _refusals(address: str, account: str) -> dict[str, int]:
    """Return how often the account was refused to the address, and any account; by their keys."""
    digest = hashlib.sha256(account.lower().encode()).hexdigest()
    keys = (f"account:{address}:{digest}", f"address:{address}")
    known = caches[settings.REFUSED_SIGN_INS].get_many(keys)
    return {key: known.get(key, 0) for key in keys}
