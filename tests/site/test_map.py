"""The map (articles/README.md) names every module, and names nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.site.test_layout import MAY_IMPORT

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "articles"
MAP = (APP / "README.md").read_text(encoding="utf-8")
REACH = {
    "A file imported": 8,
    "A table imported": 8,
    "A flag saved": 7,
    "A correction approved and exported as Word": 12,
    "A check, from its run to the card": 10,
    "Two segments merged": 5,
    "An upload carried out by the worker": 8,
}
"""Story → the files that a reader may have to open, at most."""


def named_paths(text: str) -> set[str]:
    """The paths of files between backticks."""
    return set(re.findall(r"`([\w/]+\.(?:py|js|html))`", text))


def is_there(path: str) -> bool:
    return (APP / path).is_file() or (ROOT / path).is_file()


def test_every_module_is_named() -> None:
    modules = set()
    for path in APP.rglob("*.py"):
        if path.name != "__init__.py" and "migrations" not in path.parts:
            modules.add(path.relative_to(APP).as_posix())
    assert modules - named_paths(MAP) == set()


def test_nothing_is_named_that_is_not_there() -> None:
    assert [path for path in named_paths(MAP) if not is_there(path)] == []


def test_the_guide_names_no_file_that_is_not_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = {path for path in re.findall(r"`([\w./]+\.\w+)`", guide) if "/" in path}
    examples = {path for path in paths if re.search(r"NAME|FAMILY|PACKAGE|CODE", path)}
    assert len(paths - examples) > 40
    assert [path for path in paths - examples if not (ROOT / path).exists()] == []


def test_every_package_is_named_with_what_it_may_import() -> None:
    packages = {f"{path.name}/" for path in APP.iterdir() if (path / "__init__.py").exists()}
    assert [package for package in packages if f"`{package}`" not in MAP] == []
    told = dict(re.findall(r"^\| `(\w+)/` \|.*\| (.*) \|$", MAP, re.M))
    for package, others in MAY_IMPORT.items():
        assert told[package] == (", ".join(others) or "–"), package


def test_each_story_is_told_with_few_files() -> None:
    stories = dict(re.findall(r"^\*\*([^*]+)\*\*.*?$(.*?)(?=^\*\*|^## )", MAP, re.M | re.S))
    assert stories.keys() == REACH.keys()
    for title, story in stories.items():
        assert len(story.strip().splitlines()) <= 10, title
        assert 0 < len(named_paths(story)) <= REACH[title], title
