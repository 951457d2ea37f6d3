"""What the name of a file claims: a language, and which other files belong to it.

Names are claims. A text of some words decides by itself in which language it is; its name counts
where it is too short to tell, and to find partners: ``name.en.md`` beside ``name.fr.md``,
``en/name.txt`` beside ``fr/name.txt``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.formats import format_for_name
from articles.segmentation.languages import LANGUAGES

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_LANGUAGE = re.compile(r"(?P<stem>.+)[._ -](?P<language>[A-Za-z]{2})")
_LANGUAGE_FOLDERS = {
    "english": "en",
    "anglais": "en",
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "german": "de",
    "deutsch": "de",
    "spanish": "es",
    "español": "es",
} | {code: code for code in LANGUAGES}


class ClaimedName(NamedTuple):
    """What a name claims: the name without its language, and the language, None for none."""

    key: str
    language: str | None


def read_name(name: str) -> ClaimedName:
    """Return what the name of a file claims; folders in it count too."""
    *folders, last = name.replace("\\", "/").split("/")
    stem, ending = _split_ending(last)
    language: str | None = None
    named = _LANGUAGE.fullmatch(stem)
    if named is not None and named["language"].lower() in LANGUAGES:
        stem = named["stem"]
        language = named["language"].lower()
    kept: list[str] = []
    for folder in folders:
        code = _LANGUAGE_FOLDERS.get(folder.casefold())
        if code is None:
            kept.append(folder)
        else:
            language = language or code
    key = "/".join([*kept, stem + ending]).casefold()
    return ClaimedName(key, language)


def _split_ending(name: str) -> tuple[str, str]:
    """Return the name without its ending, and the ending: of a known format, or a short one.

    A language is no ending: “story.fr” is French.
    """
    found = _ENDING.search(name)
    if found is None:
        return name, ""
    ending = found.group()
    # Unless it is the ending of a format that we read.
    is_language = ending[1:].lower() in LANGUAGES and format_for_name(name) is None
    if is_language:
        return name, ""
    return name[: found.start()], ending
