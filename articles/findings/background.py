"""Long computations of the worker, in a thread of their own that gives way to everybody else.

Only what computes is there, never what writes: who waits for the processor and holds the
database's lock makes everybody wait who saves (docs/decisions/0087).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_thread: ThreadPoolExecutor | None = None


@contextmanager
def giving_way(niceness: int) -> Iterator[None]:
    """Have ``compute`` use a thread that is nicer by this much: the thread alone, on Linux."""
    global _thread
    with ThreadPoolExecutor(1, initializer=os.nice, initargs=(niceness,)) as thread:
        _thread = thread
        try:
            yield
        finally:
            _thread = None


def compute(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what the function returns, or raise what it raises.

    It must not ask the database: the thread has no part in the caller's transaction.
    """
    if _thread is None:
        return function(*args, **kwargs)
    return _thread.submit(function, *args, **kwargs).result()
