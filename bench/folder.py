"""A folder of files through everything: ``python -m bench.folder FOLDER [FORMAT …]``.

Each file is read, stored, exported in every format and read again. A text is stored beside itself,
a pair a line, so that one file alone goes all the way. Prints for each format: the files, those
refused with the reason, the words in the files (all letters between tags that are no script, style
or comment; of a PO file those of its messages in use) against the words stored and told as left
out, exports that could not be read again (each by its own
reader; XML also by lxml, workbooks by openpyxl, with ``--libreoffice`` office files by that, too),
the peak of memory in MB and seconds of the processor. Exit code 1 when anything but a BadFile was
raised.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="review-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django

django.setup()

import openpyxl  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from lxml import etree  # noqa: E402

from articles.detection.files import detect, on_disk, read_articles  # noqa: E402
from articles.exporting.actions import formats_of, write_articles  # noqa: E402
from articles.formats import FORMATS, BadFile, Format  # noqa: E402
from articles.formats import interchange as plain  # noqa: E402
from articles.importing.bilingual import store_bilingual  # noqa: E402
from articles.models import Article  # noqa: E402
from bench.mutate import forget_peak, peak  # noqa: E402

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(
    rb"<(script|style|head|svg|template|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TEXT_PARTS = re.compile(
    r"word/(document|footnotes|endnotes)|xl/(sharedStrings|worksheets/)|content\.xml|\.xhtml|\.html"
)
_MESSAGE = re.compile(
    r'^(msgid(?:_plural)?|msgstr(?:\[\d+\])?)[ \t]*("(?:[^\n]|\n[ \t]*")*")', re.MULTILINE
)


@dataclass
class Figures:
    """What was counted of one format."""

    files: int = 0
    in_files: int = 0
    stored: int = 0
    left_out: int = 0
    peak: float = 0.0
    seconds: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)
    bad_exports: Counter[str] = field(default_factory=Counter)


def words(text: str) -> int:
    """Return the number of words in a text."""
    return sum(1 for _found in _WORD.finditer(text))


def words_of_messages(text: str) -> int:
    """Return the words of the messages of a PO file that are in use, and of their translations.

    Comments, contexts, the header and messages that are marked as obsolete are no text.
    """
    found = 0
    for block in re.split(r"\n[ \t]*\n", text.replace("\r", "")):
        strings = _MESSAGE.findall(block)
        if not strings or not words(strings[0][1]):
            continue
        for _keyword, string in strings:
            found += words(re.sub(r"\\[nrt]", " ", string))
    return found


def words_in_file(path: Path) -> int:
    """Return the words between the tags of a file, or of the parts of a zip that hold text."""
    data = path.read_bytes()
    if path.suffix in (".po", ".pot"):
        return words_of_messages(data.decode("utf-8", "replace"))
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if _TEXT_PARTS.search(name)]
            parts = [archive.read(name) for name in names]
    # The name of a sign, as in &rsaquo;, is no word.
    texts = [unescape(_TAG.sub(b" ", part).decode("utf-8", "replace")) for part in parts]
    return sum(map(words, texts))


def store(path: Path, by: User, figures: Figures) -> list[Article]:
    """Read the file and store what it holds; return the articles."""
    detected = detect(on_disk(path), [])
    known = detected.format
    if known.read_text is None:
        with detected.file.open() as stream:
            found = read_articles(detected, stream)
            articles = [store_bilingual(each, by=by).article for each in found]
        for article in articles:
            figures.stored += words(article.source.text) + words(article.target.text)
        return articles
    data = path.read_bytes()
    text = known.read_text(data, name=path.name)
    figures.stored += words(text)
    if known.left_out is not None:
        figures.left_out += words(" ".join(known.left_out(data)))
    lines = [line for line in text.splitlines() if line.strip()]
    segments = [plain.Segment(line, line, id=str(n)) for n, line in enumerate(lines, start=1)]
    page = known.original(data, text)
    beside = plain.Article(path.name, "en", "fr", segments=segments, page=page)
    return [store_bilingual(beside, by=by).article]


def check_exports(article: Article, figures: Figures, *, with_office: bool) -> None:
    """Export the article in every format, and read each file again."""
    for name, known in formats_of(article).items():
        if known.needs_original:
            continue  # its text is not the file's: it was made of lines
        try:
            data = b"".join(write_articles([article], name))
            _judge(known, name, data)
            if with_office and known.endings[0].endswith((".docx", ".xlsx", ".odt")):
                _judge_by_office(known, data)
        except (BadFile, ValueError, etree.XMLSyntaxError) as problem:
            figures.bad_exports[f"{name}: {problem}"[:120]] += 1


def _judge(known: Format, name: str, data: bytes) -> None:
    file = f"a{known.endings[0]}"
    if known.read_text is not None:
        known.read_text(data, name=file)
    elif known.read is not None and not known.uses_companion_files:
        for article in known.read(io.BytesIO(data), name=file):
            for _segment in article.segments:
                pass
    if name in ("xliff", "tmx"):
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    elif name == "xlsx":
        openpyxl.load_workbook(io.BytesIO(data)).close()


def _judge_by_office(known: Format, data: bytes) -> None:
    """Let LibreOffice convert the file. Raises ValueError where nothing comes of it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"a{known.endings[0]}"
        file.write_bytes(data)
        profile = Path(os.environ["DATA_DIR"]) / "office"
        command = [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", folder, str(file),
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, timeout=120, check=False)
        if not file.with_suffix(".pdf").exists():
            raise ValueError("LibreOffice makes no PDF of it")


def run(path: Path, by: User, figures: Figures, *, with_office: bool) -> None:
    """Take one file all the way."""
    figures.files += 1
    forget_peak()
    before = peak()
    start = time.process_time()
    try:
        for article in store(path, by, figures):
            check_exports(article, figures, with_office=with_office)
        figures.in_files += words_in_file(path)
    except BadFile as problem:
        figures.refused[str(problem)[:120]] += 1
    figures.seconds += time.process_time() - start
    figures.peak = max(figures.peak, peak() - before)


def format_name(path: Path) -> str:
    """Return the name of the file's format, "?" for one that is not known."""
    try:
        known = detect(on_disk(path), []).format
    except BadFile:
        return "?"
    return next(name for name, each in FORMATS.items() if each is known)


def main() -> None:
    """Take all files of the folder all the way, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--libreoffice", action="store_true", help="let it judge office files")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    by = User.objects.create(username="bench")
    table: dict[str, Figures] = defaultdict(Figures)
    crashes = 0
    for path in sorted(options.folder.rglob("*")):
        name = format_name(path) if path.is_file() else ""
        if not name or (options.formats and name not in options.formats):
            continue
        try:
            run(path, by, table[name], with_office=options.libreoffice)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is a failure
            crashes += 1
            print(f"CRASH {path}: {problem!r}")
    for name, each in sorted(table.items()):
        share = f"{each.stored} of {each.in_files} words stored, {each.left_out} left out"
        refused = sum(each.refused.values())
        print(f"{name}: {each.files} files, {refused} refused; {share};", end=" ")
        print(f"{each.peak:.0f} MB, {each.seconds:.1f} s")
        for kind, counts in (("refused", each.refused), ("export", each.bad_exports)):
            for reason, count in counts.most_common():
                print(f"    {kind} {count} × {reason}")
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
