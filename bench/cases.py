"""Small files through both doors: ``python -m bench.cases FOLDER [CASE …] [--pairs]``.

Each folder in FOLDER is a case: some files, with a ``case.md`` that says what a user expects. Its
files are brought in twice, into an empty database each time: through the upload page (upload,
preview, confirm, worker) and through ``manage.py import_seeds``. Files whose names begin with
``v1-``, ``v2-`` … come one round after the other, without that beginning; those that begin with
``out-`` were exported and edited, and come last.

Prints for each door what became of each file, and the articles with their pairs and findings. Where
a case has an ``expect.json``, its expectation is checked: ``articles`` and ``segments`` (numbers),
``holds`` and ``lacks`` (words of some segment, or of none), ``told`` (words of the results),
``findings`` (the most that may be open). The exit code is 1 when one is not met or anything is
raised.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

_DATA = Path(tempfile.mkdtemp(prefix="review-bench-"))
os.environ["DATA_DIR"] = str(_DATA)
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django  # noqa: E402
from django.conf import settings  # noqa: E402

# The pages are made without the collected static files.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from articles.models import Article, Finding, Import  # noqa: E402

_ROUND = re.compile(r"v(\d)-(?=.)")
_NOT_INPUT = ("case.md", "result.json", "expect.json")
_LAST = "9"
_TAG = re.compile(r"<[^<>]*>")


@dataclass
class Outcome:
    """What came of a case through one door."""

    told: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def rounds_of(case: Path) -> list[dict[str, bytes]]:
    """Return the files of a case by their names, in the rounds in which they are brought in."""
    rounds: dict[str, dict[str, bytes]] = {}
    for path in sorted(case.rglob("*")):
        if not path.is_file() or path.name in _NOT_INPUT:
            continue
        numbered = _ROUND.match(path.name)
        number = numbered[1] if numbered else "0"
        name = path.relative_to(case).as_posix().removeprefix("seeds/")
        if numbered:
            name = name.replace(path.name, path.name[numbered.end() :])
        elif path.name.startswith("out-"):
            number = _LAST
        rounds.setdefault(number, {})[name] = path.read_bytes()
    return [rounds[number] for number in sorted(rounds)]


def empty_database() -> None:
    """Put a database in place that has nothing but its tables and one administrator."""
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    template = _DATA / "empty.sqlite3"
    connection.close()
    if not template.exists():
        call_command("migrate", verbosity=0)
        User.objects.create_superuser("bench", password=None)
        connection.close()
        shutil.copyfile(file, template)
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    shutil.copyfile(template, file)


def work() -> None:
    """Carry out the queued jobs, as the worker does."""
    while job := DBTaskResult.objects.ready().first():
        job.delete()
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def by_upload(files: dict[str, bytes]) -> list[str]:
    """Bring the files in through the upload page; return what its pages say of them."""
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    uploads = [SimpleUploadedFile(name.replace("/", "_"), data) for name, data in files.items()]
    client.post("/imports/", {"uploads": uploads})
    work()
    job = Import.objects.latest("pk")
    told = _lines_of_page(client, job)
    if job.status == Import.Status.EXAMINED:
        client.post(f"/imports/{job.pk}/start/")
        work()
        told += ["→ confirmed:", *_lines_of_page(client, job)]
    return told


def _lines_of_page(client: Client, job: Import) -> list[str]:
    """Return the words of the list of files on the page of an import."""
    job.refresh_from_db()
    page = client.get(f"/imports/{job.pk}/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    items = re.findall(r"<(?:li|tr|article)\b.*?</(?:li|tr|article)>", main, re.DOTALL) or [main]
    return [" ".join(unescape(_TAG.sub(" ", item)).split()) for item in items]


def by_seeds(files: dict[str, bytes]) -> list[str]:
    """Bring the files in through the command; return its lines."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory(dir=_DATA) as folder:
        for name, data in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        try:
            call_command("import_seeds", folder, by="bench", stdout=out, stderr=io.StringIO())
        except CommandError as problem:
            out.write(f"exit 1: {problem}\n")
    work()
    return out.getvalue().splitlines()


