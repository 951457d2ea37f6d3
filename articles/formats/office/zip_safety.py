"""Opening office files from strangers: nothing is unpacked that is too large, carries macros, or is something else."""

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
        """Open ``data``; BadFile unless it holds ``part``, the document itself, and no macros."""
        if not data:
            raise BadFile(EMPTY)
        if len(data) > 5 * LARGEST_TEXT:
            raise BadFile(TOO_LARGE, limit=5 * LARGEST_TEXT // 1_000_000)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError) as problem:
            if not data.startswith(b"PK"):
                refuse_other_files(data)
            raise BadFile(_DAMAGED) from problem
        self.names = set(self.archive.namelist())
        if part not in self.names:
            refuse_other_files(data)
            raise BadFile(_DAMAGED)
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise BadFile(_MACROS, ending=ending)
        texts = [
            each for each in self.archive.infolist() if each.filename.endswith((".xml", ".rels"))
        ]
        if sum(each.file_size for each in texts) > 2 * LARGEST_PART:
            raise BadFile(_BOMB, limit=2 * LARGEST_PART // 1_000_000)

    def read(self, part: str) -> bytes:
        """The bytes of a part, at most ``LARGEST_PART``. BadFile where the zip is damaged or locked."""
        try:
            if self.archive.getinfo(part).file_size > LARGEST_PART:
                raise BadFile(_BOMB, limit=LARGEST_PART // 1_000_000)
            return self.archive.read(part)
        except RuntimeError as problem:
            raise BadFile(_LOCKED) from problem
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
            raise BadFile(_DAMAGED) from problem
