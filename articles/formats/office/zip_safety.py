"""Open untrusted office files: what is too large or carries macros is refused, not unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from articles.formats.interchange import EMPTY, LARGEST_TEXT, TOO_LARGE, BadFile
from articles.formats.text.plain import refuse_other_files
from articles.text.messages import gettext_noop as _

_BOMB = _("unpacked, the file would be larger than %(limit)s MB; it is not opened")
_MACROS = _("the file carries macros; save it without them (%(ending)s)")
_DAMAGED = _("the file is damaged or incomplete; save it again")
_LOCKED = _("this file is protected by a password; save it without one")

LARGEST_PART = 20_000_000
"""Bytes of a part once unpacked. Parsed, it takes some five times as much memory."""


class OfficePackage:
    """An office file: a zip whose parts are read one at a time, each within bounds."""

    def __init__(self, data: bytes, *, part: str, ending: str) -> None:
        """Open ``data``; raise BadFile unless it holds ``part``, the document, and no macros."""
        if not data:
            raise BadFile(EMPTY)
        if len(data) > 5 * LARGEST_TEXT:
            raise BadFile(TOO_LARGE, limit=5 * LARGEST_TEXT // 1_000_000)
        self.archive = _open_archive(data)
        self.names = set(self.archive.namelist())
        if part not in self.names:
            refuse_other_files(data)
            raise BadFile(_DAMAGED)
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise BadFile(_MACROS, ending=ending)
        size = 0
        for info in self.archive.infolist():
            if info.filename.endswith((".xml", ".rels")):
                size += info.file_size
        if size > 2 * LARGEST_PART:
            raise BadFile(_BOMB, limit=2 * LARGEST_PART // 1_000_000)

    def read(self, part: str) -> bytes:
        """Return the bytes of a part, at most ``LARGEST_PART``.

        Raises BadFile where the part is larger, or the zip is damaged or locked.
        """
        try:
            if self.archive.getinfo(part).file_size > LARGEST_PART:
                raise BadFile(_BOMB, limit=LARGEST_PART // 1_000_000)
            return self.archive.read(part)
        except RuntimeError as problem:
            raise BadFile(_LOCKED) from problem
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
            raise BadFile(_DAMAGED) from problem


def _open_archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError) as problem:
        if not data.startswith(b"PK"):
            refuse_other_files(data)
        raise BadFile(_DAMAGED) from problem
