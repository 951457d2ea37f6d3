"""Messages that are written in one place and translated where they are shown."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a message for translation and return it unchanged; this package imports no Django."""
    return message
