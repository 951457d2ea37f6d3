"""Hold the limits of the code's shape; `manage.py lint` runs this over articles/.

    .venv/bin/python -m bench.code_limits [FOLDER ...]

A function has at most 10 decisions and 60 lines, a file 500 lines, a line 100 characters; all
functions together have at most 55 decisions per 100 statements. The decisions of a function are 1,
and 1 more for each if, loop, except, conditional expression, match case, comprehension and its
conditions, and each further operand of and/or: McCabe's cyclomatic complexity (IEEE Transactions on
Software Engineering 2(4), 1976) with comprehensions counted, because a nested comprehension is as
hard to read as a nested loop. Statements are counted without docstrings. Migrations are left out.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DECISIONS = 10
DECISIONS_PER_100_STATEMENTS = 55
FUNCTION_LINES = 60
FILE_LINES = 500
LINE_LENGTH = 100

BRANCHES = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.comprehension,
    ast.match_case,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Shape:
    """What was counted over all files, and a sentence for each limit that is passed."""

    decisions: int
    statements: int
    problems: list[str]


def decisions_of(function: Function) -> int:
    """The number of decisions in a function, those of functions inside it included."""
    total = 1
    for node in ast.walk(function):
        if isinstance(node, BRANCHES):
            total += 1
        if isinstance(node, ast.comprehension):
            total += len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
    return total


def statements_of(function: Function) -> int:
    """The number of statements in a function, its docstring aside."""
    count = -1  # the function itself
    for node in ast.walk(function):
        if isinstance(node, ast.stmt):
            count += 1
    if ast.get_docstring(function) is not None:
        count -= 1
    return count


def functions_of(tree: ast.Module) -> Iterator[Function]:
    """Every function and method of a module, also those inside others."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def measure(path: Path, shape: Shape) -> None:
    """Add a file's figures and its problems to ``shape``."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) > FILE_LINES:
        shape.problems.append(f"{path}: {len(lines)} lines, {FILE_LINES} are allowed")
    for number, line in enumerate(lines, start=1):
        if len(line) > LINE_LENGTH:
            shape.problems.append(f"{path}:{number}: {len(line)} characters in a line")
    for function in functions_of(ast.parse(text)):
        place = f"{path}:{function.lineno}: {function.name}"
        decisions = decisions_of(function)
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if decisions > DECISIONS:
            shape.problems.append(f"{place} has {decisions} decisions, {DECISIONS} are allowed")
        if length > FUNCTION_LINES:
            shape.problems.append(f"{place} has {length} lines, {FUNCTION_LINES} are allowed")
        shape.decisions += decisions
        shape.statements += statements_of(function)


def shape_of(folders: list[Path]) -> Shape:
    """The shape of all Python files below the folders."""
    shape = Shape(decisions=0, statements=0, problems=[])
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                measure(path, shape)
    per_100 = 100 * shape.decisions / max(shape.statements, 1)
    if per_100 > DECISIONS_PER_100_STATEMENTS:
        shape.problems.append(
            f"{per_100:.1f} decisions per 100 statements over all,"
            f" {DECISIONS_PER_100_STATEMENTS} are allowed"
        )
    return shape


def main() -> int:
    """Print every passed limit and return 1 if there is one, else print the figures."""
    shape = shape_of([Path(argument) for argument in sys.argv[1:] or ["articles"]])
    for problem in shape.problems:
        print(problem)
    if shape.problems:
        return 1
    per_100 = 100 * shape.decisions / max(shape.statements, 1)
    print(f"{per_100:.1f} decisions per 100 statements, all limits hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
