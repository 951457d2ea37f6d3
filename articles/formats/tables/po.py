"""PO files (GNU gettext), read as segments.

A translator's comment becomes a neutral flag; a fuzzy entry is to be reviewed. The header names the
encoding. Messages that are marked as obsolete are no longer in use and are left out.
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
_EMPTY = _("the file contains no messages")
_TEMPLATE = _("no message of this file is translated yet; give the file of a language (.po)")
_OBSOLETE = _("a message that is marked as obsolete is left out")
_ENCODING = _("the header says that the file is in %(encoding)s, and it is not; save it as UTF-8")
_OPEN = _("the quotation mark that begins here is not closed")
_STRING = re.compile(r"^[ \t]*(?:#~[ \t]*)?(?:msg\w+(?:\[\d+\])?[ \t]*)?(\"[^\r\n]*)", re.MULTILINE)
_CLOSED_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"[ \t]*$")
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r'^[ \t]*domain[ \t]+"[^"\n]*"[ \t]*$', re.MULTILINE), ""),
    (re.compile(r"^[ \t]*#(?:=.*|~[ \t]*)$", re.MULTILINE), "#"),
    (re.compile(r"^([ \t]*#(?:~\|?|[.,:|]))(?=[^\s|])", re.MULTILINE), r"\1 "),
    (re.compile(r"^([ \t]*#)(?=[^\s.,:|~])", re.MULTILINE), r"\1 "),
    (re.compile(r'^((?:#~ )?[ \t]*msg[a-z_]+)(?:\[\s*(\d+)\s*\])(?=[ \t]*")', re.M), r"\1[\2]"),
    (re.compile(r'^((?:#~ )?[ \t]*msg[a-z_]+(?:\[\d+\])?)(?=")', re.MULTILINE), r"\1 "),
    (re.compile(r'^([^#\n].*?(?<!\\))"[ \t]+"(?=.)', re.MULTILINE), r"\1"),
)
"""What gettext reads and polib does not, each with how polib wants it; lines stay in their places.

A domain; the flags of gettext 0.23; comments of any kind without a blank; "msgstr[ 0 ]"; a keyword
without a blank; two strings in a line.
"""
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_HEADER = 10_000
"""Bytes at the beginning of a file in which its encoding is looked for."""


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Yield the messages of a PO file as the segments of one article.

    Each plural form is a segment of its own. Raise BadFile.
    """
    text = _decode(read_all(file), name)
    catalogue = _parse(text)
    warnings = Warnings()
    obsolete = len(catalogue.obsolete_entries())
    if obsolete:
        warnings.add(BadFile(_OBSOLETE), obsolete)
    segments: list[Segment] = []
    for entry in catalogue:
        if not entry.obsolete:
            segments.extend(_segments(entry))
    if not segments:
        raise BadFile(_EMPTY)
    if not any(segment.target for segment in segments):
        raise BadFile(_TEMPLATE)
    # The header of gettext has no field for it; Poedit writes this one, and messages are English by
    # custom.
    source = _language(catalogue, "X-Source-Language") or "en"
    target = _language(catalogue, "Language")
    yield Article(name, source, target, segments=segments, warnings=warnings)


def _decode(data: bytes, name: str) -> str:
    """Return the file's text by the encoding that its header names, where that is not UTF-8."""
    named = _CHARSET.search(data[:_HEADER])
    # "CHARSET" stands in the header of a template.
    if named and named[1].lower() not in (b"utf-8", b"utf8", b"charset"):
        try:
            data = data.decode(named[1].decode("ascii")).encode()
        except (LookupError, UnicodeError) as problem:
            raise BadFile(_ENCODING, encoding=named[1].decode("ascii", "replace")) from problem
    return read_text(data, name=name)


def _parse(text: str) -> polib.POFile:
    # polib would open a text of a single line as the path of a file.
    if "\n" not in text:
        raise BadFile(_BROKEN, "line 1")
    for form, replacement in _FORMS:
        text = form.sub(replacement, text)
    _refuse_open_strings(text)
    try:
        return polib.pofile(text)
    except (OSError, ValueError, IndexError) as problem:
        place = ""
        if line := re.search(r"line \d+", str(problem)):
            place = line.group()
        raise BadFile(_BROKEN, place) from problem


def _refuse_open_strings(text: str) -> None:
    # polib would drop the words of a string without a closing quotation mark.
    for string in _STRING.finditer(text):
        if not _CLOSED_STRING.match(string[1]):
            line = text.count("\n", 0, string.start(1)) + 1
            raise BadFile(_OPEN, f"line {line}")


def _language(catalogue: polib.POFile, key: str) -> str:
    """Return the code of the language in a field of the header: "fr" for "fr_CA", "" for none."""
    return str(catalogue.metadata.get(key, "")).replace("_", "-").split("-")[0].lower()


def _segments(entry: polib.POEntry) -> Iterator[Segment]:
    flags: tuple[Flag, ...] = ()
    if entry.tcomment:
        flags = (Flag("", "neutral", comment=entry.tcomment),)
    status = "to_review"
    if entry.translated():
        status = "done"
    name = entry.msgctxt or ""
    if not entry.msgid_plural:
        yield Segment(entry.msgid, entry.msgstr, id=name, status=status, flags=flags)
        return
    for number, target in sorted(entry.msgstr_plural.items()):
        source = entry.msgid
        if int(number):
            source = entry.msgid_plural
        yield Segment(source, target, id=f"{name}[{number}]", status=status, flags=flags)
        # The comment belongs to the message, not to each of its forms.
        flags = ()
