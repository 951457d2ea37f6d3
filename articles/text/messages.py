"""Messages that are written here and translated where they are shown."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a message for the translators and return it unchanged: this package knows no Django."""
    return message
