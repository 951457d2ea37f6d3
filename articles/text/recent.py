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
BOTH_TEXTS = 2

P = ParamSpec("P")
R = TypeVar("R")


def keep_recent(
    size: Callable[..., int], *, letters: int = KEPT_LETTERS, texts: int = 512
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for functions of hashable positional arguments.

    ``size`` is given the arguments and returns how many letters they have. At most ``letters`` and
    ``texts`` are kept: what was asked for longest ago is forgotten first. However long they are,
    the last two are kept: every check asks for both texts of a segment.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept: OrderedDict[_Key, tuple[_Key, int, R]] = OrderedDict()
        lock = Lock()
        held = 0

        @wraps(function)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
            nonlocal held
            key = _Key(args)
            with lock:
                if found := kept.get(key):
                    kept.move_to_end(found[0])
                    return found[2]
            # Without the lock: other threads need not wait for it, and at worst compute the same
            # again.
            result = function(*args, **kwargs)
            count = size(*args, **kwargs)
            with lock:
                if key not in kept:
                    kept[key] = (key, count, result)
                    held += count
                while len(kept) > BOTH_TEXTS and (held > letters or len(kept) > texts):
                    held -= kept.popitem(last=False)[1][1]
            return result

        return remembered

    return decorate


class _Key:
    """Arguments that are hashed once, and compared with others once where they are found.

    Ten thousand numbers of a text are hashed and compared in Python: each time took as long as
    what was remembered.
    """

    __slots__ = ("args", "hash")

    def __init__(self, args: tuple[object, ...]) -> None:
        self.args = args
        self.hash = hash(args)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.args == other.args
