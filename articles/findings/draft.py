"""Check a text that is still being written, and compare the findings with those of the text in
force.

Only the newest text that a person writes into a segment is worth checking: a check that is still
going on stops when the next one begins, and when it takes too long. Web processes have it checked
by the worker beside them (``check_client``), which holds the language models.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.contrib.auth.models import User

from articles import checks
from articles.findings import check_client, service
from articles.findings.check_client import Superseded, TookTooLong
from articles.findings.store import OWN_CHECKS
from articles.models import Finding, Segment

MOST_SECONDS = 5.0
"""Seconds of the processor that the check of a draft may take. A usual segment takes a tenth of
one; the first one in a process also loads the models."""

Key = tuple[int, int]
"""A segment and a person."""


class _Newest:
    """The newest check of each person's draft in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[Key, object] = {}

    @contextmanager
    def begin(self, key: Key) -> Iterator[Callable[[], None]]:
        """Make this check the newest of its key; give a function that says whether it still is.

        The function raises Superseded when it is not, and TookTooLong after MOST_SECONDS.
        """
        token = object()
        ends_at = time.thread_time() + MOST_SECONDS
        with self._lock:
            self._tokens[key] = token

        def go_on() -> None:
            if self._tokens.get(key) is not token:
                raise Superseded
            if time.thread_time() > ends_at:
                raise TookTooLong

        try:
            yield go_on
        finally:
            with self._lock:
                if self._tokens.get(key) is token:
                    del self._tokens[key]


newest = _Newest()


class Rechecked(NamedTuple):
    """The findings that a new text brings, that it keeps, and that it removes; likeliest first."""

    new: list[checks.Finding]
    still: list[checks.Finding]
    gone: list[Finding]


def recheck(segment: Segment, text: str, *, by: User) -> Rechecked:
    """Check ``text`` in the place of the segment's target; nothing is stored.

    A finding is the same when its check and its message are. A dismissed finding is left out. One
    that was accepted as a flag is not: the flag asks for a correction. Three queries at most,
    besides the segment's findings.

    ``by`` is who writes it. Raises Superseded when the same person has a newer text of the segment
    checked meanwhile, TookTooLong when it takes more than MOST_SECONDS, NoCheckProcess where a
    worker should answer and none does.
    """
    found = _find(segment, text, person_id=by.pk)
    before = [row for row in segment.findings.all() if row.finder == OWN_CHECKS]
    known = set()
    dismissed = set()
    for row in before:
        known.add(_row_identity(row))
        if row.status == Finding.Status.DISMISSED:
            dismissed.add(_row_identity(row))
    new = []
    still = []
    identities = set()
    for finding in found:
        identity = _identity(finding)
        identities.add(identity)
        if identity not in known:
            new.append(finding)
        elif identity not in dismissed:
            still.append(finding)
    left_out = identities | dismissed
    gone = [row for row in before if _row_identity(row) not in left_out]
    return Rechecked(new, still, gone)


def _find(segment: Segment, text: str, *, person_id: int) -> list[checks.Finding]:
    if check_client.asks_others():
        return check_client.find_in_draft(segment.pk, text, person_id=person_id)
    return find_here(segment, text, person_id=person_id)


def find_here(segment: Segment, text: str, *, person_id: int) -> list[checks.Finding]:
    """Check the text in this process, unless the person sends a newer one meanwhile.

    Raises Superseded, TookTooLong.
    """
    with newest.begin((segment.pk, person_id)) as go_on:
        return service.findings_for(segment, target_text=text, go_on=go_on)


def _identity(finding: checks.Finding) -> tuple[str, str]:
    return finding.check, finding.message % finding.values


def _row_identity(row: Finding) -> tuple[str, str]:
    return row.check_id, row.message % row.values
