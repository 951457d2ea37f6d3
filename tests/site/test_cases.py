"""A test of many cases fails by each case that fails, and names it."""

from __future__ import annotations

import pytest

from tests.cases import for_each


def test_every_case_is_tried_and_those_that_fail_are_named() -> None:
    tried = []

    @for_each("number", [1, 2])
    @for_each("first, second", [("a", "b"), ("c", "c"), ("d", "e")])
    def check(number: int, first: str, second: str, rest: list[tuple[int, str]]) -> None:
        rest.append((number, first))
        if first != "d":
            pytest.fail("not raised")
        assert first == second

    with pytest.raises(BaseExceptionGroup, match="2 of 2 cases") as failed:
        check(rest=tried)
    assert tried == [(n, first) for n in (1, 2) for first in "acd"]
    first, _second = failed.value.exceptions
    assert first.__notes__ == ["The case: {'number': 1}"]
    assert [problem.__notes__[0] for problem in first.exceptions] == [
        "The case: {'first': 'a', 'second': 'b'}",
        "The case: {'first': 'c', 'second': 'c'}",
        "The case: {'first': 'd', 'second': 'e'}",
    ]


def test_a_single_failure_is_raised_as_it_is() -> None:
    @for_each("number", [1, 0, 2])
    def check(number: int) -> None:
        assert number

    with pytest.raises(AssertionError) as failed:
        check()
    assert failed.value.__notes__ == ["The case: {'number': 0}"]
