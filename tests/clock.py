"""The date and the time zone of a test run: today in UTC, or what ``TEST_CLOCK`` says.

    TEST_CLOCK="2028-02-29T23:59 Pacific/Auckland" python3 manage.py test -m "not browser"

The clock then starts at that local time and goes on from there; the site's time zone is the one named. A browser has
a clock of its own, so browser tests stay on today's date.
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


def set_clock() -> time_machine.travel | None:
    """Set the clock of this process for good; without TEST_CLOCK it stays as it is, and None is returned."""
    moment, _space, _zone = os.environ.get("TEST_CLOCK", "").partition(" ")
    if not moment:
        return None
    start = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(time_zone()))
    clock = time_machine.travel(start, tick=True)
    clock.start()
    return clock
