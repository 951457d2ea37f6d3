"""``manage.py align_pairs``: read texts, write their segments, as JSON Lines; no database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.alignment.json_lines import align_lines
from articles.alignment.sentence_encoder import load_encoder


class Command(BaseCommand):
    """Align the texts on standard input."""

    help = 'Reads {"id", "source", "target"} lines, writes {"id", "segments"} lines.'
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the two languages."""
        parser.add_argument("--source-language", default="en")
        parser.add_argument("--target-language", default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every good line; exit 1 when there was a bad one."""
        problems = align_lines(
            sys.stdin.buffer,
            self.stdout.write,
            self.stderr.write,
            source_language=options["source_language"],
            target_language=options["target_language"],
            encoder=load_encoder(),
        )
        if problems:
            sys.exit(1)
