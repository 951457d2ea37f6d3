"""The program that holds the limits of the code's shape sees each limit that is passed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench import code_limits
from tests.cases import for_each


@for_each(
    ("body", "decisions", "statements"),
    [
        ("pass", 1, 1),
        ('"""Say."""\n    return 1', 1, 1),
        ("if a and b or c:\n        return 1\n    return 2", 4, 3),
        ("return [x for x in y if x if z]", 4, 1),
        ("return {x: [z for z in x] for x in y}", 3, 1),
        ("for x in y:\n        while x:\n            x = 1 if y else 2", 4, 3),
        ("try:\n        go()\n    except (A, B):\n        stop()", 2, 3),
        ("match x:\n        case 1:\n            go()\n        case _:\n            stop()", 3, 3),
    ],
)
def test_decisions_and_statements_are_counted(body: str, decisions: int, statements: int) -> None:
    (function,) = code_limits.functions_of(ast.parse(f"def f():\n    {body}\n"))
    assert code_limits.decisions_of(function) == decisions
    assert code_limits.statements_of(function) == statements


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f():\n" + "    if a:\n        go()\n" * 10, "11 decisions"),
        ("def f():\n" + "    go()\n" * 60, "61 lines"),
        ("a = 1\n" * 501, "501 lines"),
        (f"a = '{'x' * 100}'\n", "106 characters"),
        ("def f():\n    return 1 if a else 2\n", "200.0 decisions per 100 statements"),
    ],
)
def test_each_passed_limit_is_told(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(text)
    problems = code_limits.shape_of([tmp_path]).problems
    assert any(words in problem for problem in problems)


def test_plain_code_has_no_problem(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("def f():\n    a = 1\n    b = 2\n    return a + b\n")
    assert code_limits.shape_of([tmp_path]).problems == []
