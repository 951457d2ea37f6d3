"""Keep what was last computed of a text, by the size of the texts and not by their number.

A thousand usual segments take little memory; a few texts of 20,000 digits would take gigabytes in a
cache that counts entries.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

KEPT_LETTERS = 100_000
"""Letters of all texts whose results are kept: about 700 segments."""

P = ParamSpec("P")
R = TypeVar("R")


def keep_recent(
    size: Callable[..., int], *, letters: int = KEPT_LETTERS, texts: int = 512
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for functions of hashable positional arguments.

    ``size`` is given the arguments and returns how many letters they have. At most ``letters`` and
    ``texts`` are kept: what was asked for longest ago is forgotten first. A text with more letters
    than are kept in all is not kept.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept: OrderedDict[object, tuple[int, R]] = OrderedDict()
        lock = Lock()
        held = 0

        @wraps(function)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
            nonlocal held
            with lock:
                if args in kept:
                    kept.move_to_end(args)
                    return kept[args][1]
            # Without the lock: other threads need not wait for it, and at worst compute the same
            # again.
            result = function(*args, **kwargs)
            count = size(*args, **kwargs)
            with lock:
                if args not in kept and count <= letters:
                    kept[args] = (count, result)
                    held += count
                while held > letters or len(kept) > texts:
                    held -= kept.popitem(last=False)[1][0]
            return result

        return remembered

    return decorate
