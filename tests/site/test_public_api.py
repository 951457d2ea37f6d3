"""The code uses Django by its documented, public names alone, so that a new version does not break it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases import for_each

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("articles", "reviewsite")

PRIVATE_NAMES = {
    "as_sql",
    "compiler",
    "get_compiler",
    "get_default_columns",
    "get_related_populators",
    "klass_info",
    "ModelIterable",
    "render_annotated",
    "render_context",
    "setup_joins",
    "setup_query",
}
"""Names without an underscore that Django does not document."""

DOCUMENTED = {
    "_meta",
    "_state",
    "_default_manager",
    "_replace",
    "_asdict",
    "_fields",
    "_make",
    "_field_defaults",
    "_exit",
}
"""Attributes with an underscore that Django documents, or Python for its named tuples and ``os``."""

WITHOUT_PUBLIC_WAY = {"_comment_elm", "_tc"}
"""What python-docx offers no public way to."""

BY_NAME = {"getattr", "hasattr", "setattr", "delattr"}
"""Functions that take the name of an attribute as their second argument."""


def private_uses(source: str) -> Iterator[str]:
    """Yield each private name that a source text takes from an object that it did not make.

    A module may use its own names with an underscore (those that it defines, or sets on ``self``);
    any other attribute with an underscore belongs to somebody else.
    """
    tree = ast.parse(source)
    allowed = {*_defined(tree), *DOCUMENTED, *WITHOUT_PUBLIC_WAY, "_"}
    for node in ast.walk(tree):
        for name in _names_in(node):
            is_private = name.startswith("_") and not name.startswith("__")
            if name in PRIVATE_NAMES or (is_private and name not in allowed):
                yield name


def _names_in(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node takes from an object or from one of Django's modules."""
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django"):
        for name in node.names:
            yield name.name
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in BY_NAME:
        yield from (str(each.value) for each in node.args[1:2] if isinstance(each, ast.Constant))


def _defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            is_on_self = isinstance(node.value, ast.Name) and node.value.id == "self"
            if is_on_self:
                yield node.attr


def modules() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@pytest.mark.slow
def test_no_module_uses_a_private_name_of_django() -> None:
    found = {}
    for path in modules():
        uses = sorted(set(private_uses(path.read_text(encoding="utf-8"))))
        if uses:
            found[str(path.relative_to(ROOT))] = uses
    assert found == {}


@for_each(
    "line",
    [
        "rows._iterable_class = Own",
        "user._perm_cache = set()",
        "hasattr(user, '_perm_cache')",
        "rows.query.get_compiler(connection=connection)",
        "info = compiler.klass_info",
        "from django.db.models.query import get_related_populators",
        "from django.db.models.query import ModelIterable",
        "from django.template.base import _something",
    ],
)
def test_a_private_name_is_seen(line: str) -> None:
    assert list(private_uses(line))


@for_each(
    "line",
    [
        "Article._meta.get_field('title')",
        "def _own(): ...\n\nx._own()",
        "class A:\n    def __init__(self): self._x = 1\n    def y(self): return self._x",
        "rows.query",
        "x.__dict__",
    ],
)
def test_an_own_or_a_documented_name_is_let_through(line: str) -> None:
    assert not list(private_uses(line))