DOORS: dict[str, Callable[[dict[str, bytes]], list[str]]] = {
    "upload": by_upload,
    "import_seeds": by_seeds,
}


def go_through(case: Path, door: str) -> Outcome:
    """Bring the files of a case in through a door, round by round."""
    empty_database()
    outcome = Outcome()
    for files in rounds_of(case):
        outcome.told += DOORS[door](files)
    for article in Article.objects.order_by("pk").select_related("source", "target"):
        languages = f"{article.source.language}–{article.target.language}"
        outcome.articles.append(f"{article.title} ({languages})")
        outcome.pairs += article.segments.values_list("source_text", "target_text")
    for finding in Finding.objects.open().select_related("segment").order_by("pk"):
        outcome.findings.append(f"{finding.segment.position}: {finding.text}")
    return outcome


def unmet(outcome: Outcome, expected: dict[str, Any]) -> Iterator[str]:
    """Yield what of the expectation does not hold."""
    counts = {"articles": len(outcome.articles), "segments": len(outcome.pairs)}
    for name, count in counts.items():
        if expected.get(name, count) != count:
            yield f"{count} {name} instead of {expected[name]}"
    most = expected.get("findings", len(outcome.findings))
    if len(outcome.findings) > most:
        yield f"{len(outcome.findings)} findings, at most {most} expected"
    sides = [text for pair in outcome.pairs for text in pair]
    for words in expected.get("holds", ()):
        if not any(words in text for text in sides):
            yield f"no segment holds “{words}”"
    for words in expected.get("lacks", ()):
        if any(words in text for text in sides):
            yield f"a segment holds “{words}”"
    for words in expected.get("told", ()):
        if not any(words in line for line in outcome.told):
            yield f"nothing says “{words}”"


def print_outcome(outcome: Outcome, *, with_pairs: bool) -> None:
    """Print what came of a case."""
    for line in outcome.told:
        print(f"    {line[:300]}")
    count = len(outcome.pairs)
    print(f"    {'; '.join(outcome.articles)[:300]}: {count} segments")
    if with_pairs:
        for source, target in outcome.pairs:
            print(f"      {source!r:.90} | {target!r:.90}")
    for finding in outcome.findings:
        print(f"      finding {finding[:160]}")


def run(case: Path, *, with_pairs: bool) -> str:
    """Take a case through both doors; return "met", "not met", "raised" or "to be looked at"."""
    expectation = case / "expect.json"
    expected = json.loads(expectation.read_text()) if expectation.exists() else {}
    verdict = "met" if expected else "to be looked at"
    for door in DOORS:
        print(f"  {door}:")
        try:
            outcome = go_through(case, door)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is a failure
            print(f"    RAISED {problem!r:.300}")
            return "raised"
        print_outcome(outcome, with_pairs=with_pairs)
        for reason in unmet(outcome, expected):
            print(f"    NOT MET: {reason}")
            verdict = "not met"
    return verdict


def main() -> None:
    """Take all cases of the folder, or those named, through both doors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cases", nargs="*", help="beginnings of the names of cases")
    parser.add_argument("--pairs", action="store_true", help="print the pairs, too")
    options = parser.parse_args()
    setup_test_environment()
    settings.MEDIA_ROOT = _DATA / "uploads"
    verdicts: Counter[str] = Counter()
    for case in sorted(each for each in options.folder.iterdir() if each.is_dir()):
        if options.cases and not case.name.startswith(tuple(options.cases)):
            continue
        print(case.name, flush=True)
        verdict = run(case, with_pairs=options.pairs)
        verdicts[verdict] += 1
        print(f"  {verdict}", flush=True)
    print(dict(verdicts))
    sys.exit(1 if verdicts["not met"] or verdicts["raised"] else 0)


if __name__ == "__main__":
    try:
        main()
    finally:
        connection.close()
        shutil.rmtree(_DATA, ignore_errors=True)
