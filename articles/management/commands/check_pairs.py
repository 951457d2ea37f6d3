"""``manage.py check_pairs``: read pairs of texts, write findings, as JSON Lines; no database.

In: ``{"id", "source", "target"}``. Out: ``{"id", "findings": [{"check", "type", "score", "message",
"source_spans", "target_spans", "caret", "remedy"}]}``, likeliest first; spans are code points, end
exclusive. A remedy lists places in the target with the words that repair them.
A line that cannot be read is named by its number on standard error, the others are answered, and
the exit code is 1.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand

from articles import checks


class Command(BaseCommand):
    """Check the pairs on standard input."""

    help = 'Reads {"id", "source", "target"} lines, writes {"id", "findings"} lines.'
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the two languages, and whether unlikely findings are wanted."""
        parser.add_argument(
            "--all", action="store_true", help="also output findings too unlikely to be shown"
        )
        parser.add_argument("--source-language", default="en")
        parser.add_argument("--target-language", default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every good line; exit 1 when there was a bad one."""
        problems = check_lines(
            sys.stdin.buffer,
            self.stdout.write,
            self.stderr.write,
            languages=(options["source_language"], options["target_language"]),
            unlikely=options["all"],
        )
        if problems:
            sys.exit(1)


def check_lines(
    lines: Iterable[bytes],
    write: Callable[[str], object],
    complain: Callable[[str], object],
    *,
    languages: tuple[str, str],
    unlikely: bool = False,
) -> int:
    """Answer each line and return how many could not be read. Blank lines are skipped."""
    problems = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = parse_line(line)
        except ValueError as problem:
            complain(f"line {number}: {problem}")
            problems += 1
            continue
        write(json.dumps(check_pair(given, languages=languages, unlikely=unlikely)))
    return problems


def parse_line(line: bytes) -> dict[str, Any]:
    """Return the pair that a line holds. Raises ValueError, which says in words what is wrong."""
    given = _parse_json(line)
    if not isinstance(given, dict):
        raise ValueError('not an object with "id", "source" and "target"')
    for key in ("id", "source", "target"):
        if key not in given:
            raise ValueError(f'"{key}" is missing')
    for key in ("source", "target"):
        if not isinstance(given[key], str):
            raise ValueError(f'"{key}" is not a text')
    return given


def _parse_json(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise ValueError(f"not UTF-8 (byte {problem.start + 1})") from problem
    except json.JSONDecodeError as problem:
        raise ValueError(f"not JSON ({problem.msg} at character {problem.pos + 1})") from problem
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem


def check_pair(
    given: dict[str, Any], *, languages: tuple[str, str], unlikely: bool
) -> dict[str, Any]:
    """Return the findings of one pair as the command writes them."""
    source_language, target_language = languages
    pair = checks.Pair(
        given["source"],
        given["target"],
        source_language=source_language,
        target_language=target_language,
    )
    found = checks.run_checks(pair, unlikely=unlikely)
    return {"id": given["id"], "findings": list(map(_serialize_finding, found))}


def _serialize_finding(finding: checks.Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "type": finding.type,
        "score": round(finding.score, 4),
        "message": finding.text,
        "source_spans": list(map(list, finding.source_spans)),
        "target_spans": list(map(list, finding.target_spans)),
        "caret": finding.caret,
        "remedy": [[*span, words] for span, words in finding.remedy],
    }
