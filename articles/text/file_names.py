"""Make file names out of texts that come from files: a name is never a path."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_MAX_BYTES = 150
"""Bytes of the longest stem in UTF-8. File systems allow 255 with what is put around it."""


def safe_stem(text: str) -> str:
    """Return the text as the stem of a file name that every system takes, "article" for nothing.

    Separators of folders and characters that Windows does not take become hyphens; characters
    that are not seen, which could make a name look like another, are taken out.
    """
    visible = "".join(each for each in text if unicodedata.category(each)[0] != "C")
    words = _RESERVED.sub("-", " ".join(visible.split()))
    stem = words.encode()[:_MAX_BYTES].decode("utf-8", "ignore").strip(". -")
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return stem or "article"
