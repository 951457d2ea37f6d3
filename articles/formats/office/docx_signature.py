"""Who made a change in a Word file, and when, as Word writes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from articles.formats.interchange import Correction
from articles.formats.office.docx_elements import legal_text

NOBODY = "Translation review"
"""The author of what no person is named for."""
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


class Signature(NamedTuple):
    """Who made a tracked change, and when: the values of ``w:author`` and ``w:date``."""

    author: str
    date: str


def signature_of(correction: Correction) -> Signature:
    """Return who made the correction, and when, for a tracked change."""
    time = correction.submitted or correction.decided or _UNKNOWN
    return Signature(legal_text(correction.author or NOBODY), word_date(time))


def word_date(time: datetime) -> str:
    """Return the time as Word writes it, in UTC and without fractions of a second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
