"""How fast, and in what memory, each format of pairs is written and read: ``python -m bench.formats
[PAIRS] [NAMES]``.

Each format runs in a process of its own, so that its memory is its own; seconds are of the
processor, whatever else runs. The pairs are invented, and every tenth carries a flag and a
correction.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from articles.formats import FORMATS
from articles.formats.interchange import Article, Correction, Flag, Segment
from articles.text.document import Span


def pairs(count: int) -> Iterator[Segment]:
    """Invented pairs of the length of a news sentence."""
    now = datetime(2026, 1, 31, 12, tzinfo=UTC)
    for number in range(count):
        source = (
            f"Sentence {number} says that the council met on Monday & agreed on a new budget"
            " for the school."
        )
        target = (
            f"La phrase {number} dit que le conseil s’est réuni lundi et a adopté un nouveau budget"
            " pour l’école."
        )
        if number % 10:
            yield Segment(source, target, id=f"s{number}")
        else:
            flag = Flag(
                "Mistranslation",
                "minor",
                target_span=Span(3, 9),
                comment="wrong",
                author="Rosa",
                time=now,
            )
            done = Correction(target, target + " !", "approved", "Rosa", now, "Edith", now)
            yield Segment(source, target, id=f"s{number}", flags=(flag,), corrections=(done,))


def measure(name: str, count: int) -> dict[str, object]:
    """Pairs a second out and in, megabytes on disk, and the peak of memory in megabytes."""
    chosen = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"pairs{chosen.endings[0]}"
        start = time.process_time()
        assert chosen.write is not None
        with path.open("wb") as out:
            for piece in chosen.write([Article("Bench", "en", "fr", segments=pairs(count))]):
                out.write(piece)
        written = time.process_time() - start
        after_write = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        start = time.process_time()
        read = 0
        if chosen.read:
            with path.open("rb") as file:
                for article in chosen.read(file, name=path.name):
                    read += sum(1 for _ in article.segments)
            assert read == count, read
        taken = time.process_time() - start
        return {
            "format": name,
            "pairs": count,
            "megabytes": round(path.stat().st_size / 1e6, 1),
            "out_per_second": round(count / written),
            "in_per_second": round(count / taken) if chosen.read else None,
            "peak_mb_out": after_write,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def main(arguments: list[str]) -> None:
    """Measure the formats named, or all that hold pairs."""
    count = int(arguments[0]) if arguments else 100_000
    if arguments[2:] == ["--here"]:
        sys.stdout.write(json.dumps(measure(arguments[1], count)) + "\n")
        return
    for name in arguments[1:] or [name for name, each in FORMATS.items() if each.streams]:
        command = [sys.executable, "-m", "bench.formats", str(count), name, "--here"]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
