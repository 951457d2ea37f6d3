"""Language tags of files, such as "fr-CA" (BCP 47, RFC 5646): their language, and one spelling."""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
"""A language with at most a script and a region. Other subtags are rare, and left out."""
_UNKNOWN = ("und", "*all*")
"""What stands for an unknown language: in BCP 47, and in TMX."""


@lru_cache(maxsize=1000)
def language_of(tag: str) -> str:
    """Return the language without its region: "fr" for "fr-CA", "" for an unknown one."""
    code = _hyphenated(tag).split("-")[0].lower()
    if code in _UNKNOWN:
        return ""
    return code


def regional_tag(tag: str) -> str:
    """Return "fr-CA" for "fr_ca", and "" for a tag that names nothing but the language."""
    match = _TAG.match(_hyphenated(tag))
    if match is None or language_of(tag) == "":
        return ""
    script = match[1] or ""
    region = match[2] or ""
    if not (script or region):
        return ""
    return language_of(tag) + script.title() + region.upper()


def _hyphenated(tag: str) -> str:
    return tag.strip().replace("_", "-")
