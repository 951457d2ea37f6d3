"""The date and the time zone of a test run: today in UTC, or what ``TEST_CLOCK`` says.

    TEST_CLOCK="2028-02-29T23:59 Pacific/Auckland" python3 manage.py test -m "not browser"

Each test then starts at that local time, and the clock goes on during it; the site's time zone is the one named. One
that ran on through the whole run would pass midnight in the middle of some test. A browser has a clock of its own, so
browser tests stay on today's date.
"""

from __future__ import annotations

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine


def time_zone() -> str:
    """The name of the site's time zone in this run."""
    _moment, _space, zone = os.environ.get("TEST_CLOCK", "").partition(" ")
    return zone or "UTC"


def start() -> datetime | None:
    """The moment at which each test starts; None is now."""
    moment, _space, _zone = os.environ.get("TEST_CLOCK", "").partition(" ")
    if not moment:
        return None
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(time_zone()))


class Clock:
    """The clock of this process: the real one, unless TEST_CLOCK is set."""

    def __init__(self) -> None:
        self._start = start()
        self._clock = None
        if self._start is not None:
            self._clock = time_machine.travel(self._start, tick=True).start()

    def restart(self) -> None:
        """Put the clock back to the start of a test."""
        if self._clock is not None and self._start is not None:
            self._clock.move_to(self._start)
