"""Memory of long imports: ``python -m bench.import_memory [--sentences 3000] [--rounds 10]``.

Two invented texts of so many sentences are imported by this process again and again, each time as
another article, and then checked as the worker does. Prints for each round the megabytes that the
import, and then its checks, needed at their peak beyond what the process had before, and what it
has afterwards. A first small import loads the models. The exit code is 1 when an import adds more
than 150 MB, or when the process grew by more than 30 MB from the second round to the last.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
import tempfile
import time
from pathlib import Path

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="review-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from articles.detection.files import in_memory  # noqa: E402
from articles.importing.actions import carry_out, examine  # noqa: E402
from bench.mutate import forget_peak, peak  # noqa: E402

MOST_ADDED = 150
MOST_GROWN = 30
_SUBJECTS = [
    ("The mayor", "Le maire"), ("A teacher", "Une enseignante"), ("The council", "Le conseil"),
    ("The ferry company", "La compagnie de bacs"), ("A farmer", "Un agriculteur"),
    ("The museum", "Le musée"), ("The old mill", "Le vieux moulin"),
]  # fmt: skip
_ACTS = [
    ("opened the new bridge", "a inauguré le nouveau pont"),
    ("sold the house by the river", "a vendu la maison au bord de la rivière"),
    ("asked for more time", "a demandé plus de temps"),
    ("lost the keys of the archive", "a perdu les clés des archives"),
    ("will close the school", "fermera l’école"),
]
_ENDS = [
    ("on Monday morning", "lundi matin"), ("after the storm", "après la tempête"),
    ("without a word", "sans un mot"), ("for the third time", "pour la troisième fois"),
]  # fmt: skip


def make_texts(sentences: int, number: int) -> tuple[str, str]:
    """Return two invented texts, three sentences a paragraph; ``number`` makes them differ."""
    english: list[str] = []
    french: list[str] = []
    for at in range(sentences):
        subject = _SUBJECTS[at % len(_SUBJECTS)]
        act = _ACTS[at // 7 % len(_ACTS)]
        end = _ENDS[at // 35 % len(_ENDS)]
        gap = "\n\n" if at % 3 == 2 else " "
        count = at + number
        english.append(f"{subject[0]} {act[0]} {end[0]}, and {count} people came.{gap}")
        french.append(f"{subject[1]} {act[1]} {end[1]}, et {count} personnes sont venues.{gap}")
    return "".join(english), "".join(french)


def import_texts(sentences: int, number: int) -> None:
    """Examine and store two texts, as an upload does."""
    english, french = make_texts(sentences, number)
    files = [
        in_memory(f"long{number}.en.txt", english.encode()),
        in_memory(f"long{number}.fr.txt", french.encode()),
    ]
    refused = [result for result in carry_out(examine(files)) if result.refused]
    if refused:
        raise RuntimeError(refused[0].sentence)


def work() -> None:
    """Carry out the queued jobs, as the worker does."""
    while job := DBTaskResult.objects.ready().first():
        job.delete()
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def in_use() -> float:
    """Return the memory of this process in megabytes."""
    gc.collect()
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Import and check, round by round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--without-checks", action="store_true")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    import_texts(20, 5)
    work()
    most = 0.0
    after: list[float] = []
    for number in range(1, options.rounds + 1):
        before = in_use()
        forget_peak()
        start = time.process_time()
        import_texts(options.sentences, number * 1000)
        added = peak() - before
        most = max(most, added)
        print(f"{number}: {before:.0f} MB before, import +{added:.0f} MB", end=", ")
        if options.without_checks:
            DBTaskResult.objects.all().delete()
        else:
            middle = in_use()
            forget_peak()
            work()
            print(f"checks +{peak() - middle:.0f} MB", end=", ")
        after.append(in_use())
        print(f"{after[-1]:.0f} MB after, {time.process_time() - start:.0f} s", flush=True)
    grown = after[-1] - after[min(1, len(after) - 1)]
    print(f"an import adds at most {most:.0f} MB; grown by {grown:.0f} MB since the second round")
    sys.exit(1 if most > MOST_ADDED or grown > MOST_GROWN else 0)


if __name__ == "__main__":
    main()
