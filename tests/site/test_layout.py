"""The layout of the code: which package may import which, what the map names, models and migrations."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.cases import for_each

APP = Path(__file__).resolve().parents[2] / "articles"

MAY_IMPORT = {
    "text": [],
    "segmentation": ["text"],
    "alignment": ["segmentation"],
    "omissions": ["alignment"],
    "checks": ["omissions"],
    "scoring": ["text"],
    "formats": ["segmentation", "scoring"],
    "models": ["text", "scoring"],
    "findings": ["checks", "formats", "models"],
    "blind": ["models"],
    "history": ["models"],
    "accounts": ["models"],
    "backup": ["models"],
    "supply": ["checks"],
    "health": ["models"],
    "review": ["findings", "blind"],
    "signoff": ["review"],
    "approval": ["review"],
    "replacing": ["review"],
    "concordance": ["review"],
    "glossary": ["review", "accounts"],
    "preferences": ["models"],
    "teams": ["review", "accounts"],
    "people": ["teams"],
    "assignments": ["review"],
    "overview": ["assignments", "signoff"],
    "adjudication": ["review"],
    "realignment": ["review", "alignment"],
    "detection": ["formats", "alignment"],
    "versions": ["review"],
    "records": ["versions", "findings", "formats"],
    "importing": ["detection", "records", "versions"],
    "exporting": ["signoff", "formats", "accounts", "teams"],
}
"""Package → what it may import, and with it whatever that may import. No circle can be written here and hold."""

DOORS = ("admin", "api", "management", "templatetags", "migrations", "apps.py", "urls.py")
"""What stands above all packages and may import each of them; no package imports these."""

WITHOUT_DJANGO = (
    "text",
    "segmentation",
    "alignment",
    "omissions",
    "checks",
    "scoring",
    "formats",
    "detection",
)


def allowed(package: str) -> set[str]:
    """The packages that ``package`` may import, itself included. Raises KeyError for one that no table names."""
    found = {package}
    for other in MAY_IMPORT[package]:
        found |= allowed(other)
    return found


def imported(source: str) -> Iterator[str]:
    """The dotted name of everything that a source text imports; relative imports as "." alone."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "."
            for name in node.names:
                yield f"{node.module}.{name.name}"


def why_misplaced(place: str, source: str) -> list[str]:
    """Why the module at ``place`` ("review/actions.py", below articles/) may not stand there with these imports."""
    package = place.split("/")[0]
    if package in DOORS or place == "__init__.py":
        return []
    if package not in MAY_IMPORT:
        return [f"no table names {place}"]
    problems = []
    for name in imported(source):
        parts = name.split(".")
        if name == ".":
            problems.append("a relative import")
        elif package in WITHOUT_DJANGO and parts[0] in ("django", "reviewsite"):
            problems.append(f"imports {name}, and {package} knows no Django")
        elif parts[0] == "articles" and parts[1] not in allowed(package):
            problems.append(f"imports {name}, which {package} may not")
    return problems


def modules() -> Iterator[Path]:
    for path in sorted(APP.rglob("*.py")):
        yield path.relative_to(APP)


@pytest.mark.slow
def test_every_module_stands_in_its_package_and_imports_what_it_may() -> None:
    problems = {}
    for place in modules():
        found = why_misplaced(place.as_posix(), (APP / place).read_text(encoding="utf-8"))
        if found:
            problems[str(place)] = found
    assert problems == {}


@for_each("package", list(MAY_IMPORT))
def test_no_package_may_import_itself_by_a_detour(package: str) -> None:
    for other in MAY_IMPORT[package]:
        assert package not in allowed(other)


@for_each(
    ("place", "line"),
    [
        ("text/spans.py", "from django.db import models"),
        ("checks/names.py", "import articles.models"),
        ("formats/web/html.py", "from articles.checks import registry"),
        ("models/documents.py", "from articles import review"),
        ("models/documents.py", "from articles.review.cards import attach"),
        ("review/actions.py", "from articles.importing.actions import examine"),
        ("review/workflow.py", "from articles.adjudication.views import compare"),
        ("review/workflow.py", "from . import actions"),
        ("importing/views.py", "from articles.exporting import actions"),
        ("blind/visibility.py", "def show():\n    from articles.review import queries"),
        ("exporting/views.py", "from articles.urls import urlpatterns"),
        ("views.py", ""),
        ("views/pages.py", ""),
    ],
)
def test_a_forbidden_import_and_an_unnamed_module_are_seen(place: str, line: str) -> None:
    assert why_misplaced(place, line)


def test_models_and_migrations_agree(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_for_their_intent() -> None:
    names = [path.stem for path in (APP / "migrations").glob("0*.py")]
    assert names
    assert not [name for name in names if "auto" in name or name.endswith("_initial")]
