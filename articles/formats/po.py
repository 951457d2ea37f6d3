"""PO (GNU gettext): pairs coming in. Translators' comments become neutral flags; fuzzy entries are to be reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import polib

from articles.checks.registry import gettext_noop as _
from articles.formats.exchange import Article, BadFile, Flag, Segment, read_all
from articles.formats.plain import read_text

_BROKEN = _("this is not a PO file, or not a whole one")
_EMPTY = _("the file holds no messages")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The messages of a PO file as the pairs of one article; of a plural, each form beside its own. Raises BadFile."""
    text = read_text(read_all(file), name=name)
    if "\n" not in text:  # the library would take a single line for the path of a file
        raise BadFile(_BROKEN, "line 1")
    try:
        catalogue = polib.pofile(text)
    except (OSError, ValueError, IndexError) as problem:
        line = re.search(r"line \d+", str(problem))
        raise BadFile(_BROKEN, line.group() if line else "") from problem
    language = catalogue.metadata.get("Language", "").replace("_", "-").split("-")[0].lower()
    pairs = [segment for entry in catalogue if not entry.obsolete for segment in _segments(entry)]
    if not pairs:
        raise BadFile(_EMPTY)
    yield Article(name, "en", language, segments=pairs)


def _segments(entry: polib.POEntry) -> Iterator[Segment]:
    flags = (Flag("", "neutral", comment=entry.tcomment),) if entry.tcomment else ()
    status = "done" if entry.translated() else "to_review"
    name = entry.msgctxt or ""
    if not entry.msgid_plural:
        yield Segment(entry.msgid, entry.msgstr, id=name, status=status, flags=flags)
        return
    for form, target in sorted(entry.msgstr_plural.items()):
        source = entry.msgid_plural if int(form) else entry.msgid
        yield Segment(source, target, id=f"{name}[{form}]", status=status, flags=flags)
        flags = ()
