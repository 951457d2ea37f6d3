"""Read PDF files; what reads them takes 20 MB, and is loaded with the first of them.

Web processes read none: the worker does.
"""

from __future__ import annotations

from articles.formats.interchange import TextNotes


def read_text(data: bytes, *, name: str = "") -> str:
    """Return the text of the file, as ``pdf.read_text`` does."""
    from articles.formats.office import pdf

    return pdf.read_text(data, name=name)


def left_out(data: bytes) -> list[str]:
    """Return the lines that are left out, as ``pdf.left_out`` does."""
    from articles.formats.office import pdf

    return pdf.left_out(data)


def notes(data: bytes) -> TextNotes:
    """Return the notes in the file, as ``pdf.notes`` does."""
    from articles.formats.office import pdf

    return pdf.notes(data)


def recognises(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is a PDF."""
    return head.lstrip()[:5] == b"%PDF-"
