"""Read the documents that a Word file embeds whole (``altChunk``), as some programs make them."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from typing import Any

from articles.formats.interchange import BadFile
from articles.formats.office.zip_safety import OfficePackage
from articles.formats.text.plain import decode
from articles.formats.web.fragments import fragment_lines
from articles.text.messages import gettext_noop as _

_NOT_READ = _(
    "a part of its text is another file inside it (%(part)s), which cannot be read; open the file "
    "in Word and save it again"
)
_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_LARGEST = 5_000_000
"""Bytes of the largest document that is read inside another."""
_PAGES = ("htm", "html", "xhtml")
_MAILS = ("mht", "mhtml")


def read_chunk(
    package: OfficePackage, read_document: Callable[[bytes], str], element: Any
) -> list[str]:
    """Return the lines of the document that ``element`` stands for.

    It may be HTML, MHTML, plain text or another Word document, which ``read_document`` reads.
    Raises BadFile for one that cannot be read, since it may hold the whole article.
    """
    link = package.relationships(package.main).get(_relationship_id(element))
    if link is None or link.part not in package.names:
        return []
    data = package.read(link.part)
    if len(data) > _LARGEST:
        raise BadFile(_NOT_READ, part=link.part)
    if data.startswith(b"PK\x03\x04"):
        return read_document(data).splitlines()
    kind = link.part.rpartition(".")[2].lower()
    if kind in _MAILS or data[:100].lower().startswith(b"mime-version"):
        kind, data = _page_in_mail(data)
    if kind in _PAGES:
        return fragment_lines(decode(data))
    if kind == "txt":
        return decode(data).splitlines()
    raise BadFile(_NOT_READ, part=link.part)


def _relationship_id(element: Any) -> str:
    for name in _IDS:
        if element.get(name):
            return str(element.get(name))
    return ""


def _page_in_mail(data: bytes) -> tuple[str, bytes]:
    """Return the kind and the bytes, in UTF-8, of the page in a web archive (MHTML)."""
    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() != "text/html" or not isinstance(content, bytes):
            continue
        charset = part.get_content_charset() or "utf-8"
        try:
            return "html", content.decode(charset).encode()
        # The page may say its encoding wrongly; ``decode`` then finds out.
        except (LookupError, UnicodeError):
            return "html", content
    return "", b""
