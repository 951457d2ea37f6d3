"""How fast, and in what memory, large files of pairs come in and go out through the whole house,
database included.

    python -m bench.exchange [PAIRS] [FORM …]        100,000 pairs in each of FORMS by default

Each direction runs in a process of its own over an SQLite database of its own, so that its memory
is its own. "In" is ``intake.take_in`` (examine and store), "out" is ``export.written``. Pairs are
invented; every tenth that comes in as JSON Lines, XLIFF or TMX carries a flag and a correction
(bench/formats.py makes them). "bare" is a CSV that does not name its languages, so that they must
be recognised. Exit code 1 when a mark is missed; the marks are held against seconds of the
processor, whatever else runs, and memory is all of the process.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMS = ("tmx", "xliff", "csv", "jsonl", "bare")
MARKS = {"in": 5_000, "out": 20_000}
"""Pairs a second."""
MEGABYTES = 300


def prepare(form: str, count: int, folder: Path) -> Path:
    """A file of so many pairs, made by the format's own writer, and an empty database."""
    from articles.formats import FORMATS, Article
    from bench.formats import pairs

    if form == "bare":
        path = folder / "pairs.csv"
        with path.open("w", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["source", "target"])
            rows.writerows((each.source, each.target) for each in pairs(count))
        return path
    path = folder / f"pairs{FORMATS[form].endings[0]}"
    write = FORMATS[form].write
    assert write is not None
    with path.open("wb") as out:
        out.writelines(write([Article("Bench", "en", "fr", segments=pairs(count))]))
    return path


def migrate() -> None:
    """Make the tables, and somebody who imports."""
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    User.objects.create(username="importer")


def take_in(path: Path) -> int:
    """Import the file; how many pairs are stored now."""
    from django.contrib.auth.models import User

    from articles.detection.files import on_disk
    from articles.importing.one_pass import import_files as taken
    from articles.models import Segment

    lines = taken([on_disk(path)], by=User.objects.get())
    assert not lines[0].refused, lines
    return Segment.objects.count()


def hand_out(form: str, path: Path) -> int:
    """Export the only article; how many pairs it has."""
    from articles.exporting.actions import write_articles
    from articles.models import Article

    article = Article.objects.select_related("source", "target").get()
    with path.open("wb") as out:
        out.writelines(write_articles([article], form))
    return int(article.segments.count())


def one(step: str, form: str, count: int, folder: Path) -> dict[str, object]:
    """Do one step in this process and tell its figures."""
    import django

    django.setup()
    path = folder / f"pairs-{form}"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start, cpu = time.perf_counter(), time.process_time()
    if step == "prepare":
        migrate()
        path.with_suffix(".name").write_text(str(prepare(form, count, folder)))
        done = count
    elif step == "in":
        done = take_in(Path(path.with_suffix(".name").read_text()))
    else:
        done = hand_out(form.replace("bare", "csv"), folder / "out")
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "form": form,
        "step": step,
        "pairs": done,
        "per_second": round(done / seconds),
        "per_cpu_second": round(done / cpu),
        "mb_at_start": before,
        "mb_peak": peak,
    }


def measure(form: str, count: int) -> bool:
    """Prepare, take in, hand out; print the figures. Whether the marks are met."""
    met = True
    with tempfile.TemporaryDirectory(prefix="bench-exchange-") as folder:
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
        }
        environment.pop("DATABASE_URL", None)
        for step in ("prepare", "in", "out"):
            command = [
                sys.executable,
                "-m",
                "bench.exchange",
                "--one",
                step,
                form,
                str(count),
                folder,
            ]
            result = subprocess.run(
                command, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            figures = json.loads(result.stdout)
            if step != "prepare":
                print(json.dumps(figures))
                met &= figures["per_cpu_second"] >= MARKS[step] and figures["mb_peak"] < MEGABYTES
    return met


def main(arguments: list[str]) -> int:
    """Measure the forms named, or all four; 1 when a mark is missed."""
    if arguments[:1] == ["--one"]:
        step, form, size, folder = arguments[1:]
        print(json.dumps(one(step, form, int(size), Path(folder))))
        return 0
    count = int(arguments[0]) if arguments else 100_000
    met = [measure(form, count) for form in arguments[1:] or FORMS]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
