"""Floor 2: a file that comes in: what it is taken for, its articles, and what has to be said of it, in the reader's
language. Nothing is stored."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as _

from articles.findings.messages import describe_problem
from articles.formats import HEAD_BYTES, BadFile, Format, detect_format, interchange
from articles.formats.interchange import CompanionFiles, Warnings
from articles.formats.text.plain import refuse_other_files
from articles.segmentation.detect import detect_language

_ENOUGH_PAIRS = 50
_UNKNOWN_KIND = gettext_noop("files with this ending cannot be read")
UNKNOWN_LANGUAGE = gettext_noop(
    "its language is not one of those known here, or it holds too few words to tell"
)
_PLACES = (
    gettext_noop("line"), gettext_noop("row"), gettext_noop("unit"), gettext_noop("entry"), gettext_noop("segment"),
    gettext_noop("sheet"),
)  # fmt: skip
"""What BadFile counts a file in."""
_NAMES = (
    gettext_noop("English"),
    gettext_noop("French"),
    gettext_noop("Spanish"),
    gettext_noop("German"),
)
"""Languages as they are called within a sentence; Django's own catalogues have them as headings: “Anglais”."""


class IncomingFile(NamedTuple):
    """A file that came in: its name, and how to open it."""

    name: str
    open: Callable[[], BinaryIO]


def in_memory(name: str, data: bytes) -> IncomingFile:
    """A file whose bytes are at hand."""
    return IncomingFile(name, lambda: io.BytesIO(data))


def on_disk(path: Path, name: str = "") -> IncomingFile:
    """A file of the file system."""
    return IncomingFile(name or path.name, lambda: path.open("rb"))


class DetectedFile(NamedTuple):
    """A file of aligned pairs, its format and whether that was told by its content; ``companion_files`` are the files it came
    with, ``pairs`` how many it holds."""

    file: IncomingFile
    known: Format
    guessed: bool = False
    companion_files: CompanionFiles = CompanionFiles()
    pairs: int = 0


def detect(file: IncomingFile, others: Iterable[IncomingFile]) -> DetectedFile:
    """What the file is taken for. Raises BadFile for what cannot be read."""
    with file.open() as stream:
        head = stream.read(HEAD_BYTES)
    known, guessed = detect_format(file.name, head)
    if known is None:
        refuse_other_files(head)  # a Word 97 file, a PDF: there is more to say of it
        raise BadFile(_UNKNOWN_KIND)
    return DetectedFile(
        file,
        known,
        guessed,
        CompanionFiles({each.name: each.open for each in others if each.name != file.name}),
    )


def read_articles(table: DetectedFile, stream: BinaryIO) -> Iterator[interchange.Article]:
    """The articles of a file of pairs; where it does not name the languages, the first pairs tell them."""
    more = {"companion_files": table.companion_files} if table.known.uses_companion_files else {}
    for article in (
        table.known.read(stream, name=table.file.name, **more) if table.known.read else ()
    ):
        if article.source_language and article.target_language:
            yield article
            continue
        rest = iter(article.segments)
        first = list(islice(rest, _ENOUGH_PAIRS))
        languages: dict[str, Any] = {
            f"{side}_language": getattr(article, f"{side}_language")
            or detect_language(" ".join(getattr(each, side) for each in first))
            for side in ("source", "target")
        }
        if not all(languages.values()):
            raise BadFile(UNKNOWN_LANGUAGE)
        yield replace(article, segments=chain(first, rest), **languages)


class ExtractedText(NamedTuple):
    """What is read of a file that holds one text, the lines of it that are left out, and the file itself."""

    text: str
    left: list[str]
    data: bytes


def extract_text(table: DetectedFile) -> ExtractedText | None:
    """What is read of the file, None where its format holds no text but pairs. Raises BadFile."""
    known, name = table.known, table.file.name
    if known.read_text is None:
        return None
    with table.file.open() as stream:
        data = interchange.read_all(stream)
    return ExtractedText(
        known.read_text(data, name=name), known.left_out(data) if known.left_out else [], data
    )


def describe_format(table: DetectedFile) -> Iterator[str]:
    """What the file was taken for, where its name alone would not say so, and how to have it read otherwise."""
    if not table.guessed:
        return
    name = table.file.name
    stem, _dot, ending = name.rpartition(".")
    label = _(table.known.label)
    if detect_format(f"{stem}.pairs.{ending}", b"")[0] is None:
        yield _("By its content it is read as: %(label)s.") % {"label": label}
    else:
        text = _(
            "By its content it is read as: %(label)s. Name it %(name)s to have it read as plain pairs of texts."
        )
        yield text % {"label": label, "name": f"{stem}.pairs.{ending}"}


def describe_warnings(warnings: Warnings | None) -> Iterator[str]:
    """What of the file is left out or taken otherwise: each sentence with its first place, and how often."""
    for warning, count in warnings or ():
        sentence = describe_problem(warning)
        sentence = sentence[0].upper() + sentence[1:]
        yield (
            f"{sentence}."
            if count == 1
            else _("%(sentence)s (%(count)s times).") % {"sentence": sentence, "count": count}
        )


def language_name(code: str) -> str:
    """The language's name for the reader, such as “French”."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
