"""Open untrusted office files: what is too large or carries macros is refused, not unpacked."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse

from articles.formats.interchange import EMPTY, LARGEST_TEXT, TOO_LARGE, BadFile
from articles.formats.text.plain import refuse_other_files
from articles.text.messages import gettext_noop as _

_BOMB = _("unpacked, the file would be larger than %(limit)s MB; it is not opened")
_MACROS = _("the file contains macros; save it without them (%(ending)s)")
_DAMAGED = _("the file is damaged or incomplete; save it again")
_LOCKED = _("this file is protected by a password; save it without one")
_UNSAFE = _(
    "the file declares entities of its own, which is not safe to read; save it again in Word"
)
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_MATHS = b"http://purl.oclc.org/ooxml/officeDocument/math"
_USUAL_MATHS = b"http://schemas.openxmlformats.org/officeDocument/2006/math"

LARGEST_PART = 20_000_000
"""Bytes of a part once unpacked. Parsed, it takes some five times as much memory."""


class Relationship(NamedTuple):
    """A link from a part to another: the last word of its type, and the part's name."""

    kind: str
    part: str


class OfficePackage:
    """An office file: a zip whose parts are read one at a time, each within bounds.

    ``main`` is the name of the part that holds the document.
    """

    def __init__(self, data: bytes, *, part: str, ending: str) -> None:
        """Open ``data``; raise BadFile unless it holds a document, and no macros.

        ``part`` is where the document usually is; programs may say in the file that it is another.
        """
        if not data:
            raise BadFile(EMPTY)
        if len(data) > 5 * LARGEST_TEXT:
            raise BadFile(TOO_LARGE, limit=5 * LARGEST_TEXT // 1_000_000)
        self.archive = _open_archive(data)
        self.names = set(self.archive.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise BadFile(_MACROS, ending=ending)
        self._refuse_bombs()
        self.main = self._find_main(part)
        if not self.main:
            if not any(name.startswith(part.split("/")[0] + "/") for name in self.names):
                refuse_other_files(data)
            raise BadFile(_DAMAGED)

    def _refuse_bombs(self) -> None:
        size = 0
        for info in self.archive.infolist():
            if info.filename.endswith((".xml", ".rels")):
                size += info.file_size
        if size > 2 * LARGEST_PART:
            raise BadFile(_BOMB, limit=2 * LARGEST_PART // 1_000_000)

    @property
    def unpacked_size(self) -> int:
        """The bytes of all parts, as the file says them."""
        return sum(info.file_size for info in self.archive.infolist())

    def _find_main(self, part: str) -> str:
        """Return the name of the part that holds the document, "" for none."""
        folder = part.split("/")[0] + "/"
        for link in self.relationships("").values():
            if link.kind == "officeDocument" and link.part in self.names:
                return link.part if link.part.startswith(folder) else ""
        return part if part in self.names else ""

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the links of a part by their ids; the file's own are those of ``""``.

        Links to other files are left out. Raises BadFile.
        """
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.names:
            return {}
        found = {}
        for link in self.root(rels):
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
                kind = link.get("Type", "").rpartition("/")[2]
                found[link.get("Id", "")] = Relationship(kind, target.lstrip("/"))
        return found

    def addresses(self, part: str) -> dict[str, str]:
        """Return the addresses outside the file that a part links to, by the ids of the links.

        Raises BadFile.
        """
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.names:
            return {}
        links = [link for link in self.root(rels) if link.get("TargetMode") == "External"]
        return {link.get("Id", ""): link.get("Target", "") for link in links}

    def linked(self, part: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts that ``part`` is linked to by links of this kind."""
        for link in self.relationships(part).values():
            if link.kind == kind and link.part in self.names:
                yield link.part

    def root(self, part: str) -> Any:
        """Return the root element of a part, in the namespaces of transitional documents.

        Raises BadFile.
        """
        data = self.read(part).replace(_STRICT, _USUAL).replace(_STRICT_MATHS, _USUAL_MATHS)
        try:
            return parse(io.BytesIO(data), forbid_dtd=True).getroot()
        except DefusedXmlException as problem:
            raise BadFile(_UNSAFE) from problem
        except (ParseError, LookupError, ValueError) as problem:
            raise BadFile(_DAMAGED) from problem

    def read(self, part: str) -> bytes:
        """Return the bytes of a part, at most ``LARGEST_PART``.

        Raises BadFile where the part is larger, or the zip is damaged or locked.
        """
        try:
            # Before it is unpacked. zipfile itself stops at the size that the directory states.
            if self.archive.getinfo(part).file_size > LARGEST_PART:
                raise BadFile(_BOMB, limit=LARGEST_PART // 1_000_000)
            return self.archive.read(part)
        except RuntimeError as problem:
            # zipfile raises RuntimeError for a locked part, and this subclass for an unknown
            # compression.
            if isinstance(problem, NotImplementedError):
                raise BadFile(_DAMAGED) from problem
            raise BadFile(_LOCKED) from problem
        except DAMAGES as problem:
            raise BadFile(_DAMAGED) from problem


DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, struct.error)
"""What Python's zipfile raises while it reads a damaged file."""


def with_parts(archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """Return the archive with other bytes in the files of these names, all else as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for info in archive.infolist():
            data = parts.get(info.filename)
            if data is None:
                data = archive.read(info)
            # With its own entry: "mimetype" has to stay the first file, and not compressed
            # (ODF 1.3, part 2, 3.3; EPUB 3.3, OCF ZIP container).
            written.writestr(info, data)
    return file.getvalue()


def _open_archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*DAMAGES, OverflowError, NotImplementedError, IndexError) as problem:
        if not data.startswith(b"PK"):
            refuse_other_files(data)
        raise BadFile(_DAMAGED) from problem
