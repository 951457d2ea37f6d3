"""Many cases of one test, collected as one: each collected test takes six milliseconds beside what it does."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

FAILURES = (Exception, pytest.fail.Exception, BaseExceptionGroup)
"""What a test may fail by; a group comes from a table within a table."""


def for_each(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[..., Any]:
    """Call the test for each case, as ``pytest.mark.parametrize`` does, and name those that fail.

    The cases share the fixtures and the database: a test that is refused by what another case has changed there
    needs ``parametrize``.
    """
    wanted = names.replace(" ", "").split(",") if isinstance(names, str) else list(names)
    table = [[case] if len(wanted) == 1 else case for case in cases]
    assert table

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def test_all(**others: Any) -> None:
            failures: list[BaseException] = []
            for case in table:
                values = dict(zip(wanted, case, strict=True))
                try:
                    test(**values, **others)
                except FAILURES as failure:
                    failure.add_note(f"The case: {values!r}")
                    failures.append(failure)
            if len(failures) == 1:
                raise failures[0]
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(table)} cases", failures)

        signature = inspect.signature(test)
        kept = [value for name, value in signature.parameters.items() if name not in wanted]
        test_all.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return test_all

    return decorate
