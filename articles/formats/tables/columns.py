"""Find out what each column of a table of segments holds.

Columns are known by the names that people and tools give them, in English and French, or by the
languages that they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from articles.formats.interchange import BadFile
from articles.text.messages import gettext_noop as _

_NAMES = {
    "source": "source|src|original|source text|source segment|texte source|segment source"
    "|texte original|phrase source",
    "target": "target|tgt|hypothesis|mt|machine|translation|target text|target segment|mt output"
    "|cible|traduction|texte cible|segment cible|texte traduit|phrase cible"
    "|traduction automatique|machine translation|translated text",
    "corrected": "corrected|post-edit|post-edited|postedit|pe|correction|corrigé|texte corrigé"
    "|traduction corrigée",
    "segment": "segment|id|segment id|tuid|identifiant|no|no.|n°|nº|numéro|number",
    "article": "article|doc|document|titre|fichier|file",
    "comment": "comment|comments|note|notes|remark|commentaire|commentaires|remarque|remarques"
    "|translator comment|translator comments|translator note|commentaire du traducteur",
    "status": "status|statut|état",
    "author": "author|auteur",
    "submitted": "submitted|soumis",
    "decided by": "decided by|décidé par",
    "decided": "decided|décidé",
    "reason": "reason|raison|motif",
    "source language": "source language|langue source|source lang",
    "target language": "target language|langue cible|target lang",
    "file holds": "file holds",
    "article key": "article key",
    "flags": "flags|signalements",
    "change": "change",
    "fuzzy": "fuzzy|à revoir",
}
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_LANGUAGES = {
    "english": "en", "anglais": "en", "french": "fr", "français": "fr", "francais": "fr",
    "german": "de", "allemand": "de", "spanish": "es", "espagnol": "es", "italian": "it",
    "italien": "it", "portuguese": "pt", "portugais": "pt", "dutch": "nl", "néerlandais": "nl",
}  # fmt: skip
_CODES = {
    *_LANGUAGES.values(), "ar", "bg", "ca", "cs", "da", "el", "et", "fi", "hu", "ja", "ko", "lt",
    "lv", "pl", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "zh",
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2})(?:[-_ ][a-z]{2,4})?")
_TEXT_AND_LANGUAGE = re.compile(r"(.+?) ?[-:(\[ ] ?([^()\[\]]+)[)\]]?")
_NUMBER = re.compile(r"(?=\S*\d)[\w.#:-]{1,20}")
_TEXTS = ("source", "target")

_NO_COLUMNS = _(
    "the first line does not name the columns “source” and “target”, "
    "and there are not just two columns"
)
NO_HEADER = _(
    "the first row names no columns, so the first text counts as the source "
    "and the second as the target"
)
UNKNOWN = _("unknown columns are left out: %(columns)s")


class Columns(NamedTuple):
    """What the columns of a table hold.

    ``places`` maps the name of a column to its index. ``languages`` are those of source and target,
    "" where the header does not say. ``is_header`` is whether the first row is a header at all,
    ``width`` the number of columns, and ``unknown`` holds the names that are not known.
    """

    places: dict[str, int]
    languages: tuple[str, str] = ("", "")
    is_header: bool = True
    width: int = 0
    unknown: tuple[str, ...] = ()


def text_of_name(name: str) -> str:
    """Return "source" or "target" for a name of the column that holds it, "" for any other."""
    column, _language_of_it = _meaning(name)
    return column if column in _TEXTS else ""


def language_of_name(name: str) -> str:
    """Return the language that a name such as "en" or "fr-CA" is, "" for none."""
    return _language(name.strip().lower())


def find_columns(row: Sequence[str], place: str) -> Columns:
    """Return the columns of a table by its first row.

    Raise BadFile where source and target cannot be told apart.
    """
    places: dict[str, int] = {}
    languages: dict[str, str] = {}
    by_language: list[tuple[int, str]] = []
    for at, cell in enumerate(row):
        column, language = _meaning(cell)
        if not column and language:
            by_language.append((at, language))
        elif column:
            places.setdefault(column, at)
            languages.setdefault(column, language)
    # Columns that name a language only are the texts that no other column holds.
    for side in _TEXTS:
        if side not in places and by_language:
            at, language = by_language.pop(0)
            places[side] = at
            languages[side] = language
    if not places.keys() >= {"source", "target"}:
        return _columns_without_names(row, place)
    spoken = (languages["source"], languages["target"])
    return Columns(places, spoken, width=len(row), unknown=_unknown_names(row, places))


def _unknown_names(row: Sequence[str], places: dict[str, int]) -> tuple[str, ...]:
    known = set(places.values())
    unknown = []
    for at, cell in enumerate(row):
        name = cell.strip()
        if name and at not in known:
            unknown.append(name)
    return tuple(unknown)


def _columns_without_names(row: Sequence[str], place: str) -> Columns:
    """Return the columns of a table whose first row names none of those known."""
    # Two codes of two letters are languages, known or not, and no texts.
    codes = "|".join(row)
    if re.fullmatch(r"[A-Za-z]{2}\|[A-Za-z]{2}", codes):
        source, target = codes.lower().split("|")
        return Columns({"source": 0, "target": 1}, (source, target), width=2)
    places = _unnamed_places(row, place)
    return Columns(places, is_header=False, width=len(row))


def _unnamed_places(row: Sequence[str], place: str) -> dict[str, int]:
    """Return the places of source and target: the only two columns, or two after a number."""
    if len(row) == 2:
        return {"source": 0, "target": 1}
    filled = [at for at in range(len(row)) if row[at].strip()]
    if len(filled) == 2:
        source, target = filled
        return {"source": source, "target": target}
    if len(filled) == 3:
        number, source, target = filled
        if _NUMBER.fullmatch(row[number].strip()):
            return {"segment": number, "source": source, "target": target}
    raise BadFile(_NO_COLUMNS, place)


def _meaning(cell: str) -> tuple[str, str]:
    """Return the column and the language that a name stands for, "" for each that it does not.

    "Source (en-US)" is ("source", "en").
    """
    name = re.sub(r"[\s_]+", " ", cell).strip().lower()
    if name in _BY_NAME:
        return _BY_NAME[name], ""
    parts = _TEXT_AND_LANGUAGE.fullmatch(name)
    if parts and _BY_NAME.get(parts[1]) in _TEXTS:
        language = _language(parts[2])
        if language:
            return _BY_NAME[parts[1]], language
    # A name of several words is a sentence rather than a language.
    if " " in cell.split("(")[0].strip():
        return "", ""
    return "", _language(cell.strip().lower())


def _language(name: str) -> str:
    """Return the code of a language: "en" for "en-us", "english" and "anglais (états-unis)".

    Return "" for what is no language that is known here.
    """
    word = name.split("(")[0].strip()
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    match = _CODE.fullmatch(word)
    if not match:
        return ""
    # Two letters may be another name, such as "id" and "no".
    code = match[1]
    return code if code in _CODES else ""
