"""PO (GNU gettext): pairs coming in. Translators' comments become neutral flags; fuzzy entries are to be reviewed.

The header says the encoding. Messages that are marked obsolete are not in use any more, and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import polib

from articles.formats.interchange import Article, BadFile, Flag, Segment, Warnings, read_all
from articles.formats.text.plain import read_text
from articles.text.messages import gettext_noop as _

_BROKEN = _("this is not a PO file, or not a whole one")
_EMPTY = _("the file holds no messages")
_TEMPLATE = _("no message of this file is translated yet; give the file of a language (.po)")
_OBSOLETE = _("a message that is marked as obsolete is left out")
_ENCODING = _("the header says that the file is in %(encoding)s, and it is not; save it as UTF-8")
_OPEN = _("the quotation mark that begins here is not closed")
_LINE = re.compile(r"^[ \t]*(?:#~[ \t]*)?(?:msg\w+(?:\[\d+\])?[ \t]*)?(\"[^\r\n]*)", re.MULTILINE)
_CLOSED = re.compile(r"\"(?:[^\"\\]|\\.)*\"[ \t]*$")
_CHARSET = re.compile(rb"charset=([\w.:-]+)")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The messages of a PO file as the pairs of one article; of a plural, each form beside its own. Raises BadFile."""
    text, warnings = _text(read_all(file), name), Warnings()
    if "\n" not in text:  # the library would take a single line for the path of a file
        raise BadFile(_BROKEN, "line 1")
    for said in _LINE.finditer(text):  # the library would pass over the words of such a line
        if not _CLOSED.match(said[1]):
            raise BadFile(_OPEN, f"line {text.count(chr(10), 0, said.start(1)) + 1}")
    try:
        catalogue = polib.pofile(text)
    except (OSError, ValueError, IndexError) as problem:
        line = re.search(r"line \d+", str(problem))
        raise BadFile(_BROKEN, line.group() if line else "") from problem
    if obsolete := len(catalogue.obsolete_entries()):
        warnings.add(BadFile(_OBSOLETE), obsolete)
    source, language = (
        _short(catalogue.metadata.get(key, "")) for key in ("X-Source-Language", "Language")
    )
    pairs = [segment for entry in catalogue if not entry.obsolete for segment in _segments(entry)]
    if not pairs:
        raise BadFile(_EMPTY)
    if not any(pair.target for pair in pairs):
        raise BadFile(_TEMPLATE)
    yield Article(name, source or "en", language, segments=pairs, warnings=warnings)


def _text(data: bytes, name: str) -> str:
    """The file's text, by the encoding in its header where that is none of today's."""
    said = _CHARSET.search(data[:10_000])
    if said and said[1].lower() not in (b"utf-8", b"utf8", b"charset"):
        try:
            data = data.decode(said[1].decode("ascii")).encode()
        except (LookupError, UnicodeError) as problem:
            raise BadFile(_ENCODING, encoding=said[1].decode("ascii", "replace")) from problem
    return read_text(data, name=name)


def _short(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


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
