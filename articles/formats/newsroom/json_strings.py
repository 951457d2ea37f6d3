"""Find the strings of a JSON file and their places: what a parser gives has no places."""

from __future__ import annotations

import json
import re
from typing import Any

from articles.formats.interchange import BadFile
from articles.text.messages import gettext_noop as _

Path = tuple[str | int, ...]
_TOKEN = re.compile(r'"(?P<string>(?:[^"\\]|\\.)*)"|(?P<mark>[{}\[\],:])', re.DOTALL)
_BAD = _("the file is not valid JSON; export it again")


def parse_json(raw: str) -> Any:
    """Return the value of a JSON file. Raises BadFile."""
    try:
        # Not strict: systems write line ends into strings as they are, which JSON does not allow.
        return json.loads(raw.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError) as problem:
        raise BadFile(_BAD) from problem


def string_places(raw: str) -> dict[Path, tuple[int, int]]:
    """Return the strings of a valid JSON file by their paths, as (from, to) within the quotes."""
    places: dict[Path, tuple[int, int]] = {}
    path: list[str | int] = []
    is_key = False
    for found in _TOKEN.finditer(raw):
        mark = found["mark"]
        if mark is None:
            if is_key:
                path[-1] = str(json.loads(found.group(), strict=False))
            else:
                places[tuple(path)] = found.span("string")
        elif mark in "{[":
            path.append("" if mark == "{" else 0)
        elif mark in "}]":
            path.pop()
        elif mark == ",":
            path[-1] = _next_key(path[-1])
        is_key = _expects_key(mark, path)
    return places


def _next_key(key: str | int) -> str | int:
    """Return what stands for the next member's name, or the next item's number."""
    return key + 1 if isinstance(key, int) else ""


def _expects_key(mark: str | None, path: list[str | int]) -> bool:
    """Return whether the name of a member comes after ``mark``."""
    return mark in ("{", ",") and bool(path) and isinstance(path[-1], str)
