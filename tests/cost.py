"""The cost of a piece of work as a multiple of a fixed one, measured beside it in the same process.

A number of seconds would hold on one machine only, and there only while nothing else runs. Processor time of this
process, divided by that of a fixed piece of work done right before, is nearly the same everywhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

UNITS_PER_SECOND = 400
"""How many units of work this project's own machine for continuous integration does in a second."""


def unit() -> float:
    """The processor time of one unit of work, in seconds: the least of three, since other work only adds to it."""
    found = []
    for _round in range(3):
        start = time.process_time()
        sum(number * number for number in range(35_000))
        found.append(time.process_time() - start)
    return min(found)


def cost(work: Callable[[], Any]) -> float:
    """What ``work`` costs, in units."""
    one = unit()
    start = time.process_time()
    work()
    return (time.process_time() - start) / one


def growth(work: Callable[[int], Any], size: int, *, enough: float = 9, attempts: int = 5) -> float:
    """How many times as much ``work`` costs for four times the size: about 4 when linear, 16 when quadratic.

    Other work on the machine can only spoil a measurement, so the least of several counts; the first one below
    ``enough`` ends them.
    """
    least = float("inf")
    for _attempt in range(attempts):
        least = min(least, cost(lambda: work(4 * size)) / cost(lambda: work(size)))
        if least < enough:
            break
    return least
