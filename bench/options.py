"""The options that the programs of load, faults, attack and drill have in common."""

from __future__ import annotations

import argparse


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser that shows the description as it is written."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add which database the site has."""
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")


def add_editors(parser: argparse.ArgumentParser, *, editors: int, pause: float) -> None:
    """Add how many editors there are, and how fast they work."""
    parser.add_argument("--editors", type=int, default=editors)
    parser.add_argument("--pause", type=float, default=pause, help="seconds between two acts")
