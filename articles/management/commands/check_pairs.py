"""``manage.py check_pairs``: pairs in as JSON Lines, findings out as JSON Lines; no database.

In: ``{"id", "source", "target"}``. Out: ``{"id", "findings": [{"check", "type", "score", "message", "source_spans",
"target_spans", "caret"}]}``, likeliest first; spans are code points, end exclusive.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, TextIO

from django.core.management.base import BaseCommand

from articles import checks


class Command(BaseCommand):
    """Check pairs given on standard input."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("--all", action="store_true", help="also give findings too unlikely to be shown")
        parser.add_argument("--source-language", default="en", metavar="CODE")
        parser.add_argument("--target-language", default="fr", metavar="CODE")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer line by line; exit with 1 when a line could not be read."""
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]
        failed = check_lines(
            sys.stdin,
            sys.stdout,
            sys.stderr,
            languages=(options["source_language"], options["target_language"]),
            unlikely=options["all"],
        )
        if failed:
            sys.exit(1)


def check_lines(
    lines: Iterable[str], out: TextIO, problems: TextIO, *, languages: tuple[str, str], unlikely: bool = False
) -> int:
    """Answer each line on ``out``; how many could not be read, each named by its number on ``problems``."""
    failed = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = read(line)
        except ValueError as problem:
            problems.write(f"line {number}: {problem}\n")
            failed += 1
            continue
        out.write(json.dumps(answer(given, languages=languages, unlikely=unlikely), ensure_ascii=False) + "\n")
        out.flush()
    return failed


def read(line: str) -> dict[str, Any]:
    """The pair a line holds. Raises ValueError in plain words."""
    try:
        given = json.loads(line)
    except json.JSONDecodeError as problem:
        raise ValueError(f"not JSON ({problem.msg} at character {problem.pos + 1})") from problem
    if not isinstance(given, dict):
        raise ValueError('not an object with "id", "source" and "target"')
    for key in ("id", "source", "target"):
        if key not in given:
            raise ValueError(f'"{key}" is missing')
    for key in ("source", "target"):
        if not isinstance(given[key], str):
            raise ValueError(f'"{key}" is not a text')
    return given


def answer(given: dict[str, Any], *, languages: tuple[str, str], unlikely: bool) -> dict[str, Any]:
    """The findings of one pair, in the form of the command's output."""
    pair = checks.Pair(given["source"], given["target"], source_language=languages[0], target_language=languages[1])
    found = [
        {
            "check": finding.check,
            "type": finding.type,
            "score": round(finding.score, 4),
            "message": finding.text,
            "source_spans": [list(span) for span in finding.source_spans],
            "target_spans": [list(span) for span in finding.target_spans],
            "caret": finding.caret,
        }
        for finding in checks.run_checks(pair, unlikely=unlikely)
    ]
    return {"id": given["id"], "findings": found}
